// SPDX-License-Identifier: Apache-2.0

public import RealModule

/// A type that tensors can hold: `Float` or `Double`, and no other.
///
/// Generic code reaches the BLAS, LAPACK and the vector kernels through the underscored static
/// requirements, which are not part of the stable interface: do not call them and do not conform
/// other types. Streaming, they write past the caches, and the output is none of the inputs.
public protocol LinearAlgebraScalar: Real, BinaryFloatingPoint, Codable, _LAPACKScalar,
    _ReductionScalar
{
    /// `output[i] = a[i] operation b[i]`; `output` may be `a` or `b`.
    static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Self>,
        _ b: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>, streaming: Bool)

    /// `output[i] = a[i] operation b`; `output` may be `a`.
    static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Self>,
        scalar b: Self, _ output: UnsafeMutablePointer<Self>, streaming: Bool)

    /// `output[i] = a operation b[i]`; `output` may be `b`.
    static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Self,
        _ b: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>, streaming: Bool)

    /// `output[i] = function(input[i])`; `output` may be `input`.
    static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>, streaming: Bool)

    /// `y[i] += alpha x[i]`, rounded twice per element on every processor.
    static func _accumulate(
        _ count: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>)

    /// `output[i] = alpha x[i] + beta y[i]`, rounded thrice per element on every processor; `output`
    /// may be `x` or `y`.
    static func _combineScaled(
        _ count: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ beta: Self,
        _ y: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>, streaming: Bool)

    /// The transpose of a row-major matrix of (rows x columns); rows lie as far apart as the strides
    /// say, and the output overlaps nothing.
    static func _transpose(
        _ rows: Int, _ columns: Int, _ input: UnsafePointer<Self>, _ inputStride: Int,
        _ output: UnsafeMutablePointer<Self>, _ outputStride: Int)

    /// Sum in the library's fixed order.
    static func _sum(_ count: Int, _ a: UnsafePointer<Self>) -> Self

    /// Dot product in the library's fixed order.
    static func _orderedDot(
        _ count: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>
    ) -> Self

    /// Smallest element, or NaN when there is one; `count` is at least 1.
    static func _minimum(_ count: Int, _ a: UnsafePointer<Self>) -> Self

    /// Largest element, or NaN when there is one; `count` is at least 1.
    static func _maximum(_ count: Int, _ a: UnsafePointer<Self>) -> Self

    /// Whether no element is NaN or infinite.
    static func _isFinite(_ count: Int, _ a: UnsafePointer<Self>) -> Bool

    /// Dot product by BLAS.
    static func _dot(_ count: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>) -> Self

    /// Row-major `C = alpha op(A) op(B) + beta C` with `op(A)` (m x k), `op(B)` (k x n).
    static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ alpha: Self,
        _ a: UnsafePointer<Self>, _ lda: Int32, _ b: UnsafePointer<Self>, _ ldb: Int32,
        _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32)

    /// Row-major `y = alpha op(A) x + beta y` with A (m x n).
    static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int32, _ x: UnsafePointer<Self>, _ beta: Self, _ y: UnsafeMutablePointer<Self>)

    /// Row-major `A += alpha x yᵀ` with A (m x n).
    static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
        _ a: UnsafeMutablePointer<Self>, _ lda: Int32)

    /// Row-major lower triangle of `C = alpha op(A) op(A)ᵀ + beta C` with `op(A)` (n x k).
    static func _syrk(
        _ transpose: Bool, _ n: Int32, _ k: Int32, _ alpha: Self, _ a: UnsafePointer<Self>,
        _ lda: Int32, _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32)

    /// Row-major `B = alpha op(T) B` or `B = alpha B op(T)` with triangular T and B (m x n).
    static func _trmm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Self, _ t: UnsafePointer<Self>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Self>, _ ldb: Int32)

    /// Row-major `B = alpha op(T)⁻¹ B` or `B = alpha B op(T)⁻¹` with triangular T and B (m x n).
    static func _trsm(
        _ side: TriangularMatrixSide, _ triangle: _Triangle, _ transpose: Bool,
        unitDiagonal: Bool, _ m: Int32, _ n: Int32, _ alpha: Self, _ t: UnsafePointer<Self>,
        _ ldt: Int32, _ b: UnsafeMutablePointer<Self>, _ ldb: Int32)

    /// Cholesky factorisation of the row-major lower triangle in place; returns LAPACK's info.
    static func _potrf(_ n: Int32, _ a: UnsafeMutablePointer<Self>) -> Int32

    /// Inverse from the Cholesky factor, row-major lower triangle, in place.
    static func _potri(_ n: Int32, _ a: UnsafeMutablePointer<Self>) -> Int32

    /// LU factorisation of the transpose of a row-major matrix, in place.
    static func _getrf(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ pivots: UnsafeMutablePointer<Int32>
    ) -> Int32

    /// Inverse from the factorisation of ``_getrf``, in place.
    static func _getri(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ pivots: UnsafePointer<Int32>,
        _ work: UnsafeMutablePointer<Self>, _ workCount: Int32
    ) -> Int32
}

// Outputs that the caches may keep.
extension LinearAlgebraScalar {
    package static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Self>,
        _ b: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>
    ) {
        _combine(operation, count, a, b, output, streaming: false)
    }

    package static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Self>,
        scalar b: Self, _ output: UnsafeMutablePointer<Self>
    ) {
        _combine(operation, count, a, scalar: b, output, streaming: false)
    }

    package static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Self,
        _ b: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>
    ) {
        _combine(operation, count, scalar: a, b, output, streaming: false)
    }

    package static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>
    ) {
        _evaluate(function, count, input, output, streaming: false)
    }

    package static func _combineScaled(
        _ count: Int, _ alpha: Self, _ x: UnsafePointer<Self>, _ beta: Self,
        _ y: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>
    ) {
        _combineScaled(count, alpha, x, beta, y, output, streaming: false)
    }
}

extension Float: LinearAlgebraScalar {}
extension Double: LinearAlgebraScalar {}

/// An arithmetic operation on elements; not part of the stable interface.
public enum _ElementwiseOperation: Sendable {
    case add
    case subtract
    case multiply
    case divide
    case power
}

/// A function of one element; not part of the stable interface.
public enum _ElementwiseFunction: Sendable {
    case exp
    case expm1
    case log
    case log1p
    case softplus
    case erf
    case relu
    case sign
    case tanh
    case sigmoid
    case squareRoot
    case absolute
}

/// The half of a triangular matrix that is stored; not part of the stable interface.
public enum _Triangle: Sendable {
    case lower
    case upper
}
