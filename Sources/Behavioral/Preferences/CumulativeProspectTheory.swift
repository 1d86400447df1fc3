// SPDX-License-Identifier: Apache-2.0

/// How somebody values gambles: `V = sum_k pi_k v(x_k)`, with weights that depend on ranks.
///
/// The weight of a gain is `pi_k = w+(P(X >= x_k)) - w+(P(X > x_k))`, that of a loss
/// `pi_k = w-(P(X <= x_k)) - w-(P(X < x_k))`, with the reference point of the value function
/// between the two; the reference itself counts as a gain. Weights need not sum to one. A. Tversky,
/// D. Kahneman, Journal of Risk and Uncertainty 5 (1992), https://doi.org/10.1007/BF00122574.
///
/// ```swift
/// let theory = CumulativeProspectTheory.tverskyKahneman1992
/// let gamble = try Prospect(outcomes: [-3000, 4500], probabilities: [0.5, 0.5])
/// try theory.value(of: gamble)                    // -482.6
/// try theory.certaintyEquivalent(of: gamble)      // -446.0
/// try theory.riskPremium(of: gamble)              // 750 + 446.0
/// ```
public struct CumulativeProspectTheory: Hashable, Codable, Sendable {
    /// v, how outcomes feel.
    public var valueFunction: ValueFunction

    /// w+, how probabilities of gains count.
    public var gainWeighting: WeightingFunction

    /// w-, how probabilities of losses count.
    public var lossWeighting: WeightingFunction

    /// Joins a value function and two weighting functions.
    public init(
        valueFunction: ValueFunction, gainWeighting: WeightingFunction,
        lossWeighting: WeightingFunction
    ) {
        self.valueFunction = valueFunction
        self.gainWeighting = gainWeighting
        self.lossWeighting = lossWeighting
    }

    /// Tversky and Kahneman's median estimates: exponents 0.88, loss aversion 2.25, weighting 0.61
    /// for gains and 0.69 for losses.
    public static let tverskyKahneman1992 = CumulativeProspectTheory(
        valueFunction: .tverskyKahneman1992, gainWeighting: .tverskyKahneman1992Gains,
        lossWeighting: .tverskyKahneman1992Losses)

    /// The expected value, for comparison: outcomes and probabilities as they are.
    public static let expectedValue = expectedUtility(.linear)

    /// Expected utility, for comparison: `sum_k p_k v(x_k)`.
    public static func expectedUtility(
        _ valueFunction: ValueFunction
    ) -> CumulativeProspectTheory {
        CumulativeProspectTheory(
            valueFunction: valueFunction, gainWeighting: .identity, lossWeighting: .identity)
    }
}
