// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes
import LinearAlgebra

/// Bends numeric columns towards a normal distribution by the power of Yeo and Johnson.
///
/// With the power `p`, a number `x` of 0 or more becomes `((x + 1)^p - 1) / p`, or `log(x + 1)` for
/// `p = 0`; a negative one becomes `-((1 - x)^(2 - p) - 1) / (2 - p)`, or `-log(1 - x)` for `p =
/// 2`. Each column has the power of the largest normal likelihood of its training values, found by
/// Brent's method among the powers that keep the values apart in double precision; a column whose
/// values are all equal has power 1, which changes nothing. Missing values are left out and stay
/// missing.
///
/// I.-K. Yeo and R. A. Johnson, A New Family of Power Transformations to Improve Normality or
/// Symmetry, Biometrika 87 (2000), doi:10.1093/biomet/87.4.954.
public struct YeoJohnsonTransformation: Sendable, Hashable, Codable {
    /// Whether the new values are brought to mean 0 and population deviation 1.
    public var standardises: Bool
    /// The columns to transform; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Bends numeric columns towards a normal distribution by the power of Yeo and Johnson.
    public static func yeoJohnson(
        standardise: Bool = true, only columns: [String]? = nil
    ) -> Self {
        Self(YeoJohnsonTransformation(standardises: standardise, columns: columns))
    }
}

extension YeoJohnsonTransformation: PreparationRecipe {
    func validate() throws(FeatureError) { try validateColumns(columns) }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedYeoJohnsonTransformation {
        var fitted = FittedYeoJohnsonTransformation(powers: [])
        let indices = try table.numericIndices(columns)
        for (step, index) in indices.enumerated() {
            let values = table.column(index).filter { !$0.isNaN }.sorted()
            let column = table.columns[index]
            try column.requireValues(values)
            let power = YeoJohnsonLikelihood(sorted: values).bestPower
            let results = values.map { YeoJohnsonLikelihood.transformed($0, power: power) }
            let mean = standardises ? Statistics.mean(results) : 0
            let deviation =
                standardises
                ? Statistics.deviation(results, mean: mean, divisor: results.count) : 1
            guard mean.isFinite, deviation.isFinite, deviation > 0 else {
                throw FeatureError(
                    .outOfRange,
                    "mean \(mean) and deviation \(deviation) after power \(power) are too large or "
                        + "small to divide by", column: column.source)
            }
            fitted.powers.append(
                .init(column: index, power: power, mean: mean, deviation: deviation))
            try table.report("Yeo-Johnson transformation", step: step + 1, of: indices.count)
        }
        return fitted
    }

    func accepts(_ fitted: FittedYeoJohnsonTransformation) -> Bool {
        standardises || fitted.powers.allSatisfy { $0.mean == 0 && $0.deviation == 1 }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(standardises)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        standardises = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}

/// Values learnt by a ``YeoJohnsonTransformation``.
package struct FittedYeoJohnsonTransformation: Hashable, Sendable {
    package struct Power: Hashable, Sendable {
        let column: Int
        package let power: Double
        let mean: Double
        let deviation: Double
    }

    /// By ascending column.
    package var powers: [Power]
}

extension FittedYeoJohnsonTransformation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireNumeric(powers.map(\.column), inputs)
        guard
            powers.allSatisfy({
                $0.power.isFinite && $0.mean.isFinite && $0.deviation.isFinite && $0.deviation > 0
            })
        else { throw FeatureError(.invalidParameter, "a column cannot be transformed so") }
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for power in powers where !row[power.column].isNaN {
            let value = YeoJohnsonLikelihood.transformed(row[power.column], power: power.power)
            output[power.column] = (value - power.mean) / power.deviation
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(powers) { encoder, power in
            encoder.encode(power.column)
            encoder.encode(power.power)
            encoder.encode(power.mean)
            encoder.encode(power.deviation)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        powers = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Power(
                column: try decoder.decodeInt(), power: try decoder.decodeDouble(),
                mean: try decoder.decodeDouble(), deviation: try decoder.decodeDouble())
        }
    }
}

extension FittedPipeline {
    /// The power of each column of the pipeline's ``YeoJohnsonTransformation``, by its name before
    /// the step; of the last one that changes a column of that name.
    public var yeoJohnsonPowers: [String: Double] {
        var powers: [String: Double] = [:]
        for (index, step) in steps.enumerated() {
            guard let fitted = step.transformation as? FittedYeoJohnsonTransformation else {
                continue
            }
            for power in fitted.powers {
                powers[columnsBeforeStep[index][power.column].name] = power.power
            }
        }
        return powers
    }
}
