// SPDX-License-Identifier: Apache-2.0

/// The LAPACK routines of an element type; not part of the stable interface.
///
/// All matrices are column-major without padding, so a row-major matrix is its transpose. Every
/// routine returns LAPACK's info. Workspace is asked for and allocated inside.
public protocol _LAPACKScalar: Sendable {
    /// Reciprocal condition of A in the infinity norm, from the factors of `_getrf`.
    static func _gecon(_ n: Int32, _ a: UnsafePointer<Self>, _ norm: Self) -> (Int32, Self)

    /// Reciprocal condition of A in the 1-norm, from the upper factor of `_potrf`.
    static func _pocon(_ n: Int32, _ a: UnsafePointer<Self>, _ norm: Self) -> (Int32, Self)

    /// Reciprocal condition of A in the 1-norm, from the factors of `_sytrf`.
    static func _sycon(
        _ n: Int32, _ a: UnsafePointer<Self>, _ pivots: UnsafePointer<Int32>, _ norm: Self
    ) -> (Int32, Self)

    /// Bunch-Kaufman factorisation of the lower triangle in place.
    static func _sytrf(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ pivots: UnsafeMutablePointer<Int32>
    ) -> Int32

    /// Solves with the factors of `_sytrf`, in place in B (n x columns).
    static func _sytrs(
        _ n: Int32, _ columns: Int32, _ a: UnsafePointer<Self>, _ pivots: UnsafePointer<Int32>,
        _ b: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Inverse from the factors of `_sytrf`, lower triangle, in place.
    static func _sytri(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ pivots: UnsafePointer<Int32>
    ) -> Int32

    /// Householder QR of A (m x n) in place.
    static func _geqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>,
        _ scales: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Householder QR of A (m x n) with column pivoting, in place; `order` starts at zero.
    static func _geqp3(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>,
        _ order: UnsafeMutablePointer<Int32>, _ scales: UnsafeMutablePointer<Self>
    ) -> Int32

    /// The first `n` columns of Q (m x n) of `k` reflectors, in place.
    static func _orgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Self>,
        _ scales: UnsafePointer<Self>
    ) -> Int32

    /// `C = Q C` or `C = Qᵀ C` with C (m x columns) and `k` reflectors.
    static func _ormqr(
        _ transpose: Bool, _ m: Int32, _ columns: Int32, _ k: Int32, _ a: UnsafePointer<Self>,
        _ scales: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Least squares of least norm by divide and conquer; A (m x n), B (max(m, n) x columns).
    static func _gelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Self>,
        _ b: UnsafeMutablePointer<Self>, _ singularValues: UnsafeMutablePointer<Self>,
        _ tolerance: Self, _ rank: inout Int32
    ) -> Int32

    /// Singular values and, by `vectors`, thin or full singular vectors of A (m x n).
    static func _gesdd(
        _ vectors: _SingularVectors, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>,
        _ singularValues: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>,
        _ vTransposed: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Ascending eigenvalues, and vectors in place, of the symmetric upper triangle.
    static func _syevd(
        _ vectors: Bool, _ n: Int32, _ a: UnsafeMutablePointer<Self>,
        _ values: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Ascending eigenvalues, and vectors in place of A, of `A x = λ B x`, upper triangles.
    static func _sygvd(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ b: UnsafeMutablePointer<Self>,
        _ values: UnsafeMutablePointer<Self>
    ) -> Int32

    /// Eigenvalues and, where there is room for them, left and right eigenvectors in columns of a
    /// general matrix, which is destroyed.
    static func _geev(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ real: UnsafeMutablePointer<Self>,
        _ imaginary: UnsafeMutablePointer<Self>, _ left: UnsafeMutablePointer<Self>?,
        _ right: UnsafeMutablePointer<Self>?
    ) -> Int32
}

/// Which singular vectors are computed; not part of the stable interface.
public enum _SingularVectors: Sendable {
    case none
    case thin
    case full
}

/// Asks `routine` for its workspace sizes (count -1), then runs it with that much.
///
/// Sizes come back as elements, which round down in `Float`, hence the next number up.
func withWorkspace<Scalar: BinaryFloatingPoint>(
    _ routine: (
        _ work: UnsafeMutablePointer<Scalar>, _ workCount: Int32,
        _ integers: UnsafeMutablePointer<Int32>, _ integerCount: Int32
    ) -> Int32
) -> Int32 {
    var size = Scalar.zero
    var integerSize: Int32 = 1
    let info = routine(&size, -1, &integerSize, -1)
    guard info == 0 else { return info }
    let workCount = Swift.min(Swift.max(1, Int(size.nextUp)), Int(Int32.max))
    var work = [Scalar](repeating: 0, count: workCount)
    var integers = [Int32](repeating: 0, count: Int(Swift.max(1, integerSize)))
    return routine(&work, Int32(workCount), &integers, Int32(integers.count))
}
