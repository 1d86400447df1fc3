// SPDX-License-Identifier: Apache-2.0

/// Reads blocks of whole records of a delimited text straight into values.
///
/// It accepts exactly what ``DelimitedReader`` accepts and gives the same values. Whatever is wrong
/// makes it give up: the text is then read again by ``DelimitedReader``, which finds the first
/// mistake and words the error. That keeps places and messages out of this loop.
final class BlockParser {
    private(set) var rowCount = 0
    /// The columns in the order of the text's fields.
    let columns: UnsafeMutableBufferPointer<BlockColumn>
    private var rowCapacity = 1024
    private let delimiter: UInt8
    private let quote: UInt8?
    private let maximumRecordByteCount: Int
    /// Whether a byte ends an unquoted field or is wrong in it.
    private let isSpecial: UnsafeMutablePointer<Bool>

    init(_ fields: [ColumnSchema], dialect: Dialect, delimiter: UInt8) {
        self.delimiter = delimiter
        quote = dialect.quoteByte
        maximumRecordByteCount = dialect.maximumRecordByteCount
        columns = .allocate(capacity: fields.count)
        for (index, schema) in fields.enumerated() {
            columns.initializeElement(
                at: index,
                to: BlockColumn(schema, delimiter: delimiter, rowCapacity: rowCapacity))
        }
        isSpecial = .allocate(capacity: 256)
        isSpecial.initialize(repeating: false, count: 256)
        for byte in [delimiter, RecordScanner.lineFeed, RecordScanner.carriageReturn] {
            isSpecial[Int(byte)] = true
        }
        if let quote { isSpecial[Int(quote)] = true }
    }

    deinit {
        for column in columns { column.deallocate() }
        columns.deinitialize()
        columns.deallocate()
        isSpecial.deallocate()
    }

    /// Reads the records of a block, whose last byte is followed by a
    /// line feed that does not count.
    ///
    /// - Returns: Whether all of them are right.
    func parse(_ block: UnsafeRawBufferPointer) -> Bool {
        rowCount = 0
        for index in columns.indices { columns[index].texts.removeAll(keepingCapacity: true) }
        guard let base = block.baseAddress else { return true }
        var cursor = base.assumingMemoryBound(to: UInt8.self)
        let end = cursor + block.count
        while cursor < end {
            if columns.count > 1, Self.isLineEnd(cursor.pointee) {
                cursor += 1
                continue
            }
            if rowCount == rowCapacity { grow() }
            let start = cursor
            guard parseRecord(&cursor, end), cursor - start <= maximumRecordByteCount else {
                return false
            }
            rowCount += 1
        }
        return true
    }

    private func parseRecord(
        _ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let row = rowCount
        let last = columns.count - 1
        for index in 0...last {
            let column = columns.baseAddress! + index
            if column.pointee.takesNumbers {
                if !takeNumber(column, &cursor, end, row) { return false }
            } else if !takeField(column, &cursor, end, row) {
                return false
            }
            if index < last {
                guard cursor.pointee == delimiter, cursor < end else { return false }
                cursor += 1
            }
        }
        // The line feed behind the block ends a last record without one of its own.
        if cursor.pointee == RecordScanner.carriageReturn {
            cursor += cursor + 1 < end && cursor[1] == RecordScanner.lineFeed ? 2 : 1
            return true
        }
        guard cursor.pointee == RecordScanner.lineFeed else { return false }
        if cursor < end { cursor += 1 }
        return true
    }

    @inline(__always)
    private func takeNumber(
        _ column: UnsafeMutablePointer<BlockColumn>, _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>, _ row: Int
    ) -> Bool {
        let start = cursor
        if let digits = DecimalNumber.scan(&cursor, end), endsField(cursor.pointee),
            let number = DecimalNumber.value(digits)
        {
            column.pointee.numbers[row] = number
            return number >= column.pointee.lowest && number <= column.pointee.highest
        }
        cursor = start
        if column.pointee.isEmptyMissing, endsField(cursor.pointee) {
            column.pointee.numbers[row] = .nan
            return true
        }
        return takeField(column, &cursor, end, row)
    }

    private func takeField(
        _ column: UnsafeMutablePointer<BlockColumn>, _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>, _ row: Int
    ) -> Bool {
        if let quote, cursor < end, cursor.pointee == quote {
            return takeQuoted(column, &cursor, end, row, quote)
        }
        let start = cursor
        while !isSpecial[Int(cursor.pointee)] { cursor += 1 }
        guard endsField(cursor.pointee) else { return false }
        return column.pointee.set(
            UnsafeRawBufferPointer(start: start, count: cursor - start), row: row)
    }

    private func takeQuoted(
        _ column: UnsafeMutablePointer<BlockColumn>, _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>, _ row: Int, _ quote: UInt8
    ) -> Bool {
        cursor += 1
        let start = cursor
        var unescaped: [UInt8] = []
        var pieceStart = start
        while true {
            while cursor < end, cursor.pointee != quote { cursor += 1 }
            if cursor == end { return false }
            guard cursor + 1 < end, cursor[1] == quote else { break }
            unescaped.append(
                contentsOf: UnsafeBufferPointer(start: pieceStart, count: cursor + 1 - pieceStart))
            cursor += 2
            pieceStart = cursor
        }
        let closing = cursor
        cursor += 1
        guard endsField(cursor.pointee) else { return false }
        if pieceStart == start {
            return column.pointee.set(
                UnsafeRawBufferPointer(start: start, count: closing - start), row: row)
        }
        unescaped.append(
            contentsOf: UnsafeBufferPointer(start: pieceStart, count: closing - pieceStart))
        return unescaped.withUnsafeBytes { column.pointee.set($0, row: row) }
    }

    private func grow() {
        for index in columns.indices { columns[index].grow(rowCount) }
        rowCapacity = 2 * rowCount
    }

    @inline(__always)
    private func endsField(_ byte: UInt8) -> Bool {
        byte == delimiter || Self.isLineEnd(byte)
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == RecordScanner.lineFeed || byte == RecordScanner.carriageReturn
    }
}
