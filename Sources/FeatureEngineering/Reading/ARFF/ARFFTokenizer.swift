// SPDX-License-Identifier: Apache-2.0

/// The words of one line of an ARFF file.
struct ARFFTokenizer {
    enum Token: Equatable {
        /// A word, and whether it was quoted.
        case word([UInt8], isQuoted: Bool)
        case comma
        case openBrace
        case closeBrace
    }

    enum Failure: Error {
        case unterminatedQuote
    }

    private let line: UnsafeRawBufferPointer
    private var offset = 0

    init(_ line: UnsafeRawBufferPointer) { self.line = line }

    /// The next token; `nil` at the end of the line or where a comment begins.
    mutating func next() throws(Failure) -> Token? {
        while offset < line.count, line[offset] == 0x20 || line[offset] == 0x09 { offset += 1 }
        guard offset < line.count else { return nil }
        switch line[offset] {
        case UInt8(ascii: "%"):
            offset = line.count
            return nil
        case UInt8(ascii: ","):
            offset += 1
            return .comma
        case UInt8(ascii: "{"):
            offset += 1
            return .openBrace
        case UInt8(ascii: "}"):
            offset += 1
            return .closeBrace
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return try quoted()
        default: return .word(plain(), isQuoted: false)
        }
    }

    private mutating func plain() -> [UInt8] {
        let start = offset
        while offset < line.count, !Self.delimiters.contains(line[offset]) { offset += 1 }
        return Array(line[start..<offset])
    }

    private mutating func quoted() throws(Failure) -> Token {
        let quote = line[offset]
        offset += 1
        var word: [UInt8] = []
        while offset < line.count {
            let byte = line[offset]
            offset += 1
            if byte == quote { return .word(word, isQuoted: true) }
            if byte == UInt8(ascii: "\\"), offset < line.count {
                word.append(Self.unescaped(line[offset]))
                offset += 1
            } else {
                word.append(byte)
            }
        }
        throw .unterminatedQuote
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): RecordScanner.lineFeed
        case UInt8(ascii: "r"): RecordScanner.carriageReturn
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        default: byte
        }
    }

    private static let delimiters = Set(" \t,{}%".utf8)
}
