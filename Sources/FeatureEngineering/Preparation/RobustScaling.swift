// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Brings numeric columns to median 0 and a quantile range of 1, which outliers hardly move.
///
/// `new = (x - median) / (upper quantile - lower quantile)`, with quantiles of the training values
/// as in ``QuantileClipping``; missing values are left out and stay missing. A column whose two
/// quantiles are equal is only centred.
public struct RobustScaling: Sendable, Hashable, Codable {
    /// The order of the lower quantile, from 0 to 1.
    public var lower: Double
    /// The order of the upper quantile, above `lower` and at most 1.
    public var upper: Double
    /// The columns to scale; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Brings numeric columns to median 0 and a quantile range of 1 over the training rows.
    public static func robustScale(
        quantiles: ClosedRange<Double> = 0.25...0.75, only columns: [String]? = nil
    ) -> Self {
        Self(
            RobustScaling(
                lower: quantiles.lowerBound, upper: quantiles.upperBound, columns: columns))
    }
}

extension RobustScaling: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard lower >= 0, lower < upper, upper <= 1 else {
            throw FeatureError(
                .invalidParameter, "quantiles \(lower) and \(upper) are not ascending in 0...1")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedScaling {
        var fitted = FittedScaling()
        for index in try table.numericIndices(columns) {
            let values = table.column(index).filter { !$0.isNaN }.sorted()
            try table.columns[index].requireValues(values)
            try fitted.append(
                index, table.columns[index], centre: Statistics.median(values),
                spread: Statistics.quantile(upper, ofSorted: values)
                    - Statistics.quantile(lower, ofSorted: values))
        }
        return fitted
    }

    func accepts(_ fitted: FittedScaling) -> Bool {
        fitted.offset == 0 && fitted.factor == 1 && fitted.limits == nil
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(lower)
        encoder.encode(upper)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        lower = try decoder.decodeDouble()
        upper = try decoder.decodeDouble()
        columns = try decoder.decodeColumns()
    }
}
