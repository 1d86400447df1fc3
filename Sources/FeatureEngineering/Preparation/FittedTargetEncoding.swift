// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Values learnt by a ``TargetEncoding``.
package struct FittedTargetEncoding: Hashable, Sendable {
    package struct Encoding: Hashable, Sendable {
        package let column: Int
        /// The value of each level, and behind them that of missing values.
        package let values: [Double]
        /// The value of levels that the training rows did not have.
        package let overall: Double

        func value(_ code: Double) -> Double {
            code.isNaN ? values[values.count - 1] : code < 0 ? overall : values[Int(code)]
        }
    }

    /// By ascending column.
    package let encodings: [Encoding]
}

extension FittedTargetEncoding: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireCategorical(encodings.map(\.column), inputs)
        var outputs = inputs
        for encoding in encodings {
            guard encoding.values.count == (inputs[encoding.column].levels?.count ?? -2) + 1,
                encoding.overall.isFinite, encoding.values.allSatisfy(\.isFinite)
            else { throw FeatureError(.invalidParameter, "a column cannot be encoded so") }
            outputs[encoding.column].levels = nil
        }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for encoding in encodings { output[encoding.column] = encoding.value(row[encoding.column]) }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(encodings) { encoder, encoding in
            encoder.encode(encoding.column)
            encoder.encode(encoding.values) { $0.encode($1) }
            encoder.encode(encoding.overall)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        encodings = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Encoding(
                column: try decoder.decodeInt(),
                values: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                    try decoder.decodeDouble()
                }, overall: try decoder.decodeDouble())
        }
    }
}

/// The target of the training rows with their weights.
///
/// Sums are exact before one rounding, so the order of the rows does not matter.
struct WeightedTarget {
    /// What rows have in common.
    struct Moments {
        var weight = 0.0
        var mean = 0.0
        /// The mean square of the deviations from the mean.
        var variance = 0.0
    }

    let values: [Double]
    private let weights: [Double]?

    init(_ table: WorkingTable) throws(FeatureError) {
        values = try table.requireTarget()
        weights = table.weights
    }

    /// The moments of `rows`, which must have weight.
    func moments(of rows: [Int]) throws(FeatureError) -> Moments {
        let moments = sums(of: rows)
        guard moments.weight > 0, moments.mean.isFinite, moments.variance.isFinite else {
            throw FeatureError(
                .outOfRange,
                "\(rows.count) training rows of weight \(moments.weight), target mean "
                    + "\(moments.mean) and variance \(moments.variance)")
        }
        return moments
    }

    /// The moments of `rows`; all 0 without weight.
    func sums(of rows: [Int]) -> Moments {
        let ones = weights.map { weights in rows.map { weights[$0] } }
        let weight = ones.map(Statistics.exactSum) ?? Double(rows.count)
        guard weight > 0 else { return Moments() }
        func mean(_ values: [Double]) -> Double {
            let weighted = ones.map { zip(values, $0).map { $0 * $1 } } ?? values
            return Statistics.exactSum(weighted) / weight
        }
        let values = rows.map { self.values[$0] }
        let centre = mean(values)
        return Moments(
            weight: weight, mean: centre,
            variance: mean(values.map { ($0 - centre) * ($0 - centre) }))
    }
}
