// SPDX-License-Identifier: Apache-2.0

/// How much a probability counts in a decision: an increasing map of `0...1` onto itself.
///
/// Small probabilities count for more than they are and large ones for less. Gains and losses have
/// each their own function.
///
/// ```swift
/// let w = WeightingFunction.tverskyKahneman1992Gains
/// try w(0.01)     // 0.055
/// try w(0.99)     // 0.912
/// ```
public struct WeightingFunction: Hashable, Codable, Sendable {
    enum Form: Hashable, Codable, Sendable {
        case identity
        case tverskyKahneman(gamma: Double)
        case prelec(alpha: Double, beta: Double)
        case printedInHassija2020(gamma: Double)
        case goldsteinEinhorn(curvature: Double, elevation: Double)
        case power(exponent: Double)
        case neoAdditive(intercept: Double, slope: Double)
        case exponentialPower(alpha: Double, beta: Double)
    }

    let form: Form

    /// Where the Tversky-Kahneman ratio ceases to increase everywhere, rounded up.
    static let smallestGamma = 0.279_204_3

    /// Tversky and Kahneman's estimate for gains, `tverskyKahneman(gamma: 0.61)`.
    public static let tverskyKahneman1992Gains = WeightingFunction(
        form: .tverskyKahneman(gamma: 0.61))

    /// Tversky and Kahneman's estimate for losses, `tverskyKahneman(gamma: 0.69)`.
    public static let tverskyKahneman1992Losses = WeightingFunction(
        form: .tverskyKahneman(gamma: 0.69))

    /// Probabilities as they are, `w(p) = p`, as in expected utility.
    public static let identity = WeightingFunction(form: .identity)

    /// The inverse-S `w(p) = p^g / (p^g + (1 - p)^g)^(1 / g)`.
    ///
    /// Below `gamma` = 0.2792043 (the known limit 0.279) the function falls somewhere and would
    /// rank a better chance below a worse one, so such values are refused: J. Ingersoll, European
    /// Financial Management 14 (2008), https://doi.org/10.1111/j.1468-036X.2007.00439.x.
    /// A. Tversky, D. Kahneman, Journal of Risk and Uncertainty 5 (1992),
    /// https://doi.org/10.1007/BF00122574.
    /// - Parameter gamma: The curvature, at least 0.2792043; 1 gives the identity.
    /// - Throws: ``BehavioralError`` for a `gamma` below the limit, NaN or infinite.
    public static func tverskyKahneman(
        gamma: Double
    ) throws(BehavioralError) -> WeightingFunction {
        guard gamma >= smallestGamma, gamma.isFinite else {
            throw BehavioralError(
                .invalidParameter,
                "gamma \(gamma) of the Tversky-Kahneman weighting is not a finite number of at "
                    + "least 0.2792043, below which the weighting is not increasing")
        }
        return WeightingFunction(form: .tverskyKahneman(gamma: gamma))
    }

    /// Prelec's function `w(p) = exp(-beta (-log p)^alpha)`, increasing for all its parameters.
    ///
    /// The one-parameter form, with its fixed point at 1/e, is the default `beta` of 1.
    /// D. Prelec, Econometrica 66 (1998), https://doi.org/10.2307/2998573.
    /// - Parameters:
    ///   - alpha: The curvature, positive; below 1 an inverse S.
    ///   - beta: The elevation, positive; above 1 all weights are lower.
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public static func prelec(
        alpha: Double, beta: Double = 1
    ) throws(BehavioralError) -> WeightingFunction {
        try Validation.positive("alpha of the Prelec weighting", alpha)
        try Validation.positive("beta of the Prelec weighting", beta)
        return WeightingFunction(form: .prelec(alpha: alpha, beta: beta))
    }

    /// The misprint `w(p) = p^g / (p^g + (1 - p)^g)^g`, to recompute what the paper prints.
    ///
    /// The outer exponent should be 1/g, as in ``tverskyKahneman(gamma:)``. As printed, with
    /// `gamma` = 0.61, w(0.5) is 0.556 instead of 0.421 and probabilities up to 0.67 instead of
    /// 0.34 are over-weighted, against the paper's own fourth point. Do not use it for decisions.
    /// V. Hassija et al., IEEE TNSE 7 (2020), section V,
    /// https://doi.org/10.1109/TNSE.2020.2982488; see <doc:Errata>.
    /// - Parameter gamma: The curvature, above 0 and at most 1, where the form is increasing.
    /// - Throws: ``BehavioralError`` for a `gamma` outside that range.
    public static func printedInHassija2020(
        gamma: Double
    ) throws(BehavioralError) -> WeightingFunction {
        guard gamma > 0, gamma <= 1 else {
            throw BehavioralError(
                .invalidParameter, "gamma \(gamma) of the printed weighting is not in 0...1")
        }
        return WeightingFunction(form: .printedInHassija2020(gamma: gamma))
    }
}
