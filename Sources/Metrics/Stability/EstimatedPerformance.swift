// SPDX-License-Identifier: Apache-2.0

/// How well a score is expected to do before the outcomes are known, from its probabilities alone.
///
/// If the probabilities are right, a row of probability p is positive with probability p. The
/// expected confusion matrix adds up p and 1 - p; the expected area divides the expected number of
/// concordant pairs of different rows by that of all pairs of a positive and a negative. Wrong
/// probabilities give a wrong estimate: watch ``CalibrationLine`` once outcomes arrive. Known as
/// confidence-based performance estimation (CBPE).
public struct EstimatedPerformance: Hashable, Codable, Sendable {
    /// The expected confusion matrix.
    public let matrix: ConfusionMatrix
    /// The expected area under the ROC curve; nil when no pair of different rows can differ.
    public let auc: Double?
    /// The expected Brier score, the mean of `p (1 - p)`.
    public let brierScore: Double
    /// The expected share of positives.
    public let positiveRate: Double

    /// Estimates.
    ///
    /// - Parameters:
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - threshold: The finite probability from which a row is predicted positive.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays and thresholds.
    /// - Complexity: O(n log n) for n rows.
    public init(
        probabilities: [Double], threshold: Double = 0.5, weights: [Double]? = nil
    ) throws(MetricsError) {
        guard threshold.isFinite else {
            throw MetricsError(.invalidParameter, "threshold \(threshold) is not finite")
        }
        try Validation.counts(
            labels: probabilities.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        let ranked = try RankedOutcomes(
            labels: probabilities.map { _ in true }, scores: probabilities, weights: weights)
        var (found, mistaken, missed, left) = (
            CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum()
        )
        var (concordant, pairs, spread) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        var positivesAbove = 0.0
        ranked.forEachGroup { group in
            let p = group.score
            let (positives, negatives) = (group.weight * p, group.weight * (1 - p))
            if p >= threshold {
                found += positives
                mistaken += negatives
            } else {
                missed += positives
                left += negatives
            }
            spread += positives * (1 - p)
            // A row is never compared with itself.
            concordant += negatives * (positivesAbove + positives / 2) - positives * (1 - p) / 2
            positivesAbove += positives
        }
        let negatives = ranked.positives - positivesAbove
        pairs += positivesAbove * negatives
        pairs += -spread.value
        func cell(_ sum: CompensatedSum) -> Double { sum.value < 1e-150 ? 0 : sum.value }
        matrix = try ConfusionMatrix(
            truePositives: cell(found), falsePositives: cell(mistaken),
            falseNegatives: cell(missed), trueNegatives: cell(left))
        auc =
            pairs.value > 1e-12 * ranked.positives
            ? min(max(concordant.value / pairs.value, 0), 1) : nil
        brierScore = spread.value / ranked.positives
        positiveRate = positivesAbove / ranked.positives
    }
}
