// SPDX-License-Identifier: Apache-2.0

internal import CCreditBLAS

extension Double {
    /// See ``LinearAlgebraScalar``.
    public static func _dot(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>
    ) -> Double {
        cblas_ddot(blasInteger(count), a, 1, b, 1)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32, _ b: UnsafePointer<Double>,
        _ ldb: Int32, _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
    ) {
        cblas_dgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32, _ alpha: Double, _ a: UnsafePointer<Double>,
        _ lda: Int32, _ x: UnsafePointer<Double>, _ beta: Double, _ y: UnsafeMutablePointer<Double>
    ) {
        cblas_dgemv(
            CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, alpha, a, lda, x, 1, beta,
            y, 1)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Double, _ x: UnsafePointer<Double>,
        _ y: UnsafePointer<Double>,
        _ a: UnsafeMutablePointer<Double>, _ lda: Int32
    ) {
        cblas_dger(CblasRowMajor, m, n, alpha, x, 1, y, 1, a, lda)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _syrk(
        _ transpose: Bool, _ n: Int32, _ k: Int32, _ alpha: Double, _ a: UnsafePointer<Double>,
        _ lda: Int32, _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
    ) {
        cblas_dsyrk(
            CblasRowMajor, CblasLower, transpose ? CblasTrans : CblasNoTrans, n, k, alpha, a, lda,
            beta, c, ldc)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _trmm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Double, _ t: UnsafePointer<Double>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Double>, _ ldb: Int32
    ) {
        cblas_dtrmm(
            CblasRowMajor, side == .left ? CblasLeft : CblasRight,
            triangle == .lower ? CblasLower : CblasUpper, transpose ? CblasTrans : CblasNoTrans,
            unitDiagonal ? CblasUnit : CblasNonUnit, m, n, alpha, t, ldt, b, ldb)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _trsm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Double, _ t: UnsafePointer<Double>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Double>, _ ldb: Int32
    ) {
        cblas_dtrsm(
            CblasRowMajor, side == .left ? CblasLeft : CblasRight,
            triangle == .lower ? CblasLower : CblasUpper, transpose ? CblasTrans : CblasNoTrans,
            unitDiagonal ? CblasUnit : CblasNonUnit, m, n, alpha, t, ldt, b, ldb)
    }
}
