// SPDX-License-Identifier: Apache-2.0

extension LU {
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
        try solveTriangular(factors, b, "lu") { size, columns, factor, solution in
            Scalar._trsm(
                .left, .lower, false, unitDiagonal: false, size, columns, 1, factor, size, solution,
                columns)
            Scalar._trsm(
                .left, .upper, false, unitDiagonal: true, size, columns, 1, factor, size, solution,
                columns)
            for step in exchanges.indices.reversed() {
                let other = Int(exchanges[step]) - 1
                guard other != step else { continue }
                for column in 0..<b.columnCount {
                    swap(
                        &solution[step * b.columnCount + column],
                        &solution[other * b.columnCount + column])
                }
            }
        }
    }

    /// The inverse A⁻¹ (n x n).
    ///
    /// - Throws: `.overflow` when an element is not representable.
    /// - Complexity: O(n³).
    public func inverse() throws(LinearAlgebraError) -> Matrix<Scalar> {
        var inverse = factors
        guard count > 0 else { return inverse }
        // Room for LAPACK's blocked algorithm.
        let workCount = Swift.min(count * 64, Int(Int32.max))
        var work = [Scalar](repeating: 0, count: workCount)
        let info = inverse.withMutablePointer {
            Scalar._getri(blasInteger(count), $0, exchanges, &work, Int32(workCount))
        }
        guard info == 0, inverse.firstNonFinite == nil else {
            throw LinearAlgebraError(
                code: .overflow, operation: "inverse of \(describe(factors.shape))")
        }
        return inverse
    }
}
