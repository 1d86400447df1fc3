// SPDX-License-Identifier: Apache-2.0

/// The Gini coefficient among the rows whose probability of positive is at most `limit`: how well a
/// score tells apart the applicants that a lender would take anyway.
///
/// S. Lessmann, B. Baesens, H.-V. Seow, L. C. Thomas, European Journal of Operational Research 247
/// (2015), https://doi.org/10.1016/j.ejor.2015.05.030, with a limit of 0.4.
/// - Parameters:
///   - labels: Whether each row is positive.
///   - probabilities: The probability of positive of each row, in `0...1`.
///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
///   - limit: The greatest probability that counts, in `0...1`.
/// - Returns: The coefficient, in `-1...1`.
/// - Throws: ``MetricsError`` for invalid arrays and limits, and of code `oneClass` when the rows
///   up to the limit hold one class only.
/// - Complexity: O(n log n) for n rows.
public func partialGini(
    labels: [Bool], probabilities: [Double], weights: [Double]? = nil, upTo limit: Double = 0.4
) throws(MetricsError) -> Double {
    try Validation.counts(
        labels: labels.count, "probabilities", probabilities.count, weights: weights)
    try Validation.probabilities(probabilities)
    try Validation.weights(weights)
    guard limit >= 0, limit <= 1 else {
        throw MetricsError(.invalidParameter, "limit \(limit) is not in 0...1")
    }
    let kept = labels.indices.filter { probabilities[$0] <= limit && weights?[$0] != 0 }
    guard !kept.isEmpty else {
        throw MetricsError(.oneClass, "no row has a probability of at most \(limit)")
    }
    let area = try rocAUC(
        labels: kept.map { labels[$0] }, scores: kept.map { probabilities[$0] },
        weights: weights.map { weights in kept.map { weights[$0] } })
    return 2 * area - 1
}
