// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// The eigenvalues of a general square matrix (n x n): real numbers and conjugate pairs.
///
/// They are ordered by descending magnitude, then by descending real part; of a pair the one with
/// the positive imaginary part comes first.
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
        let count = matrix.rowCount
        let operation = "eigenvalues of \(describe(matrix.shape))"
        precondition(count == matrix.columnCount, "\(operation): the matrix is not square")
        try matrix.requireFinite(operation)
        var real = [Scalar](repeating: 0, count: count)
        var imaginary = real
        if count > 0 {
            var copy = matrix
            // A transpose has the same eigenvalues.
            let info = copy.withMutablePointer {
                Scalar._geev(blasInteger(count), $0, &real, &imaginary)
            }
            try requireConvergence(info, operation)
        }
        let magnitudes = zip(real, imaginary).map { Scalar.hypot($0, $1) }
        let order = real.indices.sorted {
            (magnitudes[$1], real[$1], imaginary[$1], $0)
                < (magnitudes[$0], real[$0], imaginary[$0], $1)
        }
        self.real = Vector(real).gathering(order)
        self.imaginary = Vector(imaginary).gathering(order)
        try self.real.requireRepresentable(operation)
        try self.imaginary.requireRepresentable(operation)
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
