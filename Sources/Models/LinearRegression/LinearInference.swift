// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
public import LinearAlgebra

/// What least squares says about a linear regression as a whole, for normal errors of one variance.
///
/// What an observation is depends on ``LinearRegression/WeightMeaning``.
public struct LinearInference: Equatable, Sendable {
    /// `(XᵀWX)⁻¹`, the intercept first where there is one (parameters x parameters).
    public let unscaledCovariance: Matrix<Double>

    /// Whether the first row and column of ``unscaledCovariance`` belong to an intercept.
    public let hasIntercept: Bool

    /// The sum of weight times squared residual.
    public let residualSumOfSquares: Double

    /// The sum of weight times squared difference of the target to the weighted mean; to 0 without
    /// an intercept.
    public let totalSumOfSquares: Double

    /// The sum of the weights, or the number of rows of positive weight for precisions.
    public let observationCount: Double

    /// The sum of the logarithms of precisions; 0 for repetitions.
    let sumOfLogPrecisions: Double

    /// The number of estimated parameters, the intercept included.
    public var parameterCount: Int { unscaledCovariance.rowCount }

    /// ``observationCount`` minus ``parameterCount``, above 0.
    public var residualDegreesOfFreedom: Double { observationCount - Double(parameterCount) }

    /// The number of coefficients without the intercept.
    public var modelDegreesOfFreedom: Int { parameterCount - (hasIntercept ? 1 : 0) }

    /// The estimated variance of the errors, of rows of weight 1.
    public var residualVariance: Double { residualSumOfSquares / residualDegreesOfFreedom }

    /// The covariance of the parameters, the intercept first where there is one.
    public var covariance: Matrix<Double> { unscaledCovariance * residualVariance }

    /// The square roots of the variances, the intercept first where there is one.
    public var standardErrors: [Double] {
        unscaledCovariance.diagonal.elements.map { ($0 * residualVariance).squareRoot() }
    }

    /// `1 - residualSumOfSquares / totalSumOfSquares`; NaN where no target differs from the mean.
    public var rSquared: Double { 1 - residualSumOfSquares / totalSumOfSquares }

    /// R² with each sum of squares divided by its degrees of freedom.
    public var adjustedRSquared: Double {
        let total = observationCount - (hasIntercept ? 1 : 0)
        return 1 - total / residualDegreesOfFreedom * (1 - rSquared)
    }

    /// The explained variance per coefficient in units of ``residualVariance``.
    public var fStatistic: Double {
        (totalSumOfSquares - residualSumOfSquares) / Double(modelDegreesOfFreedom)
            / residualVariance
    }

    /// The probability of a larger ``fStatistic`` if no feature mattered.
    public var fPValue: Double {
        let (first, second) = (Double(modelDegreesOfFreedom), residualDegreesOfFreedom)
        let explained = first * max(0, fStatistic)
        return IncompleteBeta.lower(second / (second + explained), second / 2, first / 2)
    }

    /// The largest log-likelihood, in which the variance is ``residualSumOfSquares`` per
    /// observation; infinite where there are no residuals.
    public var logLikelihood: Double {
        let count = observationCount
        let variance = 2 * Double.pi * residualSumOfSquares / count
        return -count / 2 * (naturalLogarithm(variance) + 1) + sumOfLogPrecisions / 2
    }

    /// Akaike's criterion, `2 k - 2 logLikelihood` for `k` parameters without the variance.
    public var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }

    /// The Bayesian criterion, `k log(n) - 2 logLikelihood` for `n` observations.
    public var bic: Double {
        naturalLogarithm(observationCount) * Double(parameterCount) - 2 * logLikelihood
    }
}
