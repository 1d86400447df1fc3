// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import RealModule

/// Measures of probabilities that grow row by row and merge: for shards, and for monitoring without
/// keeping the rows.
///
/// ```swift
/// var today = ProbabilityAccumulator()
/// for loan in closed { try today.add(label: loan.defaulted, probability: loan.risk) }
/// month.merge(today)
/// month.brierScore
/// ```
/// Merging in another order changes no more than last bits.
public struct ProbabilityAccumulator: Hashable, Codable, Sendable {
    private var weightSum = CompensatedSum()
    private var positives = CompensatedSum()
    private var expected = CompensatedSum()
    private var misses = CompensatedSum()
    private var losses = CompensatedSum()
    private var excess = CompensatedSum()
    private var variance = CompensatedSum()
    /// The number of rows with positive weight.
    public private(set) var rowCount = 0

    /// An accumulator without rows.
    public init() {}

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - label: Whether the row is positive.
    ///   - probability: Its probability of positive, in `0...1`; for the log loss that of what
    ///     happened is raised to 2^-52.
    ///   - weight: Its weight, 0 or in 1e-100...1e100.
    /// - Throws: ``MetricsError`` for an invalid probability or weight; nothing is added then.
    public mutating func add(
        label: Bool, probability: Double, weight: Double = 1
    ) throws(MetricsError) {
        guard probability >= 0, probability <= 1 else {
            throw MetricsError(.invalidProbability, "probability \(probability) is not in 0...1")
        }
        guard weight == 0 || (weight >= 1e-100 && weight <= 1e100) else {
            throw MetricsError(
                .invalidWeight, "weight \(weight) is neither 0 nor in 1e-100...1e100")
        }
        if weight == 0 { return }
        let p = probability
        let miss = label ? 1 - p : p
        let clipped = min(max(p, .ulpOfOne), 1 - .ulpOfOne)
        rowCount += 1
        weightSum += weight
        positives += label ? weight : 0
        expected += weight * p
        misses += weight * miss * miss
        losses += weight * (label ? -Double.log(clipped) : -Double.log(onePlus: -clipped))
        excess += weight * ((label ? 1 : 0) - p) * (1 - 2 * p)
        variance += weight * (1 - 2 * p) * (1 - 2 * p) * p * (1 - p)
    }

    /// Takes in the rows of another accumulator.
    public mutating func merge(_ other: ProbabilityAccumulator) {
        rowCount += other.rowCount
        weightSum.merge(other.weightSum)
        positives.merge(other.positives)
        expected.merge(other.expected)
        misses.merge(other.misses)
        losses.merge(other.losses)
        excess.merge(other.excess)
        variance.merge(other.variance)
    }

    /// The weight of the rows.
    public var weight: Double { weightSum.value }

    /// The share of positives; nil without rows, as all that follow.
    public var observedRate: Double? { mean(positives) }

    /// The mean probability.
    public var meanProbability: Double? { mean(expected) }

    /// The Brier score.
    public var brierScore: Double? { mean(misses) }

    /// The log loss in nats.
    public var logLoss: Double? { mean(losses) }

    /// The statistic of ``SpiegelhalterTest``; nil also where the score has no variance.
    public var spiegelhalterZ: Double? {
        variance.value > 0 ? excess.value / variance.value.squareRoot() : nil
    }

    private func mean(_ sum: CompensatedSum) -> Double? {
        rowCount > 0 ? sum.value / weightSum.value : nil
    }
}
