// SPDX-License-Identifier: Apache-2.0

/// The Cholesky factorisation `A = L Lᵀ` of a symmetric positive definite matrix (n x n).
///
/// Neither NaN nor infinity passes silently: they are refused in the matrix and in right-hand
/// sides, and a result that overflows throws.
public struct Cholesky<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The lower triangular factor L (n x n), zero above the diagonal.
    public internal(set) var lower: Matrix<Scalar>

    /// Factorises `matrix`, of which only the lower triangle and the diagonal are read.
    ///
    /// The backward error is bounded by a small multiple of `n eps norm(A)`.
    ///
    /// - Precondition: `matrix` is square, with at most `Int32.max` rows.
    /// - Throws: `.notFinite` for a NaN or infinity in the lower triangle,
    ///   `.notPositiveDefinite(pivot:)` when a leading minor is not positive, `.overflow`.
    /// - Complexity: O(n³).
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let count = matrix.rowCount
        precondition(
            count == matrix.columnCount, "Cholesky factorisation of shape \(describe(matrix.shape))"
        )
        let operation = "cholesky of \(describe(matrix.shape))"
        var factor = matrix.lowerTriangle(operation)
        if count > 0 {
            let info = factor.withMutablePointer { Scalar._potrf(blasInteger(count), $0) }
            // What is not finite leaves its row in the factor not finite or not positive definite.
            guard info == 0, factor.firstNonFinite == nil else {
                try matrix.lowerTriangle(operation).requireFinite(operation)
                throw LinearAlgebraError(
                    code: info == 0 ? .overflow : .notPositiveDefinite(pivot: Int(info) - 1),
                    operation: operation)
            }
        }
        lower = factor
    }

    /// The number of rows and columns of the factorised matrix.
    public var count: Int { lower.rowCount }
}

extension Tensor where rank == 2 {
    /// The Cholesky factorisation; see ``Cholesky/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.notPositiveDefinite(pivot:)`, `.overflow`.
    public func cholesky() throws(LinearAlgebraError) -> Cholesky<Scalar> { try Cholesky(self) }
}
