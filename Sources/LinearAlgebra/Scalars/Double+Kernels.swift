// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double {
    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        switch operation {
        case .add: credit_add_f64(count, a, b, output)
        case .subtract: credit_subtract_f64(count, a, b, output)
        case .multiply: credit_multiply_f64(count, a, b, output)
        case .divide: credit_divide_f64(count, a, b, output)
        case .power: credit_pow_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, _ a: UnsafePointer<Double>,
        scalar b: Double, _ output: UnsafeMutablePointer<Double>
    ) {
        switch operation {
        case .add: credit_add_scalar_f64(count, a, b, output)
        case .subtract: credit_subtract_scalar_f64(count, a, b, output)
        case .multiply: credit_multiply_scalar_f64(count, a, b, output)
        case .divide: credit_divide_scalar_f64(count, a, b, output)
        case .power: credit_pow_scalar_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _combine(
        _ operation: _ElementwiseOperation, _ count: Int, scalar a: Double,
        _ b: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        switch operation {
        case .add: credit_add_scalar_f64(count, b, a, output)
        case .subtract: credit_scalar_subtract_f64(count, a, b, output)
        case .multiply: credit_multiply_scalar_f64(count, b, a, output)
        case .divide: credit_scalar_divide_f64(count, a, b, output)
        case .power: credit_scalar_pow_f64(count, a, b, output)
        }
    }

    /// See ``LinearAlgebraScalar``.
    public static func _evaluate(
        _ function: _ElementwiseFunction, _ count: Int, _ input: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        switch function {
        case .exp: credit_exp_f64(count, input, output)
        case .expm1: credit_expm1_f64(count, input, output)
        case .log: credit_log_f64(count, input, output)
        case .log1p: credit_log1p_f64(count, input, output)
        case .softplus: credit_softplus_f64(count, input, output)
        case .erf: credit_erf_f64(count, input, output)
        case .relu: credit_relu_f64(count, input, output)
        case .sign: credit_sign_f64(count, input, output)
        case .tanh: credit_tanh_f64(count, input, output)
        case .sigmoid: credit_sigmoid_f64(count, input, output)
        case .squareRoot: credit_sqrt_f64(count, input, output)
        case .absolute: credit_abs_f64(count, input, output)
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
        _ y: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        credit_combine_scaled_f64(count, alpha, x, beta, y, output)
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
