// SPDX-License-Identifier: Apache-2.0

/// Writes indented XML whose elements cannot be left open or closed twice by mistake.
struct XMLWriter {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var openElements: [String] = []

    mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
        line("<\(name)\(Self.text(of: attributes))>")
        openElements.append(name)
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)]) {
        line("<\(name)\(Self.text(of: attributes))/>")
    }

    mutating func close() {
        if let name = openElements.popLast() { line("</\(name)>") }
    }

    private mutating func line(_ content: String) {
        text += String(repeating: "  ", count: openElements.count) + content + "\n"
    }

    private static func text(of attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        // Scalar by scalar: a sign with an accent on it is that sign to an XML reader.
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\t", "\n", "\r": "&#\(scalar.value);"
            default: String(scalar)
            }
        }
        .joined()
    }

    /// Whether XML 1.0 has all the characters of `text`: it lacks most control characters.
    static func canHold(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
            default: false
            }
        }
    }
}
