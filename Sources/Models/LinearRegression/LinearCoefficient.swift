// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// One coefficient of a least-squares fit, with its t distribution.
public struct LinearCoefficient: Hashable, Sendable {
    /// The feature, or `intercept`.
    public let name: String

    /// The least-squares estimate.
    public let value: Double

    /// The square root of the estimate's variance.
    public let standardError: Double

    /// Those of the residual variance; of a covariance by clusters, one less than their number.
    public let degreesOfFreedom: Double

    /// The estimate in standard errors.
    public var t: Double { value / standardError }

    /// The two-sided probability of a larger `abs(t)` if the coefficient were 0.
    public var pValue: Double {
        min(1, 2 * StudentTDistribution.survival(abs(t), degreesOfFreedom: degreesOfFreedom))
    }

    /// `value ± quantile * standardError`.
    ///
    /// - Parameter level: the share of samples whose interval covers the truth, within 0...1.
    /// - Precondition: `level` is within 0...1.
    public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double> {
        let half = tQuantile(level: level, degreesOfFreedom) * standardError
        return value - half...value + half
    }
}

/// The number of standard errors to either side of an interval.
func tQuantile(level: Double, _ degreesOfFreedom: Double) -> Double {
    precondition((0...1).contains(level), "a confidence level of \(level)")
    return -StudentTDistribution.quantile(
        (1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
}
