// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension JSONValue {
    /// Reads a JSON text (RFC 8259) of the kind that RFC 8785 can make canonical: valid UTF-8, no
    /// name twice in an object, no lone surrogate, no number beyond the doubles.
    ///
    /// - Parameter depth: how deep arrays and objects may lie in each other.
    /// - Throws: ``LedgerError`` with `malformedBytes`, naming the byte.
    /// - Complexity: O(n log n) for n bytes.
    public init(parsing bytes: [UInt8], depth: Int = 64) throws(LedgerError) {
        var parser = JSONParser(bytes)
        self = try parser.value(depth: depth)
        try parser.finish()
    }
}

/// Reads one JSON text from left to right.
struct JSONParser {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func error(_ reason: String) -> LedgerError {
        LedgerError(.malformedBytes, "JSON, byte \(offset): \(reason)")
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }

    private mutating func take(_ byte: Character) -> Bool {
        guard next == byte.asciiValue else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ text: String) throws(LedgerError) {
        guard bytes[offset...].starts(with: text.utf8) else {
            throw error("'\(text)' is expected")
        }
        offset += text.utf8.count
    }

    mutating func finish() throws(LedgerError) {
        skipSpace()
        guard offset == bytes.count else { throw error("more behind the value") }
    }

    mutating func value(depth: Int) throws(LedgerError) -> JSONValue {
        skipSpace()
        guard let byte = next else { throw error("the text ends before a value") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth - 1)
        case UInt8(ascii: "["): return try array(depth: depth - 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try expect("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func array(depth: Int) throws(LedgerError) -> JSONValue {
        guard depth >= 0 else { throw error("too deep") }
        offset += 1
        skipSpace()
        if take("]") { return .array([]) }
        var values: [JSONValue] = []
        repeat {
            values.append(try value(depth: depth))
            skipSpace()
        } while take(",")
        try expect("]")
        return .array(values)
    }

    private mutating func object(depth: Int) throws(LedgerError) -> JSONValue {
        guard depth >= 0 else { throw error("too deep") }
        offset += 1
        skipSpace()
        if take("}") { return .object([]) }
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        repeat {
            skipSpace()
            let name = try string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw error("the name '\(name)' is given twice")
            }
            skipSpace()
            try expect(":")
            members.append(JSONValue.Member(name, try value(depth: depth)))
            skipSpace()
        } while take(",")
        try expect("}")
        return .object(members)
    }

    private mutating func string() throws(LedgerError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the string is not valid UTF-8")
                }
                offset += 1
                return string
            case UInt8(ascii: "\\"):
                offset += 1
                text += String(try escape()).utf8
            case 0..<0x20: throw error("a control character in a string")
            default:
                let plain = bytes[offset...].prefix {
                    $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                }
                text += plain
                offset = plain.endIndex
            }
        }
        throw error("the text ends within a string")
    }

    private mutating func escape() throws(LedgerError) -> Unicode.Scalar {
        guard let byte = next else { throw error("the text ends within a string") }
        offset += 1
        switch Character(Unicode.Scalar(byte)) {
        case "\"": return "\""
        case "\\": return "\\"
        case "/": return "/"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let unit = try hexadecimalUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard unit < 0xDC00, next == UInt8(ascii: "\\") else { throw error("half a character") }
            try expect("\\u")
            let low = try hexadecimalUnit()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(
                    0x1_0000 + UInt32(unit - 0xD800) << 10 + UInt32(low - 0xDC00))
            else { throw error("half a character") }
            return scalar
        default: throw error("an unknown escape")
        }
    }

    private mutating func hexadecimalUnit() throws(LedgerError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Hexadecimal.value(of: byte) else {
                throw error("four hexadecimal digits are expected")
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    private mutating func digits() throws(LedgerError) {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
        guard offset > start else { throw error("a digit is expected") }
    }

    private mutating func number() throws(LedgerError) -> Double {
        let start = offset
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            try digits()
        }
        guard let value = Double(String(decoding: bytes[start..<offset], as: UTF8.self)),
            value.isFinite
        else { throw error("no finite number") }
        return value
    }
}
