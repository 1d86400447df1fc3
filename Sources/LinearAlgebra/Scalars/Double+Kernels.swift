// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double {
    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_streaming_f64(count, a, b, output, streaming)
        case .subtract: credit_subtract_streaming_f64(count, a, b, output, streaming)
        case .multiply: credit_multiply_streaming_f64(count, a, b, output, streaming)
        case .divide: credit_divide_streaming_f64(count, a, b, output, streaming)
        case .power: credit_pow_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Double>,
        scalar b: Double, _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_scalar_streaming_f64(count, a, b, output, streaming)
        case .subtract: credit_subtract_scalar_streaming_f64(count, a, b, output, streaming)
        case .multiply: credit_multiply_scalar_streaming_f64(count, a, b, output, streaming)
        case .divide: credit_divide_scalar_streaming_f64(count, a, b, output, streaming)
        case .power: credit_pow_scalar_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Double,
        _ b: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_scalar_streaming_f64(count, b, a, output, streaming)
        case .subtract: credit_scalar_subtract_f64(count, a, b, output, streaming)
        case .multiply: credit_multiply_scalar_streaming_f64(count, b, a, output, streaming)
        case .divide: credit_scalar_divide_f64(count, a, b, output, streaming)
        case .power: credit_scalar_pow_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        switch function {
        case .exp: credit_exp_streaming_f64(count, input, output, streaming)
        case .expm1: credit_expm1_streaming_f64(count, input, output, streaming)
        case .log: credit_log_streaming_f64(count, input, output, streaming)
        case .log1p: credit_log1p_streaming_f64(count, input, output, streaming)
        case .softplus: credit_softplus_streaming_f64(count, input, output, streaming)
        case .erf: credit_erf_streaming_f64(count, input, output, streaming)
        case .relu: credit_relu_streaming_f64(count, input, output, streaming)
        case .sign: credit_sign_streaming_f64(count, input, output, streaming)
        case .tanh: credit_tanh_streaming_f64(count, input, output, streaming)
        case .sigmoid: credit_sigmoid_streaming_f64(count, input, output, streaming)
        case .squareRoot: credit_sqrt_streaming_f64(count, input, output, streaming)
        case .absolute: credit_abs_streaming_f64(count, input, output, streaming)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _accumulate(
        _ count: Int, _ alpha: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
    ) {
        credit_accumulate_f64(count, alpha, x, y)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combineScaled(
        _ count: Int, _ alpha: Double, _ x: UnsafePointer<Double>, _ beta: Double,
        _ y: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        credit_combine_scaled_f64(count, alpha, x, beta, y, output, streaming)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _transpose(
        _ rows: Int, _ columns: Int, _ input: UnsafePointer<Double>, _ inputStride: Int,
        _ output: UnsafeMutablePointer<Double>, _ outputStride: Int
    ) {
        credit_transpose_f64(rows, columns, input, inputStride, output, outputStride)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _sum(_ count: Int, _ a: UnsafePointer<Double>) -> Double {
        credit_sum_f64(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _orderedDot(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>
    ) -> Double {
        credit_dot_f64(count, a, b)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _minimum(_ count: Int, _ a: UnsafePointer<Double>) -> Double {
        credit_minimum_f64(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _maximum(_ count: Int, _ a: UnsafePointer<Double>) -> Double {
        credit_maximum_f64(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _isFinite(_ count: Int, _ a: UnsafePointer<Double>) -> Bool {
        credit_is_finite_f64(count, a)
    }
}
