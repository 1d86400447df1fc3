// SPDX-License-Identifier: Apache-2.0

/// Writes the records of a delimited text so that the reader gets back what the table holds.
struct DelimitedWriter {
    private let table: Table
    private let dialect: Dialect
    private let missing: String
    private let separator: UInt8
    private let mustQuote: Set<UInt8>
    private let hasMissing: [Bool]

    init(_ table: Table, dialect: Dialect, missing: String) throws(FeatureError) {
        try dialect.validate()
        guard missing.withoutOuterBlanks == missing else {
            throw FeatureError(
                .invalidParameter, "the missing marker '\(missing)' begins or ends with a blank")
        }
        self.table = table
        hasMissing = table.columns.map { $0.missingCount > 0 }
        self.dialect = dialect
        self.missing = missing
        separator = dialect.delimiterByte ?? UInt8(ascii: " ")
        var mustQuote: Set<UInt8> = [
            separator, RecordScanner.lineFeed, RecordScanner.carriageReturn,
        ]
        if let quote = dialect.quoteByte { mustQuote.insert(quote) }
        if dialect.delimiterByte == nil { mustQuote.insert(UInt8(ascii: "\t")) }
        self.mustQuote = mustQuote
    }

    /// Hands the text over in pieces of about 64 KiB.
    func write(_ take: ([UInt8]) throws(FeatureError) -> Void) throws(FeatureError) {
        var bytes: [UInt8] = []
        if dialect.hasHeader {
            for (index, column) in table.columns.enumerated() {
                guard !column.name.isEmpty else {
                    throw FeatureError(
                        .invalidValue, "a column without a name cannot be read back", column: "")
                }
                try append(column.name, index, nil, &bytes)
            }
            bytes.append(RecordScanner.lineFeed)
        }
        for row in 0..<table.rowCount {
            for (index, column) in table.columns.enumerated() {
                switch column[row] {
                case .missing: try append(missing, index, row, &bytes)
                case .text(let text): try append(checked(text, index, row), index, row, &bytes)
                case .level(let level):
                    guard level.withoutOuterBlanks == level else {
                        throw FeatureError(
                            .invalidValue,
                            "the level begins or ends with a blank, which readers "
                                + "remove", row: row, column: column.name, value: level)
                    }
                    try append(checked(level, index, row), index, row, &bytes)
                case .number(let number):
                    try append(checked(number.shortText, index, row), index, row, &bytes)
                case .date(let date): try append(date.description, index, row, &bytes)
                }
            }
            bytes.append(RecordScanner.lineFeed)
            if bytes.count >= 1 << 16 {
                try take(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try take(bytes)
    }

    /// The text itself, unless it would be read back as a missing value.
    private func checked(
        _ text: String, _ index: Int, _ row: Int
    ) throws(FeatureError) -> String {
        guard !hasMissing[index] || text.withoutOuterBlanks != missing else {
            throw FeatureError(
                .invalidValue, "'\(text)' is also what stands for a missing value", row: row,
                column: table.columns[index].name, value: text)
        }
        return text
    }

    private func append(
        _ text: String, _ index: Int, _ row: Int?, _ bytes: inout [UInt8]
    ) throws(FeatureError) {
        if index > 0 { bytes.append(separator) }
        // An empty field needs quotes where nothing else would show that it is there, and a byte
        // order mark where it would be taken for the file's.
        let isInvisible =
            text.isEmpty && (table.columnCount == 1 || dialect.delimiterByte == nil)
        let looksLikeMark = bytes.isEmpty && text.unicodeScalars.first == "\u{FEFF}"
        guard isInvisible || looksLikeMark || text.utf8.contains(where: mustQuote.contains) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        guard let quote = dialect.quoteByte else {
            throw FeatureError(
                .invalidValue, "'\(text)' needs quotes, which the dialect does not have", row: row,
                column: table.columns[index].name, value: text)
        }
        bytes.append(quote)
        for byte in text.utf8 {
            bytes.append(byte)
            if byte == quote { bytes.append(quote) }
        }
        bytes.append(quote)
    }
}
