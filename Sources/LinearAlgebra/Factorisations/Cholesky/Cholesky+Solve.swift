// SPDX-License-Identifier: Apache-2.0

extension Cholesky {
    /// The solution x (n) of `A x = b`.
    ///
    /// - Precondition: `b.count` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`.
    /// - Complexity: O(n²).
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(rowCount: b.count, columnCount: 1, elements: b.storage)).storage)
    }

    /// The solution X (n x k) of `A X = B`, column by column of B (n x k).
    ///
    /// - Precondition: `b.rowCount` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`.
    /// - Complexity: O(n² k).
    public func solve(_ b: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        try solveTriangular(lower, b, "cholesky") { size, columns, factor, solution in
            Scalar._trsm(
                .left, .lower, false, unitDiagonal: false, size, columns, 1, factor, size, solution,
                columns)
            Scalar._trsm(
                .left, .lower, true, unitDiagonal: false, size, columns, 1, factor, size, solution,
                columns)
        }
    }

    /// The inverse A⁻¹ (n x n), exactly symmetric.
    ///
    /// - Throws: `.overflow` when an element is not representable.
    /// - Complexity: O(n³).
    public func inverse() throws(LinearAlgebraError) -> Matrix<Scalar> {
        var inverse = lower
        guard count > 0 else { return inverse }
        let info = inverse.withMutablePointer { Scalar._potri(blasInteger(count), $0) }
        inverse.mirrorLowerTriangle()
        guard info == 0, inverse.firstNonFinite == nil else {
            throw LinearAlgebraError(
                code: .overflow, operation: "inverse of \(describe(lower.shape))")
        }
        return inverse
    }
}
