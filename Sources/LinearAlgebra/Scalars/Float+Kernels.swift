// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float {
    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        switch operation {
        case .add: credit_add_f32(count, a, b, output)
        case .subtract: credit_subtract_f32(count, a, b, output)
        case .multiply: credit_multiply_f32(count, a, b, output)
        case .divide: credit_divide_f32(count, a, b, output)
        case .power: credit_pow_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Float>,
        scalar b: Float, _ output: UnsafeMutablePointer<Float>
    ) {
        switch operation {
        case .add: credit_add_scalar_f32(count, a, b, output)
        case .subtract: credit_subtract_scalar_f32(count, a, b, output)
        case .multiply: credit_multiply_scalar_f32(count, a, b, output)
        case .divide: credit_divide_scalar_f32(count, a, b, output)
        case .power: credit_pow_scalar_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Float,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        switch operation {
        case .add: credit_add_scalar_f32(count, b, a, output)
        case .subtract: credit_scalar_subtract_f32(count, a, b, output)
        case .multiply: credit_multiply_scalar_f32(count, b, a, output)
        case .divide: credit_scalar_divide_f32(count, a, b, output)
        case .power: credit_scalar_pow_f32(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        switch function {
        case .exp: credit_exp_f32(count, input, output)
        case .expm1: credit_expm1_f32(count, input, output)
        case .log: credit_log_f32(count, input, output)
        case .log1p: credit_log1p_f32(count, input, output)
        case .softplus: credit_softplus_f32(count, input, output)
        case .erf: credit_erf_f32(count, input, output)
        case .relu: credit_relu_f32(count, input, output)
        case .sign: credit_sign_f32(count, input, output)
        case .tanh: credit_tanh_f32(count, input, output)
        case .sigmoid: credit_sigmoid_f32(count, input, output)
        case .squareRoot: credit_sqrt_f32(count, input, output)
        case .absolute: credit_abs_f32(count, input, output)
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
        _ y: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        credit_combine_scaled_f32(count, alpha, x, beta, y, output)
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
