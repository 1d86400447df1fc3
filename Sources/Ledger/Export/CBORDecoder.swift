// SPDX-License-Identifier: Apache-2.0

extension CBORValue {
    /// Which encodings of a value are read.
    public enum Rules: Sendable, Hashable, CaseIterable {
        /// The one that ``deterministicBytes()`` gives.
        case deterministic
        /// Every well-formed one (RFC 8949 section 5.3.1) with valid UTF-8: also longer heads,
        /// indefinite lengths, keys in any order.
        case wellFormed
    }

    /// Reads one data item, which must be all of `bytes`.
    ///
    /// - Parameter depth: how deep arrays, maps and tags may lie in each other.
    /// - Throws: ``LedgerError`` with `malformedBytes`, naming the byte.
    /// - Complexity: O(n log n) for n bytes.
    public init(
        decoding bytes: [UInt8], rules: Rules = .deterministic, depth: Int = 64
    ) throws(LedgerError) {
        var decoder = CBORDecoder(bytes)
        self = try decoder.value(depth: depth)
        guard decoder.offset == bytes.count else { throw decoder.error("more behind the value") }
        guard rules == .deterministic else { return }
        let expected: [UInt8]
        do {
            expected = try deterministicBytes()
        } catch {
            throw LedgerError(.malformedBytes, error.message)
        }
        guard expected == bytes else {
            let place = zip(expected, bytes).prefix { $0 == $1 }.count
            throw LedgerError(
                .malformedBytes, "CBOR, byte \(place): not the deterministic encoding")
        }
    }
}

/// Reads one CBOR data item from left to right.
struct CBORDecoder {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func error(_ reason: String) -> LedgerError {
        LedgerError(.malformedBytes, "CBOR, byte \(offset): \(reason)")
    }

    private mutating func take(_ count: UInt64) throws(LedgerError) -> [UInt8] {
        guard count <= UInt64(bytes.count - offset) else {
            throw error("\(count) bytes expected, \(bytes.count - offset) left")
        }
        defer { offset += Int(count) }
        return Array(bytes[offset..<offset + Int(count)])
    }

    private mutating func number(_ count: UInt64) throws(LedgerError) -> UInt64 {
        try take(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The argument of a head; `nil` for an indefinite length.
    private mutating func argument(_ information: UInt8) throws(LedgerError) -> UInt64? {
        switch information {
        case ..<24: return UInt64(information)
        case 24...27: return try number(1 << UInt64(information - 24))
        case 31: return nil
        default: throw error("additional information \(information) has no meaning")
        }
    }

    private mutating func takeBreak() -> Bool {
        guard offset < bytes.count, bytes[offset] == 0xFF else { return false }
        offset += 1
        return true
    }

    mutating func value(depth: Int) throws(LedgerError) -> CBORValue {
        let head = try take(1)[0]
        let (major, information) = (head >> 5, head & 31)
        if major == 7 { return try simpleOrFloat(information) }
        let argument = try argument(information)
        switch major {
        case 0, 1, 6:
            guard let argument else { throw error("no length is expected") }
            if major == 0 { return .unsigned(argument) }
            if major == 1 { return .negative(argument) }
            guard depth > 0 else { throw error("too deep") }
            return .tagged(argument, try value(depth: depth - 1))
        case 2:
            if let argument { return .bytes(try take(argument)) }
            var content: [UInt8] = []
            while !takeBreak() { content += try part(major: 2) }
            return .bytes(content)
        case 3:
            if let argument { return .text(try utf8(take(argument))) }
            var text = ""
            while !takeBreak() { text += try utf8(part(major: 3)) }
            return .text(text)
        case 4:
            var values: [CBORValue] = []
            try elements(argument, depth) { (decoder) throws(LedgerError) in
                values.append(try decoder.value(depth: depth - 1))
            }
            return .array(values)
        default:
            var entries: [CBORValue.Entry] = []
            try elements(argument, depth) { (decoder) throws(LedgerError) in
                entries.append(
                    CBORValue.Entry(
                        try decoder.value(depth: depth - 1), try decoder.value(depth: depth - 1)))
            }
            return .map(entries)
        }
    }

    private mutating func elements(
        _ count: UInt64?, _ depth: Int, _ body: (inout CBORDecoder) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard depth > 0 else { throw error("too deep") }
        guard var left = count else {
            while !takeBreak() { try body(&self) }
            return
        }
        // An element takes a byte at least, so a forged count ends at the end of the bytes.
        while left > 0 {
            try body(&self)
            left -= 1
        }
    }

    /// A part of a string of indefinite length: itself a string of the same kind with a length.
    private mutating func part(major: UInt8) throws(LedgerError) -> [UInt8] {
        let head = try take(1)[0]
        guard head >> 5 == major, let count = try argument(head & 31) else {
            throw error("a part of a string is expected")
        }
        return try take(count)
    }

    private func utf8(_ content: [UInt8]) throws(LedgerError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw error("the text is not valid UTF-8")
        }
        return text
    }

    private mutating func simpleOrFloat(_ information: UInt8) throws(LedgerError) -> CBORValue {
        switch information {
        case ..<24: return .simple(information)
        case 24:
            let value = UInt8(try number(1))
            guard value >= 32 else { throw error("simple value \(value) in two bytes") }
            return .simple(value)
        case 25: return .float(Double(Float16(bitPattern: UInt16(try number(2)))))
        case 26: return .float(Double(Float(bitPattern: UInt32(try number(4)))))
        case 27: return .float(Double(bitPattern: try number(8)))
        default: throw error("additional information \(information) has no meaning here")
        }
    }
}
