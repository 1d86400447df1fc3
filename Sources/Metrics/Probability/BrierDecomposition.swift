// SPDX-License-Identifier: Apache-2.0

/// The Brier score taken apart: what it owes to the base rate, to
/// sorting rows and to honest levels.
///
/// `BS = reliability - resolution + uncertainty + withinBins`. The first three are Murphy's; the
/// last is what the bins hide (the variance of the probabilities within bins less twice their
/// covariance with the outcomes) and is 0 when every distinct probability has its own bin.
///
/// A. H. Murphy, Journal of Applied Meteorology 12 (1973),
/// https://doi.org/10.1175/1520-0450(1973)012%3C0595:ANVPOT%3E2.0.CO;2; D. B. Stephenson, C. A. S.
/// Coelho, I. T. Jolliffe, Weather and Forecasting 23 (2008),
/// https://doi.org/10.1175/2007WAF2006116.1.
public struct BrierDecomposition: Hashable, Codable, Sendable {
    /// The Brier score, in `0...1`.
    public let brierScore: Double
    /// The mean squared distance of the bins' probabilities from their rates; 0 is best.
    public let reliability: Double
    /// The variance of the bins' rates; greater is better.
    public let resolution: Double
    /// The variance of the outcomes, `r (1 - r)` at the rate r of positives.
    public let uncertainty: Double

    /// The share of the score that lies within the bins.
    public var withinBins: Double { brierScore - reliability + resolution - uncertainty }

    /// The Brier skill score `1 - BS / uncertainty`: 1 is perfect, 0 as
    /// good as the base rate alone.
    ///
    /// Nil when there is one class only.
    public var skillScore: Double? { uncertainty > 0 ? 1 - brierScore / uncertainty : nil }

    /// Takes the score apart.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - binning: How the probabilities are cut; nil gives every distinct one its own bin.
    /// - Throws: ``MetricsError`` as ``ReliabilityTable/init(labels:probabilities:weights:bins:)``.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil,
        bins binning: ReliabilityTable.Binning? = nil
    ) throws(MetricsError) {
        try Validation.probabilities(probabilities)
        let ranked = try RankedOutcomes(labels: labels, scores: probabilities, weights: weights)
        var bins: [(weight: Double, probability: Double, rate: Double)] = []
        var misses = CompensatedSum()
        ranked.forEachGroup { group in
            misses += group.positives * (1 - group.score) * (1 - group.score)
            misses += group.negatives * group.score * group.score
            if binning == nil {
                bins.append((group.weight, group.score, group.positives / group.weight))
            }
        }
        if let binning {
            bins = try ReliabilityTable.bins(of: ranked, binning).map {
                ($0.weight, $0.meanProbability, $0.observedRate)
            }
        }
        let total = ranked.positives + ranked.negatives
        let rate = ranked.positives / total
        var apart = CompensatedSum()
        var spread = CompensatedSum()
        for bin in bins {
            apart += bin.weight * (bin.probability - bin.rate) * (bin.probability - bin.rate)
            spread += bin.weight * (bin.rate - rate) * (bin.rate - rate)
        }
        brierScore = misses.value / total
        reliability = apart.value / total
        resolution = spread.value / total
        uncertainty = rate * (1 - rate)
    }
}
