// SPDX-License-Identifier: Apache-2.0

/// The transpose of a matrix, as a view that shares its elements.
public struct TransposedMatrix<Scalar: LinearAlgebraScalar>: MatrixOperand, Hashable {
    /// The matrix that this is the transpose of.
    ///
    /// - Complexity: O(1).
    public let transposed: Matrix<Scalar>

    init(transposed: Matrix<Scalar>) { self.transposed = transposed }

    /// The number of rows: the columns of the stored matrix.
    public var rowCount: Int { transposed.columnCount }

    /// The number of columns: the rows of the stored matrix.
    public var columnCount: Int { transposed.rowCount }

    /// The element in row `row` and column `column`.
    ///
    /// - Precondition: `row` is in `0..<rowCount` and `column` in `0..<columnCount`.
    public subscript(row: Int, column: Int) -> Scalar { transposed[column, row] }

    /// The stored matrix.
    @inlinable
    public var _base: Matrix<Scalar> { transposed }

    /// Always true.
    @inlinable
    public var _isTransposed: Bool { true }

    /// The transpose as a matrix of its own, with the elements moved.
    ///
    /// - Complexity: O(rowCount * columnCount).
    public func materialized() -> Matrix<Scalar> {
        let elements = uninitialized(rowCount * columnCount) { transposed.transpose(into: $0) }
        return Matrix(uncheckedShape: [rowCount, columnCount], storage: elements)
    }
}
