// SPDX-License-Identifier: Apache-2.0

/// Entries or arrays that do not describe a sparse matrix.
public struct SparseMatrixError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake, with its numbers; positions count from 0.
    public enum Code: Hashable, Sendable {
        /// A dimension is negative.
        case negativeDimension(rowCount: Int, columnCount: Int)

        /// Entry `entry` lies at (`row`, `column`), outside the matrix.
        case entryOutOfRange(entry: Int, row: Int, column: Int)

        /// There are `count` row offsets; there must be one more than rows.
        case rowOffsetCount(count: Int)

        /// The offset at `row` is `offset`: the first is not 0, it is below the one before, or it
        /// is beyond the stored elements.
        case rowOffset(row: Int, offset: Int)

        /// `columnCount` column indices, `valueCount` values and the last row offset differ.
        case storedCounts(columnIndices: Int, values: Int, lastOffset: Int)

        /// The stored element at `position`, in row `row`, names column `column`, which does not
        /// exist.
        case columnOutOfRange(row: Int, position: Int, column: Int)

        /// The stored element at `position`, in row `row`, names column `column`, which is not
        /// above the column before it.
        case columnsNotAscending(row: Int, position: Int, column: Int)
    }

    /// The kind of mistake.
    public let code: Code

    /// The shape that was asked for, as `3 x 4`.
    public let shape: String

    /// What is wrong, with the numbers.
    public var description: String {
        let detail =
            switch code {
            case .negativeDimension: "a dimension is negative"
            case .entryOutOfRange(let entry, let row, let column):
                "entry \(entry) at row \(row), column \(column) is outside"
            case .rowOffsetCount(let count): "\(count) row offsets, one more than rows are needed"
            case .rowOffset(let row, let offset): "the offset of row \(row) is \(offset)"
            case .storedCounts(let indices, let values, let last):
                "\(indices) column indices, \(values) values and a last row offset of \(last)"
            case .columnOutOfRange(let row, let position, let column):
                "stored element \(position) of row \(row) is in column \(column)"
            case .columnsNotAscending(let row, let position, let column):
                """
                stored element \(position) of row \(row) is in column \(column), not above the \
                column before it
                """
            }
        return "sparse matrix of shape \(shape): \(detail)"
    }
}
