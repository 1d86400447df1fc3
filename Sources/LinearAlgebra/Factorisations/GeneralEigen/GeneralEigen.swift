// SPDX-License-Identifier: Apache-2.0

/// The eigendecomposition of a general square matrix A (n x n).
///
/// Right eigenvectors satisfy `A v = λ v`, left ones `wᴴ A = λ wᴴ`, where `wᴴ` is the conjugate
/// transpose. Each has Euclidean norm 1. A matrix that is not diagonalisable has (nearly) parallel
/// eigenvectors. Signs depend on the BLAS in use.
///
/// The left eigenvector of the eigenvalue 1 of a transition matrix, scaled to sum 1, is the
/// distribution that no longer changes:
///
/// ```swift
/// let eigen = try transitions.generalEigen(left: true)
/// let w = eigen.left!.real.transposed.row(0)
/// let stationary = w / w.sum()
/// ```
///
/// LAPACK's xGEEV: balancing, Hessenberg form, QR algorithm.
public struct GeneralEigen<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The eigenvalues (n), by descending magnitude.
    public let values: Eigenvalues<Scalar>

    /// The right eigenvectors (n x n): column i belongs to eigenvalue i.
    public let right: Eigenvectors<Scalar>

    /// The left eigenvectors (n x n): column i belongs to eigenvalue i; nil unless asked for.
    public let left: Eigenvectors<Scalar>?

    /// Decomposes `matrix`.
    ///
    /// - Parameters:
    ///   - matrix: A (n x n).
    ///   - left: Whether the left eigenvectors are computed too.
    /// - Precondition: `matrix` is square, with at most `Int32.max` rows.
    /// - Throws: `.notFinite` for a NaN or infinity, `.noConvergence`, `.overflow`.
    /// - Complexity: O(n³).
    public init(_ matrix: Matrix<Scalar>, left: Bool = false) throws(LinearAlgebraError) {
        let operation = "eigenvectors of \(describe(matrix.shape))"
        let found = try GeneralDecomposition(
            matrix, left: left, right: true, operation: operation)
        values = try found.values(operation)
        right = found.vectors(found.right)
        self.left = left ? found.vectors(found.left) : nil
    }

    /// The number of rows and columns of the decomposed matrix.
    public var count: Int { values.count }
}

/// Eigenvectors in the columns of a complex matrix (n x n), as its real and imaginary parts.
///
/// The imaginary part of a real eigenvalue's vector is exactly 0; the two vectors of a conjugate
/// pair are conjugates, bit for bit. The component of largest magnitude is real.
public struct Eigenvectors<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The real parts (n x n), as a view of their transpose.
    public let real: TransposedMatrix<Scalar>

    /// The imaginary parts (n x n), as a view of their transpose.
    public let imaginary: TransposedMatrix<Scalar>
}

extension Tensor where rank == 2 {
    /// The eigendecomposition of a general square matrix; see ``GeneralEigen/init(_:left:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`.
    public func generalEigen(left: Bool = false) throws(LinearAlgebraError) -> GeneralEigen<Scalar>
    {
        try GeneralEigen(self, left: left)
    }
}
