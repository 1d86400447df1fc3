// SPDX-License-Identifier: Apache-2.0

/// The singular value decomposition `A = U S Vᵀ` of any matrix (m x n), by divide and conquer.
///
/// U and V are orthonormal and S is diagonal with values that are not negative, in descending
/// order. Signs of singular vectors depend on the BLAS in use. Neither NaN nor infinity passes
/// silently: they are refused, and a result that overflows throws.
public struct SVD<Scalar: LinearAlgebraScalar>: Sendable, Hashable {
    /// How many singular vectors there are beside the k = min(m, n) singular values.
    public enum Size: Sendable, Hashable {
        /// U (m x k) and Vᵀ (k x n).
        case thin

        /// U (m x m) and Vᵀ (n x n).
        case full
    }

    /// The singular values in descending order (k).
    public let singularValues: Vector<Scalar>

    /// U, whose columns are the left singular vectors.
    public let u: Matrix<Scalar>

    /// Vᵀ, whose rows are the right singular vectors.
    public let vTransposed: Matrix<Scalar>

    /// Decomposes `matrix`.
    ///
    /// - Precondition: `matrix` has at most `Int32.max` rows and columns.
    /// - Throws: `.notFinite` for a NaN or infinity, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)).
    public init(
        _ matrix: Matrix<Scalar>, size: Size = .thin
    ) throws(LinearAlgebraError) {
        let operation = "svd of \(describe(matrix.shape))"
        let (m, n) = (matrix.rowCount, matrix.columnCount)
        let small = min(m, n)
        guard small > 0 else {
            singularValues = Vector([])
            u = size == .full ? .identity(m) : .zeros(m, 0)
            vTransposed = size == .full ? .identity(n) : .zeros(0, n)
            return
        }
        var u = Matrix<Scalar>(unwrittenShape: [m, size == .full ? m : small])
        var vTransposed = Matrix<Scalar>(unwrittenShape: [size == .full ? n : small, n])
        singularValues = try decompose(
            matrix, size == .full ? .full : .thin, &u, &vTransposed, operation)
        try u.requireRepresentable(operation)
        try vTransposed.requireRepresentable(operation)
        self.u = u
        self.vTransposed = vTransposed
    }

    /// The number of rows of the decomposed matrix.
    public var rowCount: Int { u.rowCount }

    /// The number of columns of the decomposed matrix.
    public var columnCount: Int { vTransposed.columnCount }
}

extension Tensor where rank == 2 {
    /// The singular value decomposition; see ``SVD/init(_:size:)``.
    ///
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    public func svd(
        size: SVD<Scalar>.Size = .thin
    ) throws(LinearAlgebraError) -> SVD<Scalar> { try SVD(self, size: size) }

    /// The singular values in descending order (min(m, n)), without the vectors.
    ///
    /// - Throws: `.notFinite`, `.noConvergence`, `.overflow`, `.tooLarge`.
    /// - Complexity: O(m n min(m, n)).
    public func singularValues() throws(LinearAlgebraError) -> Vector<Scalar> {
        guard !isEmpty else { return Vector([]) }
        var (u, vTransposed) = (Tensor.zeros(1, 1), Tensor.zeros(1, 1))
        return try decompose(
            self, .none, &u, &vTransposed, "singular values of \(describe(shape))")
    }
}

/// The singular values of a matrix with elements, and its vectors into `u` and `vTransposed`.
private func decompose<Scalar>(
    _ matrix: Matrix<Scalar>, _ vectors: _SingularVectors, _ u: inout Matrix<Scalar>,
    _ vTransposed: inout Matrix<Scalar>, _ operation: String
) throws(LinearAlgebraError) -> Vector<Scalar> {
    try matrix.requireFinite(operation)
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    try requireWorkspace(4, min(m, n), operation)
    var values = [Scalar](repeating: 0, count: min(m, n))
    // LAPACK is faster on a tall matrix than on a wide one, by more than transposing costs. The
    // elements of a wide one are, column-major, those of its tall transpose.
    let info: Int32
    if m > n {
        var tall = matrix.transposed.materialized()
        var (left, right) = (Matrix<Scalar>.zeros(1, 1), Matrix<Scalar>.zeros(1, 1))
        if vectors != .none {
            left = Matrix(unwrittenShape: [u.columnCount, u.rowCount])
            right = Matrix(unwrittenShape: [vTransposed.columnCount, vTransposed.rowCount])
        }
        info = decompose(vectors, m, n, &tall, &values, &left, &right)
        if vectors != .none {
            u.formTransposition(of: left)
            vTransposed.formTransposition(of: right)
        }
    } else {
        var tall = matrix.copied()
        info = decompose(vectors, n, m, &tall, &values, &vTransposed, &u)
    }
    try requireConvergence(info, operation)
    let result = Vector(values)
    try result.requireRepresentable(operation)
    return result
}

/// LAPACK on the column-major elements of an (m x n) matrix.
private func decompose<Scalar>(
    _ vectors: _SingularVectors, _ m: Int, _ n: Int, _ a: inout Matrix<Scalar>,
    _ values: inout [Scalar], _ left: inout Matrix<Scalar>, _ right: inout Matrix<Scalar>
) -> Int32 {
    a.withMutablePointer { a in
        left.withMutablePointer { left in
            right.withMutablePointer { right in
                Scalar._gesdd(vectors, blasInteger(m), blasInteger(n), a, &values, left, right)
            }
        }
    }
}
