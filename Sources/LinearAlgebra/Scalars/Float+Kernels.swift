// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float {
    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_streaming_f32(count, a, b, output, streaming)
        case .subtract: credit_subtract_streaming_f32(count, a, b, output, streaming)
        case .multiply: credit_multiply_streaming_f32(count, a, b, output, streaming)
        case .divide: credit_divide_streaming_f32(count, a, b, output, streaming)
        case .power: credit_pow_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Float>,
        scalar b: Float, _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_scalar_streaming_f32(count, a, b, output, streaming)
        case .subtract: credit_subtract_scalar_streaming_f32(count, a, b, output, streaming)
        case .multiply: credit_multiply_scalar_streaming_f32(count, a, b, output, streaming)
        case .divide: credit_divide_scalar_streaming_f32(count, a, b, output, streaming)
        case .power: credit_pow_scalar_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Float,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        switch operation {
        case .add: credit_add_scalar_streaming_f32(count, b, a, output, streaming)
        case .subtract: credit_scalar_subtract_f32(count, a, b, output, streaming)
        case .multiply: credit_multiply_scalar_streaming_f32(count, b, a, output, streaming)
        case .divide: credit_scalar_divide_f32(count, a, b, output, streaming)
        case .power: credit_scalar_pow_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        switch function {
        case .exp: credit_exp_streaming_f32(count, input, output, streaming)
        case .expm1: credit_expm1_streaming_f32(count, input, output, streaming)
        case .log: credit_log_streaming_f32(count, input, output, streaming)
        case .log1p: credit_log1p_streaming_f32(count, input, output, streaming)
        case .softplus: credit_softplus_streaming_f32(count, input, output, streaming)
        case .erf: credit_erf_streaming_f32(count, input, output, streaming)
        case .relu: credit_relu_streaming_f32(count, input, output, streaming)
        case .sign: credit_sign_streaming_f32(count, input, output, streaming)
        case .tanh: credit_tanh_streaming_f32(count, input, output, streaming)
        case .sigmoid: credit_sigmoid_streaming_f32(count, input, output, streaming)
        case .squareRoot: credit_sqrt_streaming_f32(count, input, output, streaming)
        case .absolute: credit_abs_streaming_f32(count, input, output, streaming)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _accumulate(
        _ count: Int, _ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
    ) {
        credit_accumulate_f32(count, alpha, x, y)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combineScaled(
        _ count: Int, _ alpha: Float, _ x: UnsafePointer<Float>, _ beta: Float,
        _ y: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        credit_combine_scaled_f32(count, alpha, x, beta, y, output, streaming)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _transpose(
        _ rows: Int, _ columns: Int, _ input: UnsafePointer<Float>, _ inputStride: Int,
        _ output: UnsafeMutablePointer<Float>, _ outputStride: Int
    ) {
        credit_transpose_f32(rows, columns, input, inputStride, output, outputStride)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _sum(_ count: Int, _ a: UnsafePointer<Float>) -> Float {
        credit_sum_f32(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _orderedDot(
        _ count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>
    ) -> Float {
        credit_dot_f32(count, a, b)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _minimum(_ count: Int, _ a: UnsafePointer<Float>) -> Float {
        credit_minimum_f32(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _maximum(_ count: Int, _ a: UnsafePointer<Float>) -> Float {
        credit_maximum_f32(count, a)
    }

    /// See ``LinearAlgebraScalar``.
    public static func _isFinite(_ count: Int, _ a: UnsafePointer<Float>) -> Bool {
        credit_is_finite_f32(count, a)
    }
}
