// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Whether two scores of the same rows rank differently well: DeLong's paired test.
///
/// `z = (auc1 - auc2) / sqrt(var1 + var2 - 2 cov12)`. Two scores that rank every pair alike have
/// z 0 and p-value 1.
public struct AUCComparison: Hashable, Codable, Sendable {
    /// The area of the first score.
    public let first: AUCEstimate
    /// The area of the second score.
    public let second: AUCEstimate
    /// The covariance of the two areas.
    public let covariance: Double

    /// Compares two scores of the same rows.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - first: The finite scores of one model.
    ///   - second: The finite scores of the other.
    ///   - weights: The weight of each row as a number of repetitions, 0 or in 1e-100...1e100.
    /// - Throws: ``MetricsError`` as ``AUCEstimate/init(labels:scores:weights:)``.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], first: [Double], second: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        let one = try Placements(labels: labels, scores: first, weights: weights)
        let two = try Placements(labels: labels, scores: second, weights: weights)
        try one.requireVariance()
        self.first = AUCEstimate(one, labels, weights)
        self.second = AUCEstimate(two, labels, weights)
        covariance = Placements.covariance(one, two, labels: labels, weights: weights)
    }

    /// The area of the first score minus that of the second.
    public var difference: Double { first.auc - second.auc }

    /// The standard error of ``difference``.
    public var standardError: Double {
        max(0, first.variance + second.variance - 2 * covariance).squareRoot()
    }

    /// The difference in standard errors; infinite where it is certain.
    public var z: Double { difference == 0 ? 0 : difference / standardError }

    /// The probability of a ``z`` at least this far from 0 when both rank equally well.
    public var pValue: Double { NormalDistribution.twoSided(z) }

    /// An interval of ``difference``.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func interval(level: Double = 0.95) throws(MetricsError) -> ConfidenceInterval {
        try .normal(difference, standardError: standardError, level: level, within: -1...1)
    }
}
