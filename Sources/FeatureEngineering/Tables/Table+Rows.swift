// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// The rows at `rows`, in that order, repeats allowed.
    ///
    /// - Precondition: every index is in `0..<rowCount`.
    /// - Complexity: O(rows x columns).
    public subscript(rows rows: [Int]) -> Table {
        for row in rows { checkRow(row) }
        return replacingRows(with: columns.map { $0[rows: rows] }, rowCount: rows.count)
    }

    /// The row at `index`, as a view that copies nothing.
    ///
    /// - Precondition: `index` is in `0..<rowCount`.
    public subscript(index: Int) -> Row {
        checkRow(index)
        return Row(table: self, index: index)
    }

    /// One row of a table.
    public struct Row: Sendable {
        /// The table that the row belongs to.
        public let table: Table
        /// The row's position in the table, counted from 0.
        public let index: Int

        /// The value of the column called `name`.
        ///
        /// - Throws: ``FeatureError`` with `unknownColumn`.
        public subscript(name: String) -> Column.Value {
            get throws(FeatureError) { try table[column: name][index] }
        }

        /// The values in the order of the columns.
        public var values: [Column.Value] { table.columns.map { $0[index] } }
    }

    private func checkRow(_ row: Int) {
        precondition(
            row >= 0 && row < rowCount, "row \(row) of a table of \(rowCount) rows")
    }
}
