// SPDX-License-Identifier: Apache-2.0

/// A triangle of a square matrix (n x n) as a view: the other triangle counts as zeros.
public struct TriangularMatrix<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    let base: Matrix<Scalar>
    let triangle: _Triangle
    let isTransposed: Bool

    /// Whether the diagonal counts as ones, whatever is stored there.
    public let hasUnitDiagonal: Bool

    /// The number of rows and columns.
    public var count: Int { base.rowCount }

    /// Whether all elements above the diagonal are zeros.
    public var isLower: Bool { (triangle == .lower) != isTransposed }

    /// The transpose, a view as well.
    ///
    /// - Complexity: O(1).
    public var transposed: TriangularMatrix {
        TriangularMatrix(
            base: base, triangle: triangle, isTransposed: !isTransposed,
            hasUnitDiagonal: hasUnitDiagonal)
    }

    /// The element in row `row` and column `column`.
    ///
    /// - Precondition: `row` and `column` are in `0..<count`.
    public subscript(row: Int, column: Int) -> Scalar {
        let element = isTransposed ? base[column, row] : base[row, column]
        if row == column { return hasUnitDiagonal ? 1 : element }
        return (row > column) == isLower ? element : 0
    }

    /// The triangle as a matrix of its own (n x n), zeros included.
    ///
    /// - Complexity: O(n²).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func materialized() -> Matrix<Scalar> {
        var matrix = Matrix<Scalar>.zeros(count, count)
        for row in 0..<count {
            for column in isLower ? 0..<row + 1 : row..<count {
                matrix[row, column] = self[row, column]
            }
        }
        return matrix
    }
}

extension Tensor where rank == 2 {
    /// The lower triangle with the diagonal, or with a diagonal of ones, as a view.
    ///
    /// - Precondition: The matrix is square.
    /// - Complexity: O(1).
    public func lowerTriangle(unitDiagonal: Bool = false) -> TriangularMatrix<Scalar> {
        triangle(.lower, unitDiagonal)
    }

    /// The upper triangle with the diagonal, or with a diagonal of ones, as a view.
    ///
    /// - Precondition: The matrix is square.
    /// - Complexity: O(1).
    public func upperTriangle(unitDiagonal: Bool = false) -> TriangularMatrix<Scalar> {
        triangle(.upper, unitDiagonal)
    }

    private func triangle(_ triangle: _Triangle, _ unit: Bool) -> TriangularMatrix<Scalar> {
        precondition(rowCount == columnCount, "a triangle of shape \(describe(shape))")
        return TriangularMatrix(
            base: self, triangle: triangle, isTransposed: false, hasUnitDiagonal: unit)
    }
}
