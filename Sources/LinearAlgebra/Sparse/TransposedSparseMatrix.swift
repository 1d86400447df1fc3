// SPDX-License-Identifier: Apache-2.0

/// The transpose of a sparse matrix, as a view that shares its elements.
public struct TransposedSparseMatrix<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The matrix that this is the transpose of.
    ///
    /// - Complexity: O(1).
    public let transposed: SparseMatrix<Scalar>

    init(transposed: SparseMatrix<Scalar>) { self.transposed = transposed }

    /// The number of rows: the columns of the stored matrix.
    public var rowCount: Int { transposed.columnCount }

    /// The number of columns: the rows of the stored matrix.
    public var columnCount: Int { transposed.rowCount }

    /// The element in row `row` and column `column`; 0 where none is stored.
    ///
    /// - Precondition: `row` is in `0..<rowCount` and `column` in `0..<columnCount`.
    public subscript(row: Int, column: Int) -> Scalar { transposed[column, row] }

    /// The transpose as a matrix of its own.
    ///
    /// - Complexity: O(rowCount + columnCount + stored elements).
    public func materialized() -> SparseMatrix<Scalar> {
        let source = transposed
        var offsets = [Int](repeating: 0, count: rowCount + 1)
        for column in source.columnIndices { offsets[column + 1] += 1 }
        for row in 0..<rowCount { offsets[row + 1] += offsets[row] }
        var next = offsets
        var columnIndices = [Int](repeating: 0, count: source.storedCount)
        var values = [Scalar](repeating: 0, count: source.storedCount)
        for row in 0..<source.rowCount {
            for position in source.rowOffsets[row]..<source.rowOffsets[row + 1] {
                let column = source.columnIndices[position]
                columnIndices[next[column]] = row
                values[next[column]] = source.values[position]
                next[column] += 1
            }
        }
        return SparseMatrix(
            uncheckedRowCount: rowCount, columnCount: columnCount, rowOffsets: offsets,
            columnIndices: columnIndices, values: values)
    }
}

extension SparseMatrix {
    /// The transpose as a view; products use it without moving an element.
    ///
    /// - Complexity: O(1).
    public var transposed: TransposedSparseMatrix<Scalar> {
        TransposedSparseMatrix(transposed: self)
    }
}
