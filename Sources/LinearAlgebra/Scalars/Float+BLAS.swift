// SPDX-License-Identifier: Apache-2.0

internal import CCreditBLAS

extension Float {
    /// See ``LinearAlgebraScalar``.
    public static func _dot(
        _ count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>
    ) -> Float {
        cblas_sdot(blasInteger(count), a, 1, b, 1)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32, _ b: UnsafePointer<Float>,
        _ ldb: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32, _ alpha: Float, _ a: UnsafePointer<Float>,
        _ lda: Int32, _ x: UnsafePointer<Float>, _ beta: Float, _ y: UnsafeMutablePointer<Float>
    ) {
        cblas_sgemv(
            CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, alpha, a, lda, x, 1, beta,
            y, 1)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Float, _ x: UnsafePointer<Float>,
        _ y: UnsafePointer<Float>,
        _ a: UnsafeMutablePointer<Float>, _ lda: Int32
    ) {
        cblas_sger(CblasRowMajor, m, n, alpha, x, 1, y, 1, a, lda)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _syrk(
        _ transpose: Bool, _ n: Int32, _ k: Int32, _ alpha: Float, _ a: UnsafePointer<Float>,
        _ lda: Int32, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
    ) {
        cblas_ssyrk(
            CblasRowMajor, CblasLower, transpose ? CblasTrans : CblasNoTrans, n, k, alpha, a, lda,
            beta, c, ldc)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _trmm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Float, _ t: UnsafePointer<Float>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Float>, _ ldb: Int32
    ) {
        cblas_strmm(
            CblasRowMajor, side == .left ? CblasLeft : CblasRight,
            triangle == .lower ? CblasLower : CblasUpper, transpose ? CblasTrans : CblasNoTrans,
            unitDiagonal ? CblasUnit : CblasNonUnit, m, n, alpha, t, ldt, b, ldb)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _trsm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Float, _ t: UnsafePointer<Float>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Float>, _ ldb: Int32
    ) {
        cblas_strsm(
            CblasRowMajor, side == .left ? CblasLeft : CblasRight,
            triangle == .lower ? CblasLower : CblasUpper, transpose ? CblasTrans : CblasNoTrans,
            unitDiagonal ? CblasUnit : CblasNonUnit, m, n, alpha, t, ldt, b, ldb)
    }
}
