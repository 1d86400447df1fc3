// SPDX-License-Identifier: Apache-2.0

/// A matrix that stores only some of its elements, row by row (compressed sparse rows, CSR).
///
/// Row `i` owns the stored elements `rowOffsets[i]..<rowOffsets[i + 1]`; their columns ascend
/// strictly. What is not stored is 0. A stored element may be 0 too, as the sum of entries or the
/// result of arithmetic; ``removingZeros()`` drops those. Equality compares what is stored.
///
/// Products skip what is not stored, so a zero that is not stored does not turn an infinity or a
/// NaN of the other factor into NaN. All sums have a fixed order: the bits are the same on every
/// machine.
public struct SparseMatrix<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The number of rows.
    public let rowCount: Int

    /// The number of columns.
    public let columnCount: Int

    /// Where each row's stored elements begin, and where the last row's end (rowCount + 1).
    public let rowOffsets: [Int]

    /// The column of each stored element.
    public let columnIndices: [Int]

    /// The stored elements, in row order.
    public internal(set) var values: [Scalar]

    init(
        uncheckedRowCount rowCount: Int, columnCount: Int, rowOffsets: [Int],
        columnIndices: [Int], values: [Scalar]
    ) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.rowOffsets = rowOffsets
        self.columnIndices = columnIndices
        self.values = values
    }

    /// Creates a matrix from the three arrays of the CSR format, which are checked and shared.
    ///
    /// - Throws: ``SparseMatrixError`` for a negative dimension, for offsets that do not start at
    ///   0, do not ascend or do not end at the number of stored elements, and for columns that do
    ///   not exist or do not ascend strictly within a row.
    /// - Complexity: O(rowCount + stored elements).
    public init(
        rowCount: Int, columnCount: Int, rowOffsets: [Int], columnIndices: [Int],
        values: [Scalar]
    ) throws(SparseMatrixError) {
        func refuse(_ code: SparseMatrixError.Code) -> SparseMatrixError {
            SparseMatrixError(code: code, shape: "\(rowCount) x \(columnCount)")
        }
        guard rowCount >= 0 && columnCount >= 0 else {
            throw refuse(.negativeDimension(rowCount: rowCount, columnCount: columnCount))
        }
        guard rowOffsets.count - 1 == rowCount else {
            throw refuse(.rowOffsetCount(count: rowOffsets.count))
        }
        guard rowOffsets[0] == 0 else { throw refuse(.rowOffset(row: 0, offset: rowOffsets[0])) }
        let stored = rowOffsets[rowCount]
        guard columnIndices.count == stored && values.count == stored else {
            throw refuse(
                .storedCounts(
                    columnIndices: columnIndices.count, values: values.count, lastOffset: stored))
        }
        for row in 0..<rowCount {
            let (start, end) = (rowOffsets[row], rowOffsets[row + 1])
            guard start <= end && end <= stored else {
                throw refuse(.rowOffset(row: row + 1, offset: end))
            }
            var previous = -1
            for position in start..<end {
                let column = columnIndices[position]
                guard column >= 0 && column < columnCount else {
                    throw refuse(.columnOutOfRange(row: row, position: position, column: column))
                }
                guard column > previous else {
                    throw refuse(
                        .columnsNotAscending(row: row, position: position, column: column))
                }
                previous = column
            }
        }
        self.init(
            uncheckedRowCount: rowCount, columnCount: columnCount, rowOffsets: rowOffsets,
            columnIndices: columnIndices, values: values)
    }

    /// The matrix of `rowCount` x `columnCount` that stores nothing.
    ///
    /// - Precondition: Counts are not negative.
    public static func zeros(_ rowCount: Int, _ columnCount: Int) -> SparseMatrix {
        precondition(
            rowCount >= 0 && columnCount >= 0, "sparse matrix of \(rowCount) x \(columnCount)")
        return SparseMatrix(
            uncheckedRowCount: rowCount, columnCount: columnCount,
            rowOffsets: [Int](repeating: 0, count: rowCount + 1), columnIndices: [], values: [])
    }

    /// The number of stored elements.
    public var storedCount: Int { values.count }

    /// The element in row `row` and column `column`; 0 where none is stored.
    ///
    /// - Precondition: `row` is in `0..<rowCount` and `column` in `0..<columnCount`.
    /// - Complexity: O(log s) in the number s of stored elements of the row.
    public subscript(row: Int, column: Int) -> Scalar {
        precondition(
            column >= 0 && column < columnCount, "column \(column) of a sparse matrix of \(shape)")
        let range = positions(ofRow: row)
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if columnIndices[middle] < column { low = middle + 1 } else { high = middle }
        }
        return low < range.upperBound && columnIndices[low] == column ? values[low] : 0
    }

    /// Where the stored elements of row `row` are in ``columnIndices`` and ``values``.
    ///
    /// - Precondition: `row` is in `0..<rowCount`.
    public func positions(ofRow row: Int) -> Range<Int> {
        precondition(row >= 0 && row < rowCount, "row \(row) of a sparse matrix of \(shape)")
        return rowOffsets[row]..<rowOffsets[row + 1]
    }

    /// The shape as `3 x 4`.
    var shape: String { "\(rowCount) x \(columnCount)" }
}

extension SparseMatrix: CustomStringConvertible {
    /// Shape and number of stored elements, such as `1000 x 50, 312 stored`.
    public var description: String { "\(shape), \(storedCount) stored" }
}
