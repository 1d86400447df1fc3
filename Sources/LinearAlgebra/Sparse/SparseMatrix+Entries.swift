// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix {
    /// A value at a position of a sparse matrix.
    public struct Entry: Sendable, Hashable, Codable {
        /// The row, from 0.
        public var row: Int

        /// The column, from 0.
        public var column: Int

        /// The element, or a summand of it.
        public var value: Scalar

        /// The value `value` at row `row` and column `column`.
        public init(row: Int, column: Int, value: Scalar) {
            self.row = row
            self.column = column
            self.value = value
        }
    }

    /// Creates a matrix from entries (triplets) in any order.
    ///
    /// Entries at the same position are added in the order in which they are given. A sum that is
    /// 0 stays stored.
    ///
    /// - Throws: ``SparseMatrixError`` for a negative dimension or an entry outside the matrix.
    /// - Complexity: O(rowCount + columnCount + n) in the number n of entries.
    public init(
        rowCount: Int, columnCount: Int, entries: some Sequence<Entry>
    ) throws(SparseMatrixError) {
        let shape = "\(rowCount) x \(columnCount)"
        guard rowCount >= 0 && columnCount >= 0 else {
            throw SparseMatrixError(
                code: .negativeDimension(rowCount: rowCount, columnCount: columnCount),
                shape: shape)
        }
        let entries = Array(entries)
        for (index, entry) in entries.enumerated() {
            let (row, column) = (entry.row, entry.column)
            guard row >= 0 && row < rowCount && column >= 0 && column < columnCount else {
                throw SparseMatrixError(
                    code: .entryOutOfRange(entry: index, row: row, column: column), shape: shape)
            }
        }
        // Two stable counting sorts: by column, then by row.
        let byColumn = countingSorted(Array(entries.indices), columnCount) { entries[$0].column }
        let byRow = countingSorted(byColumn, rowCount) { entries[$0].row }
        var rowOffsets = [0]
        rowOffsets.reserveCapacity(rowCount + 1)
        var columnIndices: [Int] = []
        var values: [Scalar] = []
        var next = 0
        for row in 0..<rowCount {
            let start = columnIndices.count
            while next < byRow.count, entries[byRow[next]].row == row {
                let entry = entries[byRow[next]]
                if columnIndices.count > start,
                    columnIndices[columnIndices.count - 1] == entry.column
                {
                    values[values.count - 1] += entry.value
                } else {
                    columnIndices.append(entry.column)
                    values.append(entry.value)
                }
                next += 1
            }
            rowOffsets.append(columnIndices.count)
        }
        self.init(
            uncheckedRowCount: rowCount, columnCount: columnCount, rowOffsets: rowOffsets,
            columnIndices: columnIndices, values: values)
    }

    /// The stored elements with their positions, row by row, columns ascending.
    ///
    /// - Complexity: O(rowCount + stored elements).
    public var entries: [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(storedCount)
        for row in 0..<rowCount {
            for position in rowOffsets[row]..<rowOffsets[row + 1] {
                entries.append(
                    Entry(row: row, column: columnIndices[position], value: values[position]))
            }
        }
        return entries
    }
}

/// `items` in ascending order of a key in `0..<keyCount`; equal keys keep their order.
private func countingSorted(_ items: [Int], _ keyCount: Int, _ key: (Int) -> Int) -> [Int] {
    var starts = [Int](repeating: 0, count: keyCount + 1)
    for item in items { starts[key(item) + 1] += 1 }
    for index in 0..<keyCount { starts[index + 1] += starts[index] }
    var sorted = items
    for item in items {
        sorted[starts[key(item)]] = item
        starts[key(item)] += 1
    }
    return sorted
}
