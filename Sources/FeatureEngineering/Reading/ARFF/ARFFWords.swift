// SPDX-License-Identifier: Apache-2.0

/// The tokens of one line as text, with errors that name the line.
struct ARFFWords {
    private var tokenizer: ARFFTokenizer
    private let lines: LineReader
    var row: Int?

    init(_ line: UnsafeRawBufferPointer, _ lines: LineReader, row: Int? = nil) {
        tokenizer = ARFFTokenizer(line)
        self.lines = lines
        self.row = row
    }

    mutating func nextToken() throws(FeatureError) -> ARFFTokenizer.Token? {
        do throws(ARFFTokenizer.Failure) {
            return try tokenizer.next()
        } catch {
            throw lines.failure(
                .unterminatedQuote, "a quote is not closed on its line", row: row)
        }
    }

    /// The next token, which must be a word; `nil` at the end of the line.
    mutating func next() throws(FeatureError) -> (text: String, isQuoted: Bool)? {
        guard let token = try nextToken() else { return nil }
        return try word(token)
    }

    func word(
        _ token: ARFFTokenizer.Token?
    ) throws(FeatureError) -> (text: String, isQuoted: Bool) {
        guard case .word(let bytes, let isQuoted) = token else {
            throw lines.failure(
                .malformedFile, "a value is missing before a comma, a brace or the line's end",
                row: row)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw lines.failure(
                .invalidUTF8, "a value is not UTF-8", row: row,
                value: String(decoding: bytes, as: UTF8.self))
        }
        return (text, isQuoted)
    }

    /// The levels of a nominal attribute behind its opening brace.
    mutating func levels(of name: String) throws(FeatureError) -> [String] {
        var levels: [String] = []
        while true {
            levels.append(try word(nextToken()).text.withoutOuterBlanks)
            switch try nextToken() {
            case .comma: continue
            case .closeBrace: return levels
            default:
                throw lines.failure(
                    .malformedFile, "the list of levels is not closed by a brace", column: name)
            }
        }
    }
}
