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
        try matrix.requireFinite(operation)
        var factors = matrix
        var exchanges = [Int32](repeating: 0, count: count)
        if count > 0 {
            let info = factors.withMutablePointer { elements in
                Scalar._getrf(blasInteger(count), elements, &exchanges)
            }
            guard factors.firstNonFinite == nil else {
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
            Scalar._trsm(.lower, false, unitDiagonal: false, size, columns, factor, solution)
            Scalar._trsm(.upper, false, unitDiagonal: true, size, columns, factor, solution)
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

    /// `det A`, which may overflow to infinity or underflow to 0; 1 for the 0 x 0 matrix.
    public var determinant: Scalar {
        factors.diagonal.elements.reduce(sign, *)
    }

    /// The natural logarithm of `abs(det A)` and the sign (1 or -1) of `det A`.
    public var logDeterminant: (magnitude: Scalar, sign: Scalar) {
        let diagonal = factors.diagonal
        let negatives = diagonal.elements.count { $0 < 0 }
        return (
            diagonal.absoluteValue().log().sum(), negatives.isMultiple(of: 2) ? sign : -sign
        )
    }

    /// The sign of the permutation.
    private var sign: Scalar {
        let swaps = exchanges.indices.count { exchanges[$0] != Int32($0 + 1) }
        return swaps.isMultiple(of: 2) ? 1 : -1
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
