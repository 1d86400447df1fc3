// SPDX-License-Identifier: Apache-2.0

extension TriangularMatrix {
    /// The solution x (n) of `T x = b` by substitution.
    ///
    /// - Precondition: `b.count` is `count`.
    /// - Throws: `.notFinite` for a NaN or infinity in the triangle or in `b`, `.singular(pivot:)`
    ///   when a diagonal element is exactly 0, `.overflow`.
    /// - Complexity: O(n²).
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(rowCount: b.count, columnCount: 1, elements: b.storage)).storage)
    }

    /// The solution X of `T X = B`, or of `X T = B` when `side` is `.right`.
    ///
    /// - Precondition: B has `count` rows (`.left`) or columns (`.right`).
    /// - Throws: As for a vector.
    /// - Complexity: O(n * b.count).
    public func solve(
        _ b: Matrix<Scalar>, side: TriangularMatrixSide = .left
    ) throws(LinearAlgebraError) -> Matrix<Scalar> {
        var solution = b
        try solveInPlace(&solution, side: side)
        return solution
    }

    /// `B = alpha T⁻¹ B`, or `B = alpha B T⁻¹` when `side` is `.right`, in place.
    ///
    /// When the result overflows, `b` holds it, with its infinities and NaNs; for every other error
    /// `b` is unchanged.
    ///
    /// - Precondition: B has `count` rows (`.left`) or columns (`.right`).
    /// - Throws: As for a vector.
    /// - Complexity: O(n * b.count).
    public func solveInPlace(
        _ b: inout Matrix<Scalar>, side: TriangularMatrixSide = .left, alpha: Scalar = 1
    ) throws(LinearAlgebraError) {
        requireFit(b, side)
        let operation = "triangular solve of \(describe(base.shape))"
        try requireRegular(operation)
        try b.requireFinite("\(operation), right-hand side \(describe(b.shape))")
        guard !b.isEmpty else { return }
        let (rows, columns) = (blasInteger(b.rowCount), blasInteger(b.columnCount))
        b.withMutablePointer { output in
            base.withPointer {
                Scalar._trsm(
                    side, triangle, isTransposed, unitDiagonal: hasUnitDiagonal, rows, columns,
                    alpha, $0, blasInteger(count), output, columns)
            }
        }
        try b.requireRepresentable(operation)
    }

    /// Throws when the triangle has a NaN, an infinity or a zero on its diagonal.
    private func requireRegular(_ operation: String) throws(LinearAlgebraError) {
        for row in 0..<count {
            let diagonal = hasUnitDiagonal ? 0 : 1
            let columns =
                triangle == .lower ? 0..<row + diagonal : row + 1 - diagonal..<count
            let isFinite = base.withPointer {
                Scalar._isFinite(columns.count, $0 + row * count + columns.lowerBound)
            }
            if !isFinite, let column = columns.first(where: { !base[row, $0].isFinite }) {
                throw LinearAlgebraError(
                    code: .notFinite(row: row, column: column), operation: operation)
            }
        }
        if !hasUnitDiagonal, let pivot = (0..<count).first(where: { base[$0, $0] == 0 }) {
            throw LinearAlgebraError(code: .singular(pivot: pivot), operation: operation)
        }
    }
}
