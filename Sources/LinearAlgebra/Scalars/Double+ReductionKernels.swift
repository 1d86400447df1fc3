// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

extension Double {
    /// See ``_ReductionScalar``.
    public static func _addProduct(
        _ count: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        credit_add_product_f64(count, a, b, output)
    }

    /// See ``_ReductionScalar``.
    public static func _clip(
        _ count: Int, _ low: Double, _ high: Double, _ input: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>, streaming: Bool
    ) {
        credit_clip_f64(count, low, high, input, output, streaming)
    }

    /// See ``_ReductionScalar``.
    public static func _reduce(
        _ reduction: _Reduction, _ count: Int, _ a: UnsafePointer<Double>
    ) -> Double {
        switch reduction {
        case .sumOfMagnitudes: credit_sum_of_magnitudes_f64(count, a)
        case .maximumMagnitude: credit_maximum_magnitude_f64(count, a)
        case .logSumExp: credit_log_sum_exp_f64(count, a)
        }
    }

    /// See ``_ReductionScalar``.
    public static func _squaredDeviations(
        _ count: Int, _ a: UnsafePointer<Double>, _ center: Double
    ) -> Double {
        credit_squared_deviations_f64(count, a, center)
    }

    /// See ``_ReductionScalar``.
    public static func _squaredRatios(
        _ count: Int, _ a: UnsafePointer<Double>, _ scale: Double
    ) -> Double {
        credit_squared_ratios_f64(count, a, scale)
    }

    /// See ``_ReductionScalar``.
    public static func _positionOfMinimum(_ count: Int, _ a: UnsafePointer<Double>) -> Int {
        credit_position_of_minimum_f64(count, a)
    }

    /// See ``_ReductionScalar``.
    public static func _positionOfMaximum(_ count: Int, _ a: UnsafePointer<Double>) -> Int {
        credit_position_of_maximum_f64(count, a)
    }

    /// See ``_ReductionScalar``.
    public static func _reduceColumns(
        _ reduction: _ColumnReduction, _ rows: Int, _ columns: Int, _ stride: Int,
        _ a: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        switch reduction {
        case .sum: credit_sum_columns_f64(rows, columns, stride, a, output)
        case .sumOfMagnitudes:
            credit_sum_of_magnitudes_columns_f64(rows, columns, stride, a, output)
        case .minimum: credit_minimum_columns_f64(rows, columns, stride, a, output)
        case .maximum: credit_maximum_columns_f64(rows, columns, stride, a, output)
        case .maximumMagnitude:
            credit_maximum_magnitude_columns_f64(rows, columns, stride, a, output)
        }
    }

    /// See ``_ReductionScalar``.
    public static func _squaredDeviationsOfColumns(
        _ rows: Int, _ columns: Int, _ stride: Int, _ a: UnsafePointer<Double>,
        _ centers: UnsafePointer<Double>, _ output: UnsafeMutablePointer<Double>
    ) {
        credit_squared_deviations_columns_f64(rows, columns, stride, a, centers, output)
    }

    /// See ``_ReductionScalar``.
    public static func _evaluateRows(
        _ function: _RowFunction, _ rows: Int, _ columns: Int, _ input: UnsafePointer<Double>,
        _ output: UnsafeMutablePointer<Double>
    ) {
        switch function {
        case .softmax: credit_softmax_f64(rows, columns, input, output)
        case .logSoftmax: credit_log_softmax_f64(rows, columns, input, output)
        case .cumulativeSum: credit_cumulative_sum_f64(rows, columns, input, output)
        }
    }
}
