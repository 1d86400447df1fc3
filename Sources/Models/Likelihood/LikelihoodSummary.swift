// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// The likelihood of a maximum-likelihood fit and the criteria that are made of it.
///
/// Weights count repetitions: a row of weight 2 is two observations.
public struct LikelihoodSummary: Codable, Hashable, Sendable {
    /// The sum of the rows' log-likelihoods.
    public let logLikelihood: Double

    /// That of the model without features.
    public let nullLogLikelihood: Double

    /// The number of estimated parameters.
    public let parameterCount: Int

    /// The number of parameters of the model without features.
    public let nullParameterCount: Int

    /// The sum of the weights.
    public let observationCount: Double

    /// The test that no feature matters: twice the gain in log-likelihood over the null model.
    public var likelihoodRatioTest: ChiSquareTest {
        ChiSquareTest(
            statistic: 2 * (logLikelihood - nullLogLikelihood),
            degreesOfFreedom: parameterCount - nullParameterCount)
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
