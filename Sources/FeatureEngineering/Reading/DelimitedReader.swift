// SPDX-License-Identifier: Apache-2.0

/// Reads the records of a delimited text, one at a time, out of one buffer.
///
/// The buffer holds whole records only: one that is cut by the buffer's end is moved to the front
/// and scanned again after more bytes have arrived, and a buffer that one record fills is doubled.
/// Fields are slices of the buffer; only fields with doubled quotes are rewritten, in place.
final class DelimitedReader: RowSource {
    let name: String
    private(set) var fieldNames: [String]?
    /// The number of fields that every record must have, once known.
    var expectedFieldCount: Int?
    /// The position of the current record after the header, counted from 0.
    private(set) var recordIndex = -1

    private let dialect: Dialect
    private var source: any ByteSource
    private var buffer: UnsafeMutableRawBufferPointer
    private var filledCount = 0
    private var isAtEnd = false
    private var scanner: RecordScanner
    /// Where the next record begins, in the buffer and in lines.
    private var position = 0
    private var line = 1
    private var recordStart = 0
    private var recordLine = 1

    init(
        _ source: any ByteSource, name: String, dialect: Dialect, chunkByteCount: Int = 1 << 18
    ) throws(FeatureError) {
        try dialect.validate()
        self.source = source
        self.name = name
        self.dialect = dialect
        scanner = RecordScanner(dialect)
        buffer = .allocate(byteCount: chunkByteCount, alignment: 16)
        try skipByteOrderMark()
        if dialect.hasHeader { try readHeader() }
    }

    deinit { buffer.deallocate() }

    var fieldCount: Int { scanner.fields.count }

    func field(_ index: Int) -> SourceField { .text(bytes(ofField: index)) }

    func bytes(ofField index: Int) -> UnsafeRawBufferPointer {
        let field = scanner.fields[index]
        return UnsafeRawBufferPointer(rebasing: buffer[field.start..<field.end])
    }

    func line(ofField index: Int) -> Int? {
        recordLine + lineEndCount(recordStart..<scanner.fields[index].start)
    }

    func advance() throws(FeatureError) -> Bool {
        guard try nextRecord() else { return false }
        recordIndex += 1
        if let expectedFieldCount, fieldCount != expectedFieldCount {
            throw FeatureError(
                .raggedRow,
                "has \(fieldCount) fields where there are \(expectedFieldCount) columns",
                file: name, line: recordLine, row: recordIndex)
        }
        expectedFieldCount = fieldCount
        return true
    }

    /// The bytes read and not yet used, and the source of those that follow them.
    func rest() -> (bytes: [UInt8], source: any ByteSource) {
        (Array(buffer[position..<filledCount]), source)
    }

    private func nextRecord() throws(FeatureError) -> Bool {
        while true {
            let outcome = scanner.scan(
                UnsafeRawBufferPointer(buffer), from: position, to: filledCount,
                isAtEnd: isAtEnd)
            switch outcome {
            case .record(let next):
                if next - position > dialect.maximumRecordByteCount { throw recordTooLong() }
                recordStart = position
                recordLine = line
                line += scanner.hasQuotes ? lineEndCount(position..<next) : 1
                position = next
                if scanner.isBlankLine, fieldCount == 0 || expectedFieldCount != 1 { continue }
                removeDoubledQuotes()
                return true
            case .end:
                return false
            case .needsMore(let openQuote):
                try refill(openQuote: openQuote)
            case .unterminatedQuote(let start):
                throw failure(.unterminatedQuote, "the quote opened here is not closed", start)
            case .quoteInsideField(let start):
                throw failure(
                    .misplacedQuote, "a quote stands inside a field that is not quoted", start)
            case .textAfterQuote(let start):
                throw failure(
                    .misplacedQuote, "the closing quote is not followed by a delimiter", start)
            }
        }
    }

    private func failure(
        _ code: FeatureError.Code, _ detail: String, _ offset: Int
    ) -> FeatureError {
        FeatureError(
            code, detail, file: name, line: line + lineEndCount(position..<offset),
            row: fieldNames == nil && dialect.hasHeader ? nil : recordIndex + 1)
    }

    private func recordTooLong() -> FeatureError {
        failure(
            .recordTooLong, "the record is longer than \(dialect.maximumRecordByteCount) bytes",
            position)
    }

    private func refill(openQuote: Int?) throws(FeatureError) {
        let keptCount = filledCount - position
        if keptCount > dialect.maximumRecordByteCount {
            guard let openQuote else { throw recordTooLong() }
            throw failure(
                .unterminatedQuote,
                "the quote opened here is not closed within "
                    + "\(dialect.maximumRecordByteCount) bytes", openQuote)
        }
        if keptCount == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        } else if position > 0 {
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: buffer[position..<filledCount]))
            position = 0
        }
        filledCount = position + keptCount
        try fill()
    }

    private func fill() throws(FeatureError) {
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[filledCount...])
        let count = try source.read(into: free)
        filledCount += count
        if count == 0 { isAtEnd = true }
    }

    private func skipByteOrderMark() throws(FeatureError) {
        while filledCount < 3, !isAtEnd {
            if filledCount == buffer.count { try refill(openQuote: nil) } else { try fill() }
        }
        let start = Array(buffer[..<min(3, filledCount)])
        if start == [0xEF, 0xBB, 0xBF] { position = 3 }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw FeatureError(
                .invalidUTF8, "begins with the byte order mark of UTF-16, not UTF-8", file: name,
                line: 1)
        }
    }

    private func readHeader() throws(FeatureError) {
        guard try nextRecord() else {
            throw FeatureError(.emptyFile, "has no header and no record", file: name)
        }
        var names: [String] = []
        var indexOfName: [String: Int] = [:]
        for index in 0..<fieldCount {
            guard let text = String(validating: bytes(ofField: index), as: UTF8.self) else {
                throw FeatureError(
                    .invalidUTF8, "the name of column \(index + 1) is not UTF-8", file: name,
                    line: line(ofField: index))
            }
            let columnName = text.isEmpty ? TableSchema.defaultName(index) : text
            if let earlier = indexOfName.updateValue(index, forKey: columnName) {
                throw FeatureError(
                    .duplicateColumn,
                    "columns \(earlier + 1) and \(index + 1) have the same name", file: name,
                    line: line(ofField: index), column: columnName)
            }
            names.append(columnName)
        }
        fieldNames = names
        expectedFieldCount = names.count
    }

    private func removeDoubledQuotes() {
        guard scanner.hasDoubledQuotes, let quote = dialect.quoteByte else { return }
        for index in scanner.fields.indices where scanner.fields[index].hasDoubledQuotes {
            let field = scanner.fields[index]
            var target = field.start
            var read = field.start
            while read < field.end {
                buffer[target] = buffer[read]
                read += buffer[read] == quote ? 2 : 1
                target += 1
            }
            scanner.fields[index].end = target
            // What is left behind must not hold a line end that is counted twice.
            while target < field.end {
                buffer[target] = quote
                target += 1
            }
        }
    }

    /// Line ends between two places of the buffer; CRLF is one, also when cut by the range's end.
    private func lineEndCount(_ range: Range<Int>) -> Int {
        var count = 0
        for offset in range {
            let byte = buffer[offset]
            if byte == RecordScanner.lineFeed {
                count += 1
            } else if byte == RecordScanner.carriageReturn,
                offset + 1 >= filledCount || buffer[offset + 1] != RecordScanner.lineFeed
            {
                count += 1
            }
        }
        return count
    }
}
