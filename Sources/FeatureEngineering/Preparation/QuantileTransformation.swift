// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
import LinearAlgebra

/// Replaces numbers by their place in the distribution of the training values.
///
/// A training quantile of order q (as in ``QuantileClipping``) becomes q; between quantiles the
/// place is interpolated, a value that several quantiles share takes the middle of their orders,
/// and values at or beyond the ends become 0 or 1. For ``Distribution/normal`` the standard normal
/// quantile of that place is taken, of 1e-7 and 1 - 1e-7 at the ends, which is about 5.2. Missing
/// values are left out and stay missing.
public struct QuantileTransformation: Sendable, Hashable, Codable {
    /// What the new values are distributed like.
    public enum Distribution: String, Sendable, Hashable, Codable, CaseIterable {
        /// Evenly in 0...1.
        case uniform
        /// As a standard normal variable.
        case normal
    }

    /// What the new values are distributed like.
    public var distribution: Distribution
    /// The number of quantiles, at least 2; a column with fewer training values has one for each.
    public var quantileCount: Int
    /// The columns to transform; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Replaces numbers by their place in the distribution of the training values.
    public static func quantileTransform(
        _ distribution: QuantileTransformation.Distribution = .uniform, quantiles: Int = 1000,
        only columns: [String]? = nil
    ) -> Self {
        Self(
            QuantileTransformation(
                distribution: distribution, quantileCount: quantiles, columns: columns))
    }
}

extension QuantileTransformation: PreparationRecipe {
    func validate() throws(FeatureError) {
        guard quantileCount >= 2 else {
            throw FeatureError(
                .invalidParameter, "\(quantileCount) quantiles where at least 2 are needed")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedQuantileTransformation {
        var fitted = FittedQuantileTransformation(distribution: distribution, columns: [])
        for index in try table.numericIndices(columns) {
            let values = table.column(index).filter { !$0.isNaN }.sorted()
            try table.columns[index].requireValues(values)
            let count = max(2, min(quantileCount, values.count))
            let quantiles = (0..<count).map {
                Statistics.quantile(Double($0) / Double(count - 1), ofSorted: values)
            }
            fitted.columns.append(.init(column: index, quantiles: quantiles))
        }
        return fitted
    }

    func accepts(_ fitted: FittedQuantileTransformation) -> Bool {
        fitted.distribution == distribution
            && fitted.columns.allSatisfy { $0.quantiles.count <= max(2, quantileCount) }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: distribution)
        encoder.encode(quantileCount)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        distribution = try decoder.decodeCase()
        quantileCount = try decoder.decodeInt()
        columns = try decoder.decodeColumns()
    }
}

/// Values learnt by a ``QuantileTransformation``.
package struct FittedQuantileTransformation: Hashable, Sendable {
    package struct Quantiles: Hashable, Sendable {
        let column: Int
        /// Ascending, of evenly spaced orders from 0 to 1.
        let quantiles: [Double]
    }

    let distribution: QuantileTransformation.Distribution
    /// By ascending column.
    var columns: [Quantiles]
}

extension FittedQuantileTransformation.Quantiles {
    /// The place of `x` in 0...1.
    fileprivate func place(of x: Double) -> Double {
        let last = quantiles.count - 1
        if x <= quantiles[0] { return 0 }
        if x >= quantiles[last] { return 1 }
        // The first quantile that is not below x, and the first above it.
        let start = firstIndex { $0 >= x }
        let end = firstIndex { $0 > x }
        if start < end { return Double(start + end - 1) / 2 / Double(last) }
        let (below, above) = (quantiles[start - 1], quantiles[start])
        let share = (x / 2 - below / 2) / (above / 2 - below / 2)
        return (Double(start - 1) + share) / Double(last)
    }

    private func firstIndex(_ isBehind: (Double) -> Bool) -> Int {
        var (low, high) = (0, quantiles.count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(quantiles[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension FittedQuantileTransformation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireNumeric(columns.map(\.column), inputs)
        for column in columns {
            guard column.quantiles.count >= 2, column.quantiles.allSatisfy(\.isFinite),
                zip(column.quantiles, column.quantiles.dropFirst()).allSatisfy(<=)
            else { throw FeatureError(.invalidParameter, "quantiles are not ascending numbers") }
        }
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for column in columns where !row[column.column].isNaN {
            let place = column.place(of: row[column.column])
            output[column.column] =
                switch distribution {
                case .uniform: place
                case .normal: normalQuantile(min(max(place, 1e-7), 1 - 1e-7))
                }
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: distribution)
        encoder.encode(columns) { encoder, column in
            encoder.encode(column.column)
            encoder.encode(column.quantiles) { $0.encode($1) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        distribution = try decoder.decodeCase()
        columns = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Quantiles(
                column: try decoder.decodeInt(),
                quantiles: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                    try decoder.decodeDouble()
                })
        }
    }
}
