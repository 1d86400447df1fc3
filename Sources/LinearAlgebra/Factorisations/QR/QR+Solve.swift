// SPDX-License-Identifier: Apache-2.0

extension QR {
    /// The x (n) that minimises `norm(A x - b)`, or solves `A x = b` when A is square.
    ///
    /// - Precondition: `b.count` is `rowCount`, and A has no more columns than rows.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.singular(pivot:)` when a diagonal
    ///   element of R is exactly 0, `.overflow`. For a matrix that may lack full rank use
    ///   ``LeastSquares``.
    /// - Complexity: O(m n).
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(rowCount: b.count, columnCount: 1, elements: b.storage)).storage)
    }

    /// The X (n x p) that minimises `norm(A X - B)`, column by column of B (m x p).
    ///
    /// - Precondition: `b.rowCount` is `rowCount`, and A has no more columns than rows.
    /// - Throws: As for a vector.
    /// - Complexity: O(m n p).
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    public func solve(_ b: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        precondition(
            rowCount == b.rowCount && rowCount >= columnCount,
            "qr solve of shape \(rowCount) x \(columnCount) with right-hand side \(describe(b.shape))"
        )
        try b.requireFinite("qr solve, right-hand side \(describe(b.shape))")
        if let pivot = factors.diagonal.elements.firstIndex(of: 0) {
            throw LinearAlgebraError(
                code: .singular(pivot: pivot), operation: "qr solve of \(rowCount) x \(columnCount)"
            )
        }
        let (m, n, count) = (rowCount, columnCount, b.columnCount)
        guard n > 0 && count > 0 else { return .zeros(n, count) }
        var columns = try multiplyingByQ(b, transpose: true).transposed
        columns.withMutablePointer { y in
            factors.withPointer {
                // In row-major terms the rows of Y times the inverse of the lower triangular Rᵀ.
                Scalar._trsm(
                    .right, .lower, false, unitDiagonal: false, blasInteger(count),
                    blasInteger(n), 1, $0, blasInteger(m), y, blasInteger(m))
            }
        }
        var solution = Matrix<Scalar>.zeros(n, count)
        for (position, column) in columnOrder.enumerated() {
            for index in 0..<count { solution[column, index] = columns[index, position] }
        }
        try solution.requireRepresentable("qr solve")
        return solution
    }

    /// `Q B` (m x p) without forming Q, as a view of its transpose.
    ///
    /// - Precondition: `b.rowCount` is `rowCount`.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m k p), k = min(m, n).
    public func multiplyingByQ(
        _ b: Matrix<Scalar>
    ) throws(LinearAlgebraError) -> TransposedMatrix<Scalar> {
        try multiplyingByQ(b, transpose: false)
    }

    /// `Qᵀ B` (m x p) without forming Q, as a view of its transpose.
    ///
    /// - Precondition: `b.rowCount` is `rowCount`.
    /// - Throws: `.notFinite` for a NaN or infinity in `b`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m k p), k = min(m, n).
    public func multiplyingByTransposedQ(
        _ b: Matrix<Scalar>
    ) throws(LinearAlgebraError) -> TransposedMatrix<Scalar> {
        try multiplyingByQ(b, transpose: true)
    }

    private func multiplyingByQ(
        _ b: Matrix<Scalar>, transpose: Bool
    ) throws(LinearAlgebraError) -> TransposedMatrix<Scalar> {
        precondition(
            rowCount == b.rowCount,
            "q of \(rowCount) x \(rowCount) times a matrix of shape \(describe(b.shape))")
        let operation = "q times \(describe(b.shape))"
        try requireWorkspace(0, b.columnCount, operation)
        try b.requireFinite(operation)
        var columns = b.transposed.materialized()
        guard !b.isEmpty && !scales.isEmpty else { return TransposedMatrix(transposed: columns) }
        columns.withMutablePointer { c in
            factors.withPointer {
                _ = Scalar._ormqr(
                    transpose, blasInteger(rowCount), blasInteger(b.columnCount),
                    blasInteger(scales.count), $0, scales, c)
            }
        }
        try columns.requireRepresentable(operation)
        return TransposedMatrix(transposed: columns)
    }
}
