// SPDX-License-Identifier: Apache-2.0

extension SVD {
    /// The x (n) of least norm that minimises `norm(A x - b)`; see the form for a matrix.
    ///
    /// - Precondition: `b.count` is `rowCount`; `tolerance` is not negative.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`.
    /// - Complexity: O((m + n) k), k = min(m, n).
    public func solve(
        _ b: Vector<Scalar>, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) -> Vector<Scalar> {
        let column = Matrix(rowCount: b.count, columnCount: 1, elements: b.storage)
        return Vector(try solve(column, tolerance: tolerance).storage)
    }

    /// The X (n x p) of least norm that minimises `norm(A X - B)`, column by column of B (m x p).
    ///
    /// Singular values up to `tolerance` times the largest one count as 0; see
    /// ``rank(tolerance:)``.
    ///
    /// - Precondition: `b.rowCount` is `rowCount`; `tolerance` is not negative.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`.
    /// - Complexity: O((m + n) k p), k = min(m, n).
    public func solve(
        _ b: Matrix<Scalar>, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) -> Matrix<Scalar> {
        precondition(
            rowCount == b.rowCount,
            "svd solve of shape \(rowCount) x \(columnCount) with right-hand side \(describe(b.shape))"
        )
        try b.requireFinite("svd solve, right-hand side \(describe(b.shape))")
        let rank = rank(tolerance: tolerance)
        let projected = u.transposed.matmul(b).leadingRows(rank)
        let scaled = projected.dividingColumns(by: singularValues[..<rank])
        let solution = vTransposed.leadingRows(rank).transposed.matmul(scaled)
        try solution.requireRepresentable("svd solve")
        return solution
    }

    /// The Moore-Penrose pseudo-inverse A⁺ (n x m).
    ///
    /// Singular values up to `tolerance` times the largest one count as 0; see
    /// ``rank(tolerance:)``.
    ///
    /// - Precondition: `tolerance` is not negative.
    /// - Throws: `.overflow` when an element is not representable.
    /// - Complexity: O(m n k), k = min(m, n).
    public func pseudoInverse(tolerance: Scalar? = nil) throws(LinearAlgebraError) -> Matrix<Scalar>
    {
        let rank = rank(tolerance: tolerance)
        let left = u.transposed.materialized().leadingRows(rank)
        let inverse = vTransposed.leadingRows(rank).transposed.matmul(
            left.dividingColumns(by: singularValues[..<rank]))
        try inverse.requireRepresentable("pseudo-inverse of \(rowCount) x \(columnCount)")
        return inverse
    }
}

extension Tensor where rank == 2 {
    /// The Moore-Penrose pseudo-inverse (n x m); see ``SVD/pseudoInverse(tolerance:)``.
    ///
    /// - Precondition: `tolerance` is not negative.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)).
    public func pseudoInverse(tolerance: Scalar? = nil) throws(LinearAlgebraError) -> Tensor {
        try svd().pseudoInverse(tolerance: tolerance)
    }
}
