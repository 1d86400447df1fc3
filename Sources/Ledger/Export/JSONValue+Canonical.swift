// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The one text of this value after RFC 8785, in UTF-8: no white space, members in the order of
    /// the UTF-16 units of their names, numbers as ECMAScript writes them.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a number that is not finite or a name that
    ///   an object has twice.
    public func canonicalText() throws(LedgerError) -> [UInt8] {
        var text: [UInt8] = []
        try append(to: &text)
        return text
    }

    private func append(to text: inout [UInt8]) throws(LedgerError) {
        switch self {
        case .null: text += "null".utf8
        case .boolean(let value): text += (value ? "true" : "false").utf8
        case .number(let value): text += try ECMAScriptNumber.text(value).utf8
        case .string(let value): Self.append(value, to: &text)
        case .array(let values):
            text.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                try value.append(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            let sorted = members.map { (units: Array($0.name.utf16), member: $0) }
                .sorted { $0.units.lexicographicallyPrecedes($1.units) }
            for (index, item) in sorted.enumerated() {
                if index > 0 {
                    guard sorted[index - 1].units != item.units else {
                        throw LedgerError(
                            .invalidValue, "the name '\(item.member.name)' is given twice")
                    }
                    text.append(UInt8(ascii: ","))
                }
                Self.append(item.member.name, to: &text)
                text.append(UInt8(ascii: ":"))
                try item.member.value.append(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case 0x08: text += "\\b".utf8
            case 0x09: text += "\\t".utf8
            case 0x0A: text += "\\n".utf8
            case 0x0C: text += "\\f".utf8
            case 0x0D: text += "\\r".utf8
            case UInt8(ascii: "\""): text += "\\\"".utf8
            case UInt8(ascii: "\\"): text += "\\\\".utf8
            case 0..<0x20:
                text += "\\u00".utf8
                text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}

/// Numbers as ECMAScript's `Number::toString` writes them, which RFC 8785 section 3.2.2.3 asks for.
enum ECMAScriptNumber {
    /// The shortest decimal text that reads back as `value`.
    static func text(_ value: Double) throws(LedgerError) -> String {
        guard value.isFinite else {
            throw LedgerError(.invalidValue, "\(value) has no form in JSON")
        }
        if value == 0 { return "0" }
        let (digits, point) = decimal(value.magnitude)
        let count = digits.count
        let zeros = { String(repeating: "0", count: $0) }
        let number: String
        switch point {
        case count...max(count, 21): number = digits + zeros(point - count)
        case 1...21: number = "\(digits.prefix(point)).\(digits.dropFirst(point))"
        case -5...0: number = "0.\(zeros(-point))\(digits)"
        default:
            let rest = count > 1 ? ".\(digits.dropFirst())" : ""
            let sign = point > 0 ? "+" : "-"
            number = "\(digits.prefix(1))\(rest)e\(sign)\((point - 1).magnitude)"
        }
        return (value < 0 ? "-" : "") + number
    }

    /// The shortest digits without zeros at either end, and the place of the point behind the first
    /// of them: the value is `0.digits * 10^point`.
    private static func decimal(_ value: Double) -> (digits: String, point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        var digits = whole + (mantissa.count > 1 ? mantissa[1] : "")
        var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        let significant = digits.drop { $0 == "0" }
        point -= digits.count - significant.count
        digits = significant
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), point)
    }
}
