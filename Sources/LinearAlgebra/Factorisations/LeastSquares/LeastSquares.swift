// SPDX-License-Identifier: Apache-2.0

/// The solution of least norm of `min norm(A X - B)` for any matrix A (m x n), of any rank.
public struct LeastSquares<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The solution X (n x p); of all that minimise the residual, the one of least norm.
    public let solution: Matrix<Scalar>

    /// The number of singular values beyond the tolerance.
    public let rank: Int

    /// The singular values of A in descending order (min(m, n)).
    public let singularValues: Vector<Scalar>

    /// `norm(A x - b)` for each column of B (p), computed from the solution.
    public let residualNorms: Vector<Scalar>

    /// The solution's only column, when there was one right-hand side.
    ///
    /// - Precondition: There is one right-hand side.
    public var coefficients: Vector<Scalar> {
        precondition(solution.columnCount == 1, "a solution of shape \(describe(solution.shape))")
        return Vector(solution.storage)
    }

    /// Solves by the singular value decomposition (divide and conquer).
    ///
    /// Singular values up to `tolerance` times the largest one count as 0; the default is
    /// `max(m, n)` times the spacing of numbers at 1.
    ///
    /// - Precondition: `b.rowCount` is `a.rowCount`; `tolerance` is not negative.
    /// - Throws: `.notFinite` for a NaN or infinity, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n) + m n p).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public init(
        _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) {
        precondition(
            a.rowCount == b.rowCount,
            "least squares of shape \(describe(a.shape)) with right-hand side \(describe(b.shape))")
        let operation = "least squares of \(describe(a.shape))"
        try a.requireFinite(operation)
        try b.requireFinite("\(operation), right-hand side \(describe(b.shape))")
        let (m, n, count) = (a.rowCount, a.columnCount, b.columnCount)
        let (small, large) = (min(m, n), max(m, n))
        try requireWorkspace(1, small, operation)
        // The workspace has a block of small x count.
        guard count == 0 || small <= Int(Int32.max) / 2 / count else {
            throw LinearAlgebraError(code: .tooLarge(dimension: count), operation: operation)
        }
        let tolerance = tolerance ?? Scalar(large) * Scalar.ulpOfOne
        precondition(tolerance >= 0, "a tolerance of \(tolerance)")
        var values = [Scalar](repeating: 0, count: small)
        // Columns of B, with room for longer solutions; LAPACK wants one column at least.
        let columnCount = max(count, 1)
        var columns = Matrix<Scalar>.zeros(columnCount, large)
        for row in 0..<m {
            for column in 0..<count { columns[column, row] = b[row, column] }
        }
        var found: Int32 = 0
        if small > 0 {
            var copy = a.transposed.materialized()
            let info = copy.withMutablePointer { elements in
                columns.withMutablePointer {
                    Scalar._gelsd(
                        blasInteger(m), blasInteger(n), blasInteger(columnCount), elements, $0,
                        &values, tolerance, &found)
                }
            }
            try requireConvergence(info, operation)
        }
        var solution = Matrix<Scalar>.zeros(n, count)
        for row in 0..<n where small > 0 {
            for column in 0..<count { solution[row, column] = columns[column, row] }
        }
        try solution.requireRepresentable(operation)
        var residual = b
        residual.formProduct(a, solution, alpha: 1, beta: -1)
        self.solution = solution
        rank = Int(found)
        singularValues = Vector(values)
        residualNorms = Vector((0..<count).map { residual.column($0).norm() })
        try residualNorms.requireRepresentable(operation)
    }
}

extension Tensor where rank == 2 {
    /// The least squares solution of least norm; see ``LeastSquares/init(_:_:tolerance:)``.
    ///
    /// - Precondition: `b.rowCount` is `rowCount`; `tolerance` is not negative.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    public func leastSquares(
        _ b: Tensor, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) -> LeastSquares<Scalar> {
        try LeastSquares(self, b, tolerance: tolerance)
    }

    /// The least squares solution of least norm; see ``LeastSquares/init(_:_:tolerance:)``.
    ///
    /// - Precondition: `b.count` is `rowCount`; `tolerance` is not negative.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    public func leastSquares(
        _ b: Vector<Scalar>, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) -> LeastSquares<Scalar> {
        try LeastSquares(
            self, Matrix(rowCount: b.count, columnCount: 1, elements: b.storage),
            tolerance: tolerance)
    }
}
