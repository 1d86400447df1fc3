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

// The column-major routines of `_LAPACKScalar`.
extension Float {
    /// See ``_LAPACKScalar``.
    public static func _gecon(
        _ n: Int32, _ a: UnsafePointer<Float>, _ norm: Float
    ) -> (Int32, Float) {
        var reciprocal: Float = 0
        var work = [Float](repeating: 0, count: 4 * Int(n))
        var integers = [Int32](repeating: 0, count: Int(n))
        let info = LAPACKE_sgecon_work(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "I")), n, a, n, norm, &reciprocal, &work,
            &integers)
        return (info, reciprocal)
    }

    /// See ``_LAPACKScalar``.
    public static func _pocon(
        _ n: Int32, _ a: UnsafePointer<Float>, _ norm: Float
    ) -> (Int32, Float) {
        var reciprocal: Float = 0
        var work = [Float](repeating: 0, count: 3 * Int(n))
        var integers = [Int32](repeating: 0, count: Int(n))
        let info = LAPACKE_spocon_work(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), n, a, n, norm, &reciprocal, &work,
            &integers)
        return (info, reciprocal)
    }

    /// See ``_LAPACKScalar``.
    public static func _sycon(
        _ n: Int32, _ a: UnsafePointer<Float>, _ pivots: UnsafePointer<Int32>, _ norm: Float
    ) -> (Int32, Float) {
        var reciprocal: Float = 0
        var work = [Float](repeating: 0, count: 2 * Int(n))
        var integers = [Int32](repeating: 0, count: Int(n))
        let info = LAPACKE_ssycon_work(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, a, n, pivots, norm, &reciprocal, &work,
            &integers)
        return (info, reciprocal)
    }

    /// See ``_LAPACKScalar``.
    public static func _sytrf(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ pivots: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        withWorkspace { work, count, _, _ in
            LAPACKE_ssytrf_work(
                LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, a, n, pivots, work, count)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _sytrs(
        _ n: Int32, _ columns: Int32, _ a: UnsafePointer<Float>, _ pivots: UnsafePointer<Int32>,
        _ b: UnsafeMutablePointer<Float>
    ) -> Int32 {
        LAPACKE_ssytrs_work(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, columns, a, n, pivots, b, n)
    }

    /// See ``_LAPACKScalar``.
    public static func _sytri(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ pivots: UnsafePointer<Int32>
    ) -> Int32 {
        var work = [Float](repeating: 0, count: Int(n))
        return LAPACKE_ssytri_work(
            LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, a, n, pivots, &work)
    }

    /// See ``_LAPACKScalar``.
    public static func _geqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>,
        _ scales: UnsafeMutablePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, _, _ in
            LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, m, n, a, m, scales, work, count)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _geqp3(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>,
        _ order: UnsafeMutablePointer<Int32>, _ scales: UnsafeMutablePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, _, _ in
            LAPACKE_sgeqp3_work(LAPACK_COL_MAJOR, m, n, a, m, order, scales, work, count)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _orgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Float>,
        _ scales: UnsafePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, _, _ in
            LAPACKE_sorgqr_work(LAPACK_COL_MAJOR, m, n, k, a, m, scales, work, count)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _ormqr(
        _ transpose: Bool, _ m: Int32, _ columns: Int32, _ k: Int32, _ a: UnsafePointer<Float>,
        _ scales: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, _, _ in
            LAPACKE_sormqr_work(
                LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")),
                CChar(transpose ? UInt8(ascii: "T") : UInt8(ascii: "N")), m, columns, k, a, m,
                scales, c, m,
                work, count)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _gelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>, _ singularValues: UnsafeMutablePointer<Float>,
        _ tolerance: Float, _ rank: inout Int32
    ) -> Int32 {
        withWorkspace { work, count, integers, _ in
            LAPACKE_sgelsd_work(
                LAPACK_COL_MAJOR, m, n, columns, a, m, b, Swift.max(m, n), singularValues,
                tolerance, &rank, work, count, integers)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _gesdd(
        _ vectors: _SingularVectors, _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>,
        _ singularValues: UnsafeMutablePointer<Float>, _ u: UnsafeMutablePointer<Float>,
        _ vTransposed: UnsafeMutablePointer<Float>
    ) -> Int32 {
        let smaller = Swift.min(m, n)
        var integers = [Int32](repeating: 0, count: 8 * Int(smaller))
        let job =
            switch vectors {
            case .none: UInt8(ascii: "N")
            case .thin: UInt8(ascii: "S")
            case .full: UInt8(ascii: "A")
            }
        return withWorkspace { work, count, _, _ in
            LAPACKE_sgesdd_work(
                LAPACK_COL_MAJOR, CChar(job), m, n, a, m, singularValues, u, m, vTransposed,
                vectors == .full ? n : smaller, work, count, &integers)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _syevd(
        _ vectors: Bool, _ n: Int32, _ a: UnsafeMutablePointer<Float>,
        _ values: UnsafeMutablePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, integers, integerCount in
            LAPACKE_ssyevd_work(
                LAPACK_COL_MAJOR, CChar(vectors ? UInt8(ascii: "V") : UInt8(ascii: "N")),
                CChar(UInt8(ascii: "U")), n, a, n, values, work, count, integers, integerCount)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _sygvd(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>,
        _ values: UnsafeMutablePointer<Float>
    ) -> Int32 {
        withWorkspace { work, count, integers, integerCount in
            LAPACKE_ssygvd_work(
                LAPACK_COL_MAJOR, 1, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), n, a, n,
                b, n, values, work, count, integers, integerCount)
        }
    }

    /// See ``_LAPACKScalar``.
    public static func _geev(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ real: UnsafeMutablePointer<Float>,
        _ imaginary: UnsafeMutablePointer<Float>, _ left: UnsafeMutablePointer<Float>?,
        _ right: UnsafeMutablePointer<Float>?
    ) -> Int32 {
        let jobs = [left, right].map { CChar($0 == nil ? UInt8(ascii: "N") : UInt8(ascii: "V")) }
        return withWorkspace { work, count, _, _ in
            LAPACKE_sgeev_work(
                LAPACK_COL_MAJOR, jobs[0], jobs[1], n, a, n, real, imaginary, left, n, right, n,
                work, count)
        }
    }
}
