// SPDX-License-Identifier: Apache-2.0

/// Brings numeric columns to mean 0 and standard deviation 1 over the training rows.
///
/// `new = (x - mean) / deviation`, with `deviation^2 = sum (x - mean)^2 / n` for `.population` and
/// `/ (n - 1)` for `.sample`; missing values are left out of both and stay missing. A column whose
/// training values are all equal is only centred: its deviation counts as 1.
///
/// Sums are exact before one rounding, so the order of the training rows does not matter.
///
/// Source: paper 001, equation 1 (which does not say which of the two deviations is meant).
public struct Standardisation: Sendable, Hashable, Codable {
    /// The divisor of the variance.
    public enum Deviation: String, Sendable, Hashable, Codable, CaseIterable {
        /// Divides by the number of rows n.
        case population
        /// Divides by n - 1.
        case sample
    }

    /// The divisor of the variance.
    public var deviation: Deviation
    /// The columns to standardise; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Standardisation: PreparationRecipe {
    func validate() throws(FeatureError) { try validateColumns(columns) }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedStandardisation {
        var fitted = FittedStandardisation(scales: [])
        for index in try table.numericIndices(columns) {
            let column = table.columns[index]
            let values = table.column(index).filter { !$0.isNaN }
            try column.requireValues(values)
            let mean = Statistics.mean(values)
            let spread = Statistics.deviation(
                values, mean: mean,
                divisor: deviation == .population ? values.count : values.count - 1)
            guard mean.isFinite, spread.isFinite, spread > 0 else {
                throw FeatureError(
                    .outOfRange,
                    "mean \(mean) and deviation \(spread) are too large or small to divide by",
                    column: column.source)
            }
            fitted.scales.append(.init(column: index, mean: mean, deviation: spread))
        }
        return fitted
    }
}

/// Values learnt by a ``Standardisation``.
package struct FittedStandardisation: Hashable, Sendable {
    package struct Scale: Hashable, Sendable {
        let column: Int
        let mean: Double
        let deviation: Double
    }

    /// By ascending column.
    var scales: [Scale]
}

extension FittedStandardisation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(scales.map(\.column), below: inputs.count)
        for scale in scales {
            guard inputs[scale.column].kind == .numeric, scale.mean.isFinite,
                scale.deviation.isFinite, scale.deviation > 0
            else { throw FeatureError(.invalidParameter, "a column cannot be standardised so") }
        }
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for scale in scales {
            output[scale.column] = (row[scale.column] - scale.mean) / scale.deviation
        }
    }
}
