// SPDX-License-Identifier: Apache-2.0

/// The eigendecomposition `A = V Λ Vᵀ` of a symmetric matrix (n x n), by divide and conquer.
///
/// V is orthogonal and Λ diagonal. Signs of eigenvectors depend on the BLAS in use. Neither NaN nor
/// infinity passes silently: they are refused, and a result that overflows throws.
public struct SymmetricEigen<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The eigenvalues in ascending order (n).
    public let values: Vector<Scalar>

    /// V (n x n), whose column i belongs to `values[i]`, as a view of its transpose.
    public let vectors: TransposedMatrix<Scalar>

    /// Decomposes `matrix`, of which only the lower triangle and the diagonal are read.
    ///
    /// - Precondition: `matrix` is square.
    /// - Throws: `.notFinite` for a NaN or infinity in the lower triangle, `.noConvergence`,
    ///   `.overflow`, `.tooLarge`.
    /// - Complexity: O(n³).
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let operation = "symmetric eigen of \(describe(matrix.shape))"
        let (values, rows) = try decompose(matrix, vectors: true, operation)
        try rows.requireRepresentable(operation)
        self.values = values
        vectors = TransposedMatrix(transposed: rows)
    }

    /// The number of rows and columns of the decomposed matrix.
    public var count: Int { values.count }
}

extension Tensor where rank == 2 {
    /// The eigendecomposition of a symmetric matrix; see ``SymmetricEigen/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    public func symmetricEigen() throws(LinearAlgebraError) -> SymmetricEigen<Scalar> {
        try SymmetricEigen(self)
    }

    /// The eigenvalues of a symmetric matrix in ascending order (n), without the vectors.
    ///
    /// Only the lower triangle and the diagonal are read.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(n³).
    public func symmetricEigenvalues() throws(LinearAlgebraError) -> Vector<Scalar> {
        try decompose(self, vectors: false, "symmetric eigenvalues of \(describe(shape))").values
    }
}

/// Ascending eigenvalues, and eigenvectors in rows when asked for.
private func decompose<Scalar>(
    _ matrix: Matrix<Scalar>, vectors: Bool, _ operation: String
) throws(LinearAlgebraError) -> (values: Vector<Scalar>, rows: Matrix<Scalar>) {
    var rows = try matrix.checkedLowerTriangle(operation)
    let count = rows.rowCount
    guard count > 0 else { return (Vector([]), rows) }
    try requireWorkspace(2, count, operation)
    var values = [Scalar](repeating: 0, count: count)
    let info = rows.withMutablePointer {
        Scalar._syevd(vectors, blasInteger(count), $0, &values)
    }
    try requireConvergence(info, operation)
    let result = Vector(values)
    try result.requireRepresentable(operation)
    return (result, rows)
}
