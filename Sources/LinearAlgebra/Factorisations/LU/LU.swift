// SPDX-License-Identifier: Apache-2.0

/// The triangular factorisation `A = L U Pᵀ` of a square matrix (n x n).
///
/// L is lower triangular, U unit upper triangular, and P exchanges columns: it is LAPACK's LU of
/// the transpose, which is how a row-major matrix lies in memory, so nothing is moved. Stability is
/// that of partial pivoting. Neither NaN nor infinity passes silently: they are refused in the
/// matrix and in right-hand sides, and a result that overflows throws.
public struct LU<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// L below and on the diagonal, U above it, whose diagonal of ones is not stored.
    let factors: Matrix<Scalar>

    /// At step i, columns i and `exchanges[i] - 1` were exchanged.
    let exchanges: [Int32]

    /// Factorises `matrix`.
    ///
    /// - Precondition: `matrix` is square, with at most `Int32.max` rows.
    /// - Throws: `.notFinite` for a NaN or infinity, `.singular(pivot:)` when a pivot is exactly 0,
    ///   `.overflow`.
    /// - Complexity: O(n³).
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let count = matrix.rowCount
        precondition(
            count == matrix.columnCount, "LU factorisation of shape \(describe(matrix.shape))")
        let operation = "lu of \(describe(matrix.shape))"
        var factors = matrix.copied()
        var exchanges = [Int32](repeating: 0, count: count)
        if count > 0 {
            let info = factors.withMutablePointer { elements in
                Scalar._getrf(blasInteger(count), elements, &exchanges)
            }
            // What is not finite leaves its place in the factors not finite.
            guard factors.firstNonFinite == nil else {
                try matrix.requireFinite(operation)
                throw LinearAlgebraError(code: .overflow, operation: operation)
            }
            guard info == 0 else {
                throw LinearAlgebraError(
                    code: .singular(pivot: Int(info) - 1), operation: operation)
            }
        }
        self.factors = factors
        self.exchanges = exchanges
    }

    /// The number of rows and columns of the factorised matrix.
    public var count: Int { factors.rowCount }

    /// The lower triangular factor L (n x n).
    public var lower: Matrix<Scalar> { triangle { row, column in column <= row } }

    /// The unit upper triangular factor U (n x n).
    public var upper: Matrix<Scalar> {
        var upper = triangle { row, column in column > row }
        for index in 0..<count { upper[index, index] = 1 }
        return upper
    }

    /// For each column of L U, the column of A that it is.
    public var columnOrder: [Int] {
        var order = Array(0..<count)
        for step in 0..<count { order.swapAt(step, Int(exchanges[step]) - 1) }
        return order
    }

    private func triangle(_ keeps: (Int, Int) -> Bool) -> Matrix<Scalar> {
        var triangle = factors
        for row in 0..<count {
            for column in 0..<count where !keeps(row, column) { triangle[row, column] = 0 }
        }
        return triangle
    }
}

extension Tensor where rank == 2 {
    /// The LU factorisation; see ``LU/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.singular(pivot:)`, `.overflow`.
    public func lu() throws(LinearAlgebraError) -> LU<Scalar> { try LU(self) }
}
