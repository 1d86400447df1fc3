// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Float {
    /// See ``_ReductionScalar``.
    public static func _addProduct(
        _ count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        credit_add_product_f32(count, a, b, output)
    }

    /// See ``_ReductionScalar``.
    public static func _clip(
        _ count: Int, _ low: Float, _ high: Float, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>, streaming: Bool
    ) {
        credit_clip_f32(count, low, high, input, output, streaming)
    }

    /// See ``_ReductionScalar``.
    public static func _reduce(
        _ reduction: _Reduction, _ count: Int, _ a: UnsafePointer<Float>
    ) -> Float {
        switch reduction {
        case .sumOfMagnitudes: credit_sum_of_magnitudes_f32(count, a)
        case .maximumMagnitude: credit_maximum_magnitude_f32(count, a)
        case .logSumExp: credit_log_sum_exp_f32(count, a)
        }
    }

    /// See ``_ReductionScalar``.
    public static func _squaredDeviations(
        _ count: Int, _ a: UnsafePointer<Float>, _ center: Float
    ) -> Float {
        credit_squared_deviations_f32(count, a, center)
    }

    /// See ``_ReductionScalar``.
    public static func _squaredRatios(
        _ count: Int, _ a: UnsafePointer<Float>, _ scale: Float
    ) -> Float {
        credit_squared_ratios_f32(count, a, scale)
    }

    /// See ``_ReductionScalar``.
    public static func _positionOfMinimum(_ count: Int, _ a: UnsafePointer<Float>) -> Int {
        credit_position_of_minimum_f32(count, a)
    }

    /// See ``_ReductionScalar``.
    public static func _positionOfMaximum(_ count: Int, _ a: UnsafePointer<Float>) -> Int {
        credit_position_of_maximum_f32(count, a)
    }

    /// See ``_ReductionScalar``.
    public static func _reduceColumns(
        _ reduction: _ColumnReduction, _ rows: Int, _ columns: Int, _ stride: Int,
        _ a: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        switch reduction {
        case .sum: credit_sum_columns_f32(rows, columns, stride, a, output)
        case .sumOfMagnitudes:
            credit_sum_of_magnitudes_columns_f32(rows, columns, stride, a, output)
        case .minimum: credit_minimum_columns_f32(rows, columns, stride, a, output)
        case .maximum: credit_maximum_columns_f32(rows, columns, stride, a, output)
        case .maximumMagnitude:
            credit_maximum_magnitude_columns_f32(rows, columns, stride, a, output)
        }
    }

    /// See ``_ReductionScalar``.
    public static func _squaredDeviationsOfColumns(
        _ rows: Int, _ columns: Int, _ stride: Int, _ a: UnsafePointer<Float>,
        _ centers: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        credit_squared_deviations_columns_f32(rows, columns, stride, a, centers, output)
    }

    /// See ``_ReductionScalar``.
    public static func _evaluateRows(
        _ function: _RowFunction, _ rows: Int, _ columns: Int, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        switch function {
        case .softmax: credit_softmax_f32(rows, columns, input, output)
        case .logSoftmax: credit_log_softmax_f32(rows, columns, input, output)
        case .cumulativeSum: credit_cumulative_sum_f32(rows, columns, input, output)
        }
    }
}
