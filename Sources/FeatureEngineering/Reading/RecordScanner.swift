// SPDX-License-Identifier: Apache-2.0

/// Finds where the fields of one record begin and end.
struct RecordScanner {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// A field's bytes in the buffer, without its quotes.
    struct Field {
        var start: Int
        var end: Int
        var hasDoubledQuotes: Bool
    }

    enum Outcome {
        /// A record was found; the next one begins at `next`.
        case record(next: Int)
        /// There are no more records.
        case end
        /// The record goes on behind the bytes given, perhaps inside a quote.
        case needsMore(openQuote: Int?)
        case unterminatedQuote(at: Int)
        case quoteInsideField(at: Int)
        case textAfterQuote(at: Int)
    }

    var fields: [Field] = []
    private(set) var hasQuotes = false
    private(set) var hasDoubledQuotes = false
    /// Whether the record is a line without any field, or without any byte.
    private(set) var isBlankLine = false

    private let delimiter: UInt8?
    private let quote: UInt8?
    /// Whether a byte ends an unquoted field or is wrong in it.
    private let isSpecial: [Bool]

    init(_ dialect: Dialect) {
        delimiter = dialect.delimiterByte
        quote = dialect.quoteByte
        var isSpecial = [Bool](repeating: false, count: 256)
        for byte in [Self.lineFeed, Self.carriageReturn] { isSpecial[Int(byte)] = true }
        if let quote { isSpecial[Int(quote)] = true }
        if let delimiter {
            isSpecial[Int(delimiter)] = true
        } else {
            for byte in " \t".utf8 { isSpecial[Int(byte)] = true }
        }
        self.isSpecial = isSpecial
    }

    /// Scans the record that begins at `start`; `isAtEnd` says that nothing follows `end`.
    mutating func scan(
        _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int, isAtEnd: Bool
    ) -> Outcome {
        fields.removeAll(keepingCapacity: true)
        hasQuotes = false
        hasDoubledQuotes = false
        isBlankLine = false
        if start == end { return isAtEnd ? .end : .needsMore(openQuote: nil) }
        let first = bytes[start]
        isBlankLine = first == Self.lineFeed || first == Self.carriageReturn
        var offset = start
        while true {
            if delimiter == nil {
                while offset < end, Self.isBlank(bytes[offset]) { offset += 1 }
                let endsRecord = offset == end ? isAtEnd : Self.isLineEnd(bytes[offset])
                if offset == end, !isAtEnd { return .needsMore(openQuote: nil) }
                if endsRecord {
                    isBlankLine = fields.isEmpty
                    return recordEnd(bytes, offset, end, isAtEnd)
                }
            }
            if let quote, offset < end, bytes[offset] == quote {
                if let problem = scanQuoted(bytes, &offset, end, isAtEnd, quote) { return problem }
            } else {
                let fieldStart = offset
                isSpecial.withUnsafeBufferPointer { isSpecial in
                    while offset < end, !isSpecial[Int(bytes[offset])] { offset += 1 }
                }
                if offset == end, !isAtEnd { return .needsMore(openQuote: nil) }
                if offset < end, bytes[offset] == quote { return .quoteInsideField(at: offset) }
                fields.append(Field(start: fieldStart, end: offset, hasDoubledQuotes: false))
            }
            if offset == end || Self.isLineEnd(bytes[offset]) {
                return recordEnd(bytes, offset, end, isAtEnd)
            }
            if let delimiter, bytes[offset] == delimiter {
                offset += 1
            } else if delimiter != nil || !Self.isBlank(bytes[offset]) {
                return .textAfterQuote(at: offset)
            }
        }
    }

    private mutating func scanQuoted(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, _ end: Int, _ isAtEnd: Bool,
        _ quote: UInt8
    ) -> Outcome? {
        let open = offset
        var hasDoubled = false
        offset += 1
        while true {
            while offset < end, bytes[offset] != quote { offset += 1 }
            if offset == end {
                return isAtEnd ? .unterminatedQuote(at: open) : .needsMore(openQuote: open)
            }
            guard offset + 1 < end, bytes[offset + 1] == quote else { break }
            hasDoubled = true
            offset += 2
        }
        fields.append(Field(start: open + 1, end: offset, hasDoubledQuotes: hasDoubled))
        hasQuotes = true
        hasDoubledQuotes = hasDoubledQuotes || hasDoubled
        offset += 1
        return offset == end && !isAtEnd ? .needsMore(openQuote: nil) : nil
    }

    private func recordEnd(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ end: Int, _ isAtEnd: Bool
    ) -> Outcome {
        if offset == end { return .record(next: end) }
        guard bytes[offset] == Self.carriageReturn else { return .record(next: offset + 1) }
        if offset + 1 == end {
            return isAtEnd ? .record(next: end) : .needsMore(openQuote: nil)
        }
        return .record(next: bytes[offset + 1] == Self.lineFeed ? offset + 2 : offset + 1)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == lineFeed || byte == carriageReturn
    }
}
