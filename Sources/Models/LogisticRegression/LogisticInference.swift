// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
public import LinearAlgebra

/// What maximum likelihood says about a logistic regression as a whole.
///
/// Weights count repetitions: a row of weight 2 is two observations. All quantities are
/// large-sample ones, and hold for fits without a penalty and for Firth's, whose log-likelihoods
/// are the penalised ones.
public struct LogisticInference: Encodable, Equatable, Sendable {
    /// The inverse of the observed information, the intercept first where there is one.
    public let covariance: Matrix<Double>

    /// Whether the first row and column of ``covariance`` belong to an intercept.
    public let hasIntercept: Bool

    /// The sum of the rows' log-likelihoods.
    public let logLikelihood: Double

    /// The log-likelihood of the intercept alone; without an intercept, of a probability of 1/2.
    public let nullLogLikelihood: Double

    /// The sum of the weights.
    public let observationCount: Double

    init(
        covariance: Matrix<Double>, hasIntercept: Bool, logLikelihood: Double,
        nullLogLikelihood: Double, observationCount: Double
    ) {
        self.covariance = covariance
        self.hasIntercept = hasIntercept
        self.logLikelihood = logLikelihood
        self.nullLogLikelihood = nullLogLikelihood
        self.observationCount = observationCount
    }

    /// The square roots of the variances, the intercept first where there is one.
    public var standardErrors: [Double] { covariance.diagonal.elements.map { $0.squareRoot() } }

    /// The number of estimated parameters, the intercept included.
    public var parameterCount: Int { covariance.rowCount }

    /// Twice the gain in log-likelihood over the null model.
    public var likelihoodRatio: Double { 2 * (logLikelihood - nullLogLikelihood) }

    /// The number of coefficients without the intercept.
    public var likelihoodRatioDegreesOfFreedom: Int { parameterCount - (hasIntercept ? 1 : 0) }

    /// The probability of a larger ``likelihoodRatio`` if no feature mattered (chi-square).
    public var likelihoodRatioPValue: Double {
        ChiSquareDistribution.survival(
            likelihoodRatio, degreesOfFreedom: Double(likelihoodRatioDegreesOfFreedom))
    }

    /// Akaike's criterion, `2 k - 2 logLikelihood` for `k` parameters.
    public var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }

    /// The Bayesian criterion, `k log(n) - 2 logLikelihood` for `n` observations.
    public var bic: Double {
        naturalLogarithm(observationCount) * Double(parameterCount) - 2 * logLikelihood
    }

    /// McFadden's pseudo R², `1 - logLikelihood / nullLogLikelihood`.
    public var mcFaddenR2: Double { 1 - logLikelihood / nullLogLikelihood }
}
