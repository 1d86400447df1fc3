// SPDX-License-Identifier: Apache-2.0

import RealModule

/// The Brier score: the mean squared distance of probabilities from outcomes, in `0...1`.
///
/// `BS = (sum of w (p - y)^2) / (sum of w)` with y = 1 for positive rows; 0 is best, and a constant
/// probability p at rate p scores `p (1 - p)`.
/// G. W. Brier, Monthly Weather Review 78 (1950),
/// https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2.
/// - Parameters:
///   - labels: Whether each row is positive.
///   - probabilities: The probability of positive of each row, in `0...1`.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
/// - Throws: ``MetricsError`` for different lengths, no rows, a probability outside `0...1` and an
///   invalid weight.
/// - Complexity: O(n) for n rows, on several threads without weights.
public func brierScore(
    labels: [Bool], probabilities: [Double], weights: [Double]? = nil
) throws(MetricsError) -> Double {
    if weights == nil {
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: nil)
        if let sum = OutcomeSums.squaredMisses(labels: labels, probabilities: probabilities) {
            return sum / Double(labels.count)
        }
    }
    return try weightedMean(labels, probabilities, weights) { label, probability in
        let miss = label ? 1 - probability : probability
        return miss * miss
    }
}

/// The log loss (cross-entropy) in nats: the mean of `-log` of the probability of what happened.
///
/// `LL = -(sum of w (y log p + (1 - y) log(1 - p))) / (sum of w)`; 0 is best.
///
/// A certain and wrong probability has infinite loss. As in scikit-learn the probability of what
/// happened is therefore raised to `clipping`, by default the distance from 1 to the next double,
/// 2^-52: such a row costs 36.04. With `clipping: 0` the loss is the exact one and may be infinite.
/// - Parameters:
///   - labels: Whether each row is positive.
///   - probabilities: The probability of positive of each row, in `0...1`.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
///   - clipping: Probabilities are clipped to `clipping...(1 - clipping)`; at least 0, below 0.5.
/// - Throws: ``MetricsError`` for different lengths, no rows, a probability outside `0...1`, an
///   invalid weight and an invalid `clipping`.
/// - Complexity: O(n) for n rows, on several threads without weights.
public func logLoss(
    labels: [Bool], probabilities: [Double], weights: [Double]? = nil,
    clipping: Double = .ulpOfOne
) throws(MetricsError) -> Double {
    guard clipping >= 0, clipping < 0.5 else {
        throw MetricsError(.invalidParameter, "clipping \(clipping) is not in 0..<0.5")
    }
    if weights == nil, clipping >= 0x1p-60 {
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: nil)
        let sum = OutcomeSums.logLikelihood(
            labels: labels, probabilities: probabilities, clipping: clipping)
        // The sum's error is one of 1e-16 a row: small losses are summed row by row.
        if let sum, -sum > 0.01 * Double(labels.count) { return -sum / Double(labels.count) }
    }
    return try weightedMean(labels, probabilities, weights) { label, probability in
        let clipped = min(max(probability, clipping), 1 - clipping)
        return label ? -Double.log(clipped) : -Double.log(onePlus: -clipped)
    }
}

private func weightedMean(
    _ labels: [Bool], _ probabilities: [Double], _ weights: [Double]?,
    loss: (Bool, Double) -> Double
) throws(MetricsError) -> Double {
    try Validation.counts(
        labels: labels.count, "probabilities", probabilities.count, weights: weights)
    try Validation.probabilities(probabilities)
    try Validation.weights(weights)
    var total = CompensatedSum()
    var weightSum = CompensatedSum()
    for row in labels.indices {
        let weight = weights?[row] ?? 1
        // A row of weight 0 is absent, even where its loss is infinite.
        if weight == 0 { continue }
        total += weight * loss(labels[row], probabilities[row])
        weightSum += weight
    }
    return total.value / weightSum.value
}
