// SPDX-License-Identifier: Apache-2.0

internal import CCreditLAPACKE

// The `_work` entry points skip LAPACKE's own NaN scan: callers have checked their input.
extension Float {
    /// See ``LinearAlgebraScalar``.
    public static func _potrf(_ n: Int32, _ a: UnsafeMutablePointer<Float>) -> Int32 {
        // The row-major lower triangle is the column-major upper one.
        LAPACKE_spotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, a, n)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _potri(_ n: Int32, _ a: UnsafeMutablePointer<Float>) -> Int32 {
        LAPACKE_spotri_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, a, n)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _getrf(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ pivots: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        LAPACKE_sgetrf_work(LAPACK_COL_MAJOR, n, n, a, n, pivots)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _getri(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ pivots: UnsafePointer<Int32>,
        _ work: UnsafeMutablePointer<Float>, _ workCount: Int32
    ) -> Int32 {
        LAPACKE_sgetri_work(LAPACK_COL_MAJOR, n, a, n, pivots, work, workCount)
    }
}
