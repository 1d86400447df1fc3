// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// How far predicted numbers, such as losses given default, are from what happened.
public struct RegressionMeasures: Hashable, Codable, Sendable {
    /// The mean of `prediction - outcome`.
    public let bias: Double
    /// The mean of `|prediction - outcome|`.
    public let meanAbsoluteError: Double
    /// The mean of `(prediction - outcome)^2`.
    public let meanSquaredError: Double
    /// The greatest `|prediction - outcome|`.
    public let maximumError: Double
    /// The weighted median of `|prediction - outcome|`: the least value that half of the weight
    /// does not exceed, halfway to the next where exactly half does not.
    public let medianAbsoluteError: Double
    /// The mean of `|prediction - outcome| / |outcome|`; nil where an outcome is 0.
    public let meanAbsolutePercentageError: Double?
    /// `1 - sum of squared errors / sum of squared distances of the outcomes from their mean`; nil
    /// for constant outcomes.
    public let rSquared: Double?
    /// `1 - variance of the errors / variance of the outcomes`; nil for constant outcomes.
    public let explainedVariance: Double?

    /// The square root of ``meanSquaredError``.
    public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

    /// Measures predictions.
    ///
    /// - Parameters:
    ///   - outcomes: Finite numbers.
    ///   - predictions: As many finite numbers.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays.
    /// - Complexity: O(n log n) for n rows.
    public init(
        outcomes: [Double], predictions: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.sameCount("outcomes", outcomes.count, "predictions", predictions.count)
        try Validation.sample(outcomes, "outcomes", weights)
        try Validation.scores(predictions, "prediction")
        let rows = outcomes.indices.filter { weights?[$0] != 0 }
        let y = rows.map { outcomes[$0] }
        let w = weights.map { weights in rows.map { weights[$0] } }
        let errors = rows.map { predictions[$0] - outcomes[$0] }
        func mean(_ value: (Int) -> Double) -> Double {
            var sum = CompensatedSum()
            var total = CompensatedSum()
            for row in y.indices {
                sum += (w?[row] ?? 1) * value(row)
                total += w?[row] ?? 1
            }
            return sum.value / total.value
        }
        let bias = mean { errors[$0] }
        let squared = mean { errors[$0] * errors[$0] }
        let centre = mean { y[$0] }
        let spread = mean { (y[$0] - centre) * (y[$0] - centre) }
        self.bias = bias
        meanAbsoluteError = mean { abs(errors[$0]) }
        meanSquaredError = squared
        maximumError = errors.reduce(0) { max($0, abs($1)) }
        medianAbsoluteError = try Self.median(errors.map(abs), w)
        meanAbsolutePercentageError =
            y.contains(0) ? nil : mean { abs(errors[$0]) / abs(y[$0]) }
        let varies = y.contains { $0 != y[0] }
        rSquared = varies ? 1 - squared / spread : nil
        explainedVariance =
            varies ? 1 - mean { (errors[$0] - bias) * (errors[$0] - bias) } / spread : nil
    }

    private static func median(
        _ values: [Double], _ weights: [Double]?
    ) throws(MetricsError) -> Double {
        let order = try RowOrder.ascending(values)
        let half = (weights?.reduce(0, +) ?? Double(values.count)) / 2
        var below = 0.0
        for (place, row) in order.enumerated() {
            below += weights?[row] ?? 1
            if below == half, place + 1 < order.count {
                return (values[row] + values[order[place + 1]]) / 2
            }
            if below > half { return values[row] }
        }
        return values[order[order.count - 1]]
    }
}

/// The mean loss of predicted quantiles: `q (y - p)` below and `(1 - q) (p - y)` above.
///
/// Its expectation is least at the true quantile. R. Koenker, G. Bassett, Econometrica 46 (1978),
/// https://doi.org/10.2307/1913643.
/// - Parameters:
///   - outcomes: Finite numbers.
///   - predictions: As many predicted quantiles, finite.
///   - quantile: Which quantile, between 0 and 1.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
/// - Throws: ``MetricsError`` for invalid arrays and quantiles.
/// - Complexity: O(n) for n rows.
public func pinballLoss(
    outcomes: [Double], predictions: [Double], quantile: Double, weights: [Double]? = nil
) throws(MetricsError) -> Double {
    guard quantile > 0, quantile < 1 else {
        throw MetricsError(.invalidParameter, "quantile \(quantile) is not between 0 and 1")
    }
    try Validation.sameCount("outcomes", outcomes.count, "predictions", predictions.count)
    try Validation.sample(outcomes, "outcomes", weights)
    try Validation.scores(predictions, "prediction")
    var sum = CompensatedSum()
    var total = CompensatedSum()
    for row in outcomes.indices {
        let miss = outcomes[row] - predictions[row]
        let weight = weights?[row] ?? 1
        sum += weight * (miss >= 0 ? quantile * miss : (quantile - 1) * miss)
        total += weight
    }
    return sum.value / total.value
}
