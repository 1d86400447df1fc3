// SPDX-License-Identifier: Apache-2.0

/// The solutions of `A x = λ B x` for symmetric A and symmetric positive definite B (n x n).
///
/// With V of all vectors, `A V = B V Λ` and `Vᵀ B V = I`. Signs of eigenvectors depend on the BLAS
/// in use. Neither NaN nor infinity passes silently: they are refused, and a result that overflows
/// throws.
public struct GeneralisedSymmetricEigen<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The eigenvalues in ascending order (n).
    public let values: Vector<Scalar>

    /// V (n x n), whose column i belongs to `values[i]`, as a view of its transpose.
    public let vectors: TransposedMatrix<Scalar>

    /// Solves for `a` and `b`, of which only the lower triangles and the diagonals are read.
    ///
    /// - Precondition: `a` and `b` are square and of the same shape.
    /// - Throws: `.notFinite` for a NaN or infinity in a lower triangle,
    ///   `.notPositiveDefinite(pivot:)` when a leading minor of `b` is not positive,
    ///   `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(n³).
    public init(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) throws(LinearAlgebraError) {
        precondition(
            a.shape == b.shape,
            "generalised eigen of shapes \(describe(a.shape)) and \(describe(b.shape))")
        let operation = "generalised symmetric eigen of \(describe(a.shape))"
        var rows = try a.checkedLowerTriangle(operation)
        var metric = try b.checkedLowerTriangle("\(operation), right-hand matrix")
        let count = rows.rowCount
        var values = [Scalar](repeating: 0, count: count)
        if count > 0 {
            try requireWorkspace(2, count, operation)
            let info = rows.withMutablePointer { elements in
                metric.withMutablePointer {
                    Scalar._sygvd(blasInteger(count), elements, $0, &values)
                }
            }
            guard Int(info) <= count else {
                throw LinearAlgebraError(
                    code: .notPositiveDefinite(pivot: Int(info) - count - 1), operation: operation)
            }
            try requireConvergence(info, operation)
        }
        self.values = Vector(values)
        vectors = TransposedMatrix(transposed: rows)
        try self.values.requireRepresentable(operation)
        try rows.requireRepresentable(operation)
    }

    /// The number of eigenvalues.
    public var count: Int { values.count }
}

extension Tensor where rank == 2 {
    /// The solutions of `A x = λ B x`; see ``GeneralisedSymmetricEigen/init(_:_:)``.
    ///
    /// - Precondition: Both matrices are square and of the same shape.
    /// - Throws: `.notFinite`, `.notPositiveDefinite(pivot:)`, `.noConvergence`, `.overflow`,
    ///   `.tooLarge`.
    public func generalisedSymmetricEigen(
        _ b: Tensor
    ) throws(LinearAlgebraError) -> GeneralisedSymmetricEigen<Scalar> {
        try GeneralisedSymmetricEigen(self, b)
    }
}
