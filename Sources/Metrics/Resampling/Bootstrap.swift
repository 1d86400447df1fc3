// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Bootstrap intervals of any measure: how it varies when rows are drawn again with replacement.
///
/// ```swift
/// let bootstrap = Bootstrap(replicates: 1000, seed: 7)
/// let result = try bootstrap.estimate(labels: defaulted, scores: risk) { labels, scores, _ in
///     try partialGini(labels: labels, probabilities: scores)
/// }
/// try result.interval(level: 0.95)
/// ```
/// B. Efron, R. Tibshirani, *An Introduction to the Bootstrap* (1993).
public struct Bootstrap: Hashable, Codable, Sendable {
    /// The number of draws, at least 2; 1000 for an interval.
    public let replicates: Int
    /// What fixes the draws: the same seed gives the same rows.
    public let seed: UInt64
    /// Whether positives and negatives are drawn each in their own number, so that no draw is
    /// without one of the classes.
    public let isStratified: Bool

    /// A plan of draws.
    ///
    /// - Precondition: `replicates` is at least 2.
    public init(replicates: Int = 1000, seed: UInt64, isStratified: Bool = true) {
        precondition(replicates >= 2, "\(replicates) replicates")
        self.replicates = replicates
        self.seed = seed
        self.isStratified = isStratified
    }

    /// Computes a measure of the rows and of every draw.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The score of each row.
    ///   - weights: The weight of each row, which it keeps in every draw.
    ///   - measure: The measure of labels, scores and weights.
    /// - Throws: ``MetricsError`` for different lengths and no rows, and what the measure throws;
    ///   without strata, draws that the measure refuses for want of a class are drawn again, up to
    ///   as many times as there are replicates.
    /// - Complexity: `replicates` + 1 times that of the measure.
    public func estimate(
        labels: [Bool], scores: [Double], weights: [Double]? = nil,
        measure: ([Bool], [Double], [Double]?) throws(MetricsError) -> Double
    ) throws(MetricsError) -> BootstrapEstimate {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        let value = try measure(labels, scores, weights)
        var values: [Double] = []
        var stream: UInt64 = 0
        while values.count < replicates {
            let rows = rows(labels, stream: stream)
            stream += 1
            do throws(MetricsError) {
                values.append(
                    try measure(
                        rows.map { labels[$0] }, rows.map { scores[$0] },
                        weights.map { weights in rows.map { weights[$0] } }))
            } catch {
                guard error.code == .oneClass, stream < 2 * UInt64(replicates) else { throw error }
            }
        }
        return BootstrapEstimate(value: value, replicates: values)
    }

    /// The rows of one draw.
    func rows(_ labels: [Bool], stream: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: stream)
        guard isStratified else {
            return labels.map { _ in generator.below(labels.count) }
        }
        return [true, false].flatMap { label in
            let stratum = labels.indices.filter { labels[$0] == label }
            return stratum.map { _ in stratum[generator.below(stratum.count)] }
        }
    }
}

/// A measure with its values in draws of the rows.
public struct BootstrapEstimate: Hashable, Codable, Sendable {
    /// How an interval is built from the draws.
    public enum IntervalMethod: String, Hashable, Codable, Sendable {
        /// Between quantiles of the draws.
        case percentile
        /// The percentile interval mirrored at the value: corrects for a bias of the draws.
        case basic
        /// Between quantiles that are shifted by the share of draws below the value.
        case biasCorrected
    }

    /// The measure of the rows themselves.
    public let value: Double
    /// The measure of every draw, in ascending order.
    public let replicates: [Double]

    init(value: Double, replicates: [Double]) {
        self.value = value
        self.replicates = replicates.sorted()
    }

    /// The standard deviation of the draws.
    public var standardError: Double {
        SampleSummary.moments(replicates, nil).standardDeviation
    }

    /// The mean of the draws minus the value.
    public var bias: Double { SampleSummary.moments(replicates, nil).mean - value }

    /// An interval of the measure.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1,
    ///   and of code `noSpread` for ``IntervalMethod/biasCorrected`` when no draw lies on one side
    ///   of the value.
    public func interval(
        level: Double = 0.95, method: IntervalMethod = .percentile
    ) throws(MetricsError) -> ConfidenceInterval {
        try Validation.level(level)
        var (low, high) = ((1 - level) / 2, (1 + level) / 2)
        if method == .biasCorrected {
            let below = replicates.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
            guard below > 0, below < Double(replicates.count) else {
                throw MetricsError(
                    .noSpread, "all \(replicates.count) draws lie on one side of \(value)")
            }
            let shift = 2 * NormalDistribution.quantile(below / Double(replicates.count))
            low = NormalDistribution.cumulative(shift + NormalDistribution.quantile(low))
            high = NormalDistribution.cumulative(shift + NormalDistribution.quantile(high))
        }
        let (lower, upper) = (quantile(low), quantile(high))
        return method == .basic
            ? ConfidenceInterval(lower: 2 * value - upper, upper: 2 * value - lower, level: level)
            : ConfidenceInterval(lower: lower, upper: upper, level: level)
    }

    /// The quantile of the draws, between neighbours by straight lines.
    private func quantile(_ p: Double) -> Double {
        let place = p * Double(replicates.count - 1)
        let index = min(Int(place), replicates.count - 2)
        let share = place - Double(index)
        return replicates[index] + share * (replicates[index + 1] - replicates[index])
    }
}
