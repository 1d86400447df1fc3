// SPDX-License-Identifier: Apache-2.0

extension SymmetricEigen {
    /// The solution x (n) of `A x = b`.
    ///
    /// - Precondition: `b.count` is `count`.
    /// - Throws: As for a matrix.
    /// - Complexity: O(n²).
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(rowCount: b.count, columnCount: 1, elements: b.storage)).storage)
    }

    /// The solution X (n x p) of `A X = B`, column by column of B (n x p).
    ///
    /// - Precondition: `b.rowCount` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`; `.singular(pivot:)` with the index of
    ///   an eigenvalue that is exactly 0; `.overflow`.
    /// - Complexity: O(n² p).
    public func solve(_ b: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        precondition(
            b.rowCount == count,
            """
            symmetric eigen solve of shape \(count) x \(count) with right-hand side \
            \(describe(b.shape))
            """)
        try b.requireFinite("symmetric eigen solve, right-hand side \(describe(b.shape))")
        if let pivot = values.elements.firstIndex(of: 0) {
            throw LinearAlgebraError(
                code: .singular(pivot: pivot), operation: "symmetric eigen solve")
        }
        let projected = vectors.transposed.matmul(b).dividingColumns(by: values)
        let solution = vectors.matmul(projected)
        try solution.requireRepresentable("symmetric eigen solve")
        return solution
    }
}
