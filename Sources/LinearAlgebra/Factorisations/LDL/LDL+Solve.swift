// SPDX-License-Identifier: Apache-2.0

extension LDL {
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
        precondition(
            b.rowCount == count,
            "ldl solve of shape \(describe(factors.shape)) with right-hand side \(describe(b.shape))"
        )
        try b.requireFinite("ldl solve, right-hand side \(describe(b.shape))")
        guard !b.isEmpty else { return b }
        var columns = b.transposed.materialized()
        columns.withMutablePointer { x in
            factors.withPointer {
                _ = Scalar._sytrs(blasInteger(count), blasInteger(b.columnCount), $0, exchanges, x)
            }
        }
        try columns.requireRepresentable("ldl solve")
        return columns.transposed.materialized()
    }

    /// The inverse A⁻¹ (n x n), exactly symmetric.
    ///
    /// - Throws: `.overflow` when an element is not representable.
    /// - Complexity: O(n³).
    public func inverse() throws(LinearAlgebraError) -> Matrix<Scalar> {
        var inverse = factors
        guard count > 0 else { return inverse }
        inverse.withMutablePointer { _ = Scalar._sytri(blasInteger(count), $0, exchanges) }
        inverse = inverse.transposed.materialized()
        inverse.mirrorLowerTriangle()
        try inverse.requireRepresentable("inverse of \(describe(factors.shape))")
        return inverse
    }
}
