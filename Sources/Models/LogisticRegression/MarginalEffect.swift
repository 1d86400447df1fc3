// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// What one unit more of a feature does to the probability, with its large-sample distribution.
public struct MarginalEffect: Hashable, Sendable {
    /// The feature.
    public let name: String

    /// The change of the probability of the second class per unit; for a feature of zeros and
    /// ones, the difference between the two.
    public let value: Double

    /// By the delta method from the covariance of the coefficients.
    public let standardError: Double

    /// The effect in standard errors.
    public var z: Double { value / standardError }

    /// The two-sided probability of a larger `abs(z)` if the effect were 0.
    public var pValue: Double { min(1, 2 * NormalDistribution.survival(abs(z))) }

    /// The interval `value ± quantile * standardError`.
    ///
    /// - Parameter level: the share of samples whose interval covers the truth, within 0...1.
    /// - Precondition: `level` is within 0...1.
    public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double> {
        precondition((0...1).contains(level), "a confidence level of \(level)")
        let half = NormalDistribution.survivalQuantile((1 - level) / 2) * standardError
        return value - half...value + half
    }
}
