// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// The eigenvalues of a general square matrix (n x n): real numbers and conjugate pairs.
///
/// They are ordered by descending magnitude, then by descending real part; of a pair the one with
/// the positive imaginary part comes first. ``GeneralEigen`` has the eigenvectors too.
public struct Eigenvalues<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// The real parts (n).
    public let real: Vector<Scalar>

    /// The imaginary parts (n), exactly 0 for a real eigenvalue.
    public let imaginary: Vector<Scalar>

    /// The eigenvalues of `matrix` by the QR algorithm, after balancing.
    ///
    /// - Precondition: `matrix` is square, with at most `Int32.max` rows.
    /// - Throws: `.notFinite` for a NaN or infinity, `.noConvergence`, `.overflow`.
    /// - Complexity: O(n³).
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let operation = "eigenvalues of \(describe(matrix.shape))"
        let found = try GeneralDecomposition(
            matrix, left: false, right: false, operation: operation)
        self = try found.values(operation)
    }

    /// - Throws: `.overflow`.
    init(
        real: Vector<Scalar>, imaginary: Vector<Scalar>, _ operation: String
    ) throws(LinearAlgebraError) {
        (self.real, self.imaginary) = (real, imaginary)
        try real.requireRepresentable(operation)
        try imaginary.requireRepresentable(operation)
    }

    /// The number of eigenvalues.
    public var count: Int { real.count }

    /// The magnitudes (n), in descending order.
    public var magnitudes: Vector<Scalar> {
        Vector(real.indices.map { Scalar.hypot(real[$0], imaginary[$0]) })
    }

    /// The largest magnitude; 0 for the 0 x 0 matrix.
    public var spectralRadius: Scalar { count == 0 ? 0 : Scalar.hypot(real[0], imaginary[0]) }
}

extension Tensor where rank == 2 {
    /// The eigenvalues of a general square matrix; see ``Eigenvalues/init(_:)``.
    ///
    /// - Precondition: The matrix is square.
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`.
    public func eigenvalues() throws(LinearAlgebraError) -> Eigenvalues<Scalar> {
        try Eigenvalues(self)
    }
}
