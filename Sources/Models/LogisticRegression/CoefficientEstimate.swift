// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// One coefficient of a maximum-likelihood fit, with its large-sample normal distribution.
public struct CoefficientEstimate: Hashable, Sendable {
    /// The feature, or `intercept`.
    public let name: String

    /// The maximum-likelihood estimate.
    public let value: Double

    /// The square root of the estimate's variance, from the inverse of the observed information.
    public let standardError: Double

    /// The estimate in standard errors.
    public var z: Double { value / standardError }

    /// The two-sided probability of a larger `abs(z)` if the coefficient were 0 (Wald test).
    public var pValue: Double { min(1, 2 * NormalDistribution.survival(abs(z))) }

    /// The factor by which the odds change per unit of the feature, `exp(value)`.
    public var oddsRatio: Double { exponential(value) }

    /// The Wald interval `value ± quantile * standardError`.
    ///
    /// - Parameter level: the share of samples whose interval covers the truth, within 0...1.
    /// - Precondition: `level` is within 0...1.
    public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double> {
        precondition((0...1).contains(level), "a confidence level of \(level)")
        let half = NormalDistribution.survivalQuantile((1 - level) / 2) * standardError
        return value - half...value + half
    }
}
