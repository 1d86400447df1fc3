// SPDX-License-Identifier: Apache-2.0

/// Moves numbers beyond a limit on either side to that limit.
///
/// Limits are learnt from the training rows, or given. Missing values are left out and stay
/// missing. ``QuantileClipping`` does the same at interpolated quantiles.
public struct Winsorisation: Sendable, Hashable, Codable {
    /// Where the limits are.
    public enum Rule: Sendable, Hashable, Codable {
        /// The smallest value that is left when the share `lower` of the smallest values is taken
        /// away, and the largest that is left when the share `upper` of the largest is.
        ///
        /// Of n values `Int(share * n)` are taken away; shares are 0 or more and sum to less
        /// than 1. The limits are values of the training rows.
        case shares(lower: Double, upper: Double)
        /// The given limits in the units of the columns, `nil` for no limit on that side.
        case limits(lower: Double?, upper: Double?)
        /// `multiple` interquartile ranges beyond the quartiles (type 7); 1.5 is usual.
        case interquartileRange(multiple: Double)
        /// `multiple` times 1.4826 times the median absolute deviation from the median; 3 is usual.
        case medianAbsoluteDeviation(multiple: Double)
    }

    /// Where the limits are.
    public var rule: Rule
    /// The columns to winsorise; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Winsorisation: PreparationRecipe {
    func validate() throws(FeatureError) {
        let isValid =
            switch rule {
            case .shares(let lower, let upper):
                lower >= 0 && upper >= 0 && lower + upper < 1
            case .limits(let lower, let upper):
                (lower ?? 0).isFinite && (upper ?? 0).isFinite
                    && (lower ?? -.infinity) <= (upper ?? .infinity)
                    && (lower != nil || upper != nil)
            case .interquartileRange(let multiple), .medianAbsoluteDeviation(let multiple):
                multiple >= 0 && multiple.isFinite
            }
        guard isValid else {
            throw FeatureError(.invalidParameter, "numbers cannot be winsorised by \(rule)")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedQuantileClipping {
        var fitted = FittedQuantileClipping(limits: [])
        for index in try table.numericIndices(columns) {
            let sorted = try table.sortedValues(index)
            let range =
                switch rule {
                case .shares(let lower, let upper):
                    sorted[Int(lower * Double(sorted.count))] + 0...sorted[
                        sorted.count - 1 - Int(upper * Double(sorted.count))] + 0
                case .limits(let lower, let upper):
                    (lower ?? -.greatestFiniteMagnitude)...(upper ?? .greatestFiniteMagnitude)
                case .interquartileRange(let multiple):
                    OutlierFences.interquartile(sorted, multiple)
                case .medianAbsoluteDeviation(let multiple):
                    OutlierFences.medianDeviation(sorted, multiple)
                }
            fitted.limits.append(
                .init(column: index, lower: range.lowerBound, upper: range.upperBound))
        }
        return fitted
    }
}

extension WorkingTable {
    /// The values of a numeric column in ascending order, without the missing ones.
    ///
    /// - Throws: ``FeatureError`` with `emptyInput` if all are missing.
    func sortedValues(_ index: Int) throws(FeatureError) -> [Double] {
        let values = column(index).filter { !$0.isNaN }.sorted()
        try columns[index].requireValues(values)
        return values
    }
}
