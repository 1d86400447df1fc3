// SPDX-License-Identifier: Apache-2.0

/// The Cholesky factorisation `A = L Lᵀ` of a symmetric positive definite matrix (n x n).
///
/// Neither NaN nor infinity passes silently: they are refused in the matrix and in right-hand
/// sides, and a result that overflows throws.
public struct Cholesky<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The lower triangular factor L (n x n), zero above the diagonal.
    public let lower: Matrix<Scalar>

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
        var factor = matrix
        factor.withMutablePointer { elements in
            for row in 0..<count {
                (elements + row * count + row + 1).update(repeating: 0, count: count - row - 1)
            }
        }
        try factor.requireFinite(operation)
        if count > 0 {
            let info = factor.withMutablePointer { Scalar._potrf(blasInteger(count), $0) }
            guard info == 0 else {
                throw LinearAlgebraError(
                    code: .notPositiveDefinite(pivot: Int(info) - 1), operation: operation)
            }
            guard factor.firstNonFinite == nil else {
                throw LinearAlgebraError(code: .overflow, operation: operation)
            }
        }
        lower = factor
    }

    /// The number of rows and columns of the factorised matrix.
    public var count: Int { lower.rowCount }

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
            Scalar._trsm(.lower, false, unitDiagonal: false, size, columns, factor, solution)
            Scalar._trsm(.lower, true, unitDiagonal: false, size, columns, factor, solution)
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

    /// The natural logarithm of `det A`; 0 for the 0 x 0 matrix.
    public var logDeterminant: Scalar { 2 * lower.diagonal.log().sum() }

    /// `det A`, which may overflow to infinity or underflow to 0; 1 for the 0 x 0 matrix.
    public var determinant: Scalar {
        let root = lower.diagonal.elements.reduce(1, *)
        return root * root
    }
}

extension Tensor where rank == 2 {
    /// The Cholesky factorisation; see ``Cholesky/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.notPositiveDefinite(pivot:)`, `.overflow`.
    public func cholesky() throws(LinearAlgebraError) -> Cholesky<Scalar> { try Cholesky(self) }

    /// Copies the lower triangle over the upper one.
    mutating func mirrorLowerTriangle() {
        let count = rowCount
        withMutablePointer { elements in
            for row in 0..<count {
                for column in 0..<row {
                    elements[column * count + row] = elements[row * count + column]
                }
            }
        }
    }
}
