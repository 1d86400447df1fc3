// SPDX-License-Identifier: Apache-2.0

/// The kernels of ``LinearAlgebraScalar`` beyond arithmetic; not part of the stable interface.
public protocol _ReductionScalar: Sendable {
    /// `output[i] += a[i] b[i]`, rounded once.
    static func _addProduct(
        _ count: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>)

    /// `output[i]` is `input[i]` moved into `low...high`; `output` may be `input`.
    static func _clip(
        _ count: Int, _ low: Self, _ high: Self, _ input: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>,
        streaming: Bool)

    /// One number of `count` elements; extremes need at least one element.
    static func _reduce(
        _ reduction: _Reduction, _ count: Int, _ a: UnsafePointer<Self>
    ) -> Self

    /// The sum of `(a[i] - center)²` in the library's fixed order.
    static func _squaredDeviations(
        _ count: Int, _ a: UnsafePointer<Self>, _ center: Self
    ) -> Self

    /// The sum of `(a[i] / scale)²` in the library's fixed order.
    static func _squaredRatios(_ count: Int, _ a: UnsafePointer<Self>, _ scale: Self) -> Self

    /// The first position of the smallest element or NaN; `count` is at least 1.
    static func _positionOfMinimum(_ count: Int, _ a: UnsafePointer<Self>) -> Int

    /// The first position of the largest element or NaN; `count` is at least 1.
    static func _positionOfMaximum(_ count: Int, _ a: UnsafePointer<Self>) -> Int

    /// One number of each column of a row-major matrix whose rows are `stride` apart.
    ///
    /// Extremes need at least one row; sums take at most ``_rowsOfColumnSums`` rows.
    static func _reduceColumns(
        _ reduction: _ColumnReduction, _ rows: Int, _ columns: Int, _ stride: Int,
        _ a: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>)

    /// The sum of `(a[i, j] - centers[j])²` of each column of at most ``_rowsOfColumnSums`` rows.
    static func _squaredDeviationsOfColumns(
        _ rows: Int, _ columns: Int, _ stride: Int, _ a: UnsafePointer<Self>,
        _ centers: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>)

    /// A function of each row of a row-major matrix; `output` may be `input`.
    static func _evaluateRows(
        _ function: _RowFunction, _ rows: Int, _ columns: Int, _ input: UnsafePointer<Self>,
        _ output: UnsafeMutablePointer<Self>)
}

extension _ReductionScalar {
    /// The elements of a block in the library's order of sums; not part of the stable interface.
    static var _rowsOfColumnSums: Int { 1024 }
}

extension Float: _ReductionScalar {}
extension Double: _ReductionScalar {}

/// What makes one number of many; not part of the stable interface.
public enum _Reduction: Sendable {
    case sumOfMagnitudes
    case maximumMagnitude
    case logSumExp
}

/// What makes one number of each column; not part of the stable interface.
public enum _ColumnReduction: Sendable {
    case sum
    case sumOfMagnitudes
    case minimum
    case maximum
    case maximumMagnitude
}

/// What makes as many numbers of each row; not part of the stable interface.
public enum _RowFunction: Sendable {
    case softmax
    case logSoftmax
    case cumulativeSum
}
