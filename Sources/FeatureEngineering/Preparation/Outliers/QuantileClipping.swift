// SPDX-License-Identifier: Apache-2.0

/// Moves numbers outside two quantiles of the training rows to the nearer quantile (winsorising).
///
/// The quantile of order q of n sorted values lies at position `q (n - 1)`, counted from 0, with
/// linear interpolation between neighbours (type 7 of R. J. Hyndman and Y. Fan, Sample Quantiles in
/// Statistical Packages, 1996, doi:10.1080/00031305.1996.10473566). Missing values are left out and
/// stay missing.
public struct QuantileClipping: Sendable, Hashable, Codable {
    /// The order of the lower quantile, from 0 to 1.
    public var lower: Double
    /// The order of the upper quantile, above `lower` and at most 1.
    public var upper: Double
    /// The columns to clip; `nil` for all numeric ones.
    public var columns: [String]?
}

extension QuantileClipping: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard lower >= 0, lower < upper, upper <= 1 else {
            throw FeatureError(
                .invalidParameter, "quantiles \(lower) and \(upper) are not ascending in 0...1")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedQuantileClipping {
        var fitted = FittedQuantileClipping(limits: [])
        for index in try table.numericIndices(columns) {
            let values = table.column(index).filter { !$0.isNaN }.sorted()
            try table.columns[index].requireValues(values)
            fitted.limits.append(
                .init(
                    column: index, lower: Statistics.quantile(lower, ofSorted: values),
                    upper: Statistics.quantile(upper, ofSorted: values)))
        }
        return fitted
    }
}

/// Values learnt by a ``QuantileClipping``.
package struct FittedQuantileClipping: Hashable, Sendable {
    package struct Limits: Hashable, Sendable {
        let column: Int
        let lower: Double
        let upper: Double
    }

    /// By ascending column.
    var limits: [Limits]
}

extension FittedQuantileClipping: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(limits.map(\.column), below: inputs.count)
        for limit in limits {
            guard inputs[limit.column].kind == .numeric, limit.lower.isFinite, limit.upper.isFinite,
                limit.lower <= limit.upper
            else { throw FeatureError(.invalidParameter, "a column cannot be clipped so") }
        }
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for limit in limits {
            let value = row[limit.column]
            if value < limit.lower { output[limit.column] = limit.lower }
            if value > limit.upper { output[limit.column] = limit.upper }
        }
    }
}
