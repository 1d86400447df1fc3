// SPDX-License-Identifier: Apache-2.0

/// The preferences of a lender: value function, loss aversion and probability weighting.
///
/// ```swift
/// let loan = try LoanProspect(defaultProbability: 0.08, rate: 0.14, lossGivenDefault: 0.45)
/// let decision = try Lender.riskAverse.invest(in: loan)
/// decision.verdict            // .interior(xi), .capped, .nothing or .unbounded
/// decision.omega              // the loan in this lender's eyes
/// ```
///
/// ## Presets
///
/// V. Hassija et al. (2020), https://doi.org/10.1109/TNSE.2020.2982488, name three kinds of lenders
/// and give no numbers. **The numbers here are this library's own choice:**
///
/// | Preset | tau | chi | lambda |
/// |---|---|---|---|
/// | ``opportunistic`` | 0.55 | 0.95 | 1.5 |
/// | ``neutral`` | 0.50 | 0.90 | 2.25 |
/// | ``riskAverse`` | 0.45 | 0.85 | 3.5 |
///
/// All three weigh probabilities by Tversky and Kahneman's functions and have chi - tau = 0.4, so
/// that the best amounts `(tau Omega / chi)^2.5` are ordered as one expects: for every loan that
/// has a rate above a five-thousandth of its loss given default, opportunistic above neutral above
/// risk-averse.
public struct Lender: Hashable, Codable, Sendable {
    /// The exponent tau of gains, positive; below ``lossExponent`` for a unique best amount.
    public let gainExponent: Double

    /// The exponent chi of losses, positive.
    public let lossExponent: Double

    /// The loss aversion lambda, positive.
    public let lossAversion: Double

    /// How the probability of repayment counts.
    public let gainWeighting: WeightingFunction

    /// How the probability of default counts.
    public let lossWeighting: WeightingFunction

    /// Describes a lender.
    ///
    /// Exponents with tau >= chi are allowed, as in Tversky and Kahneman's estimates where both are
    /// 0.88; the closed form of the best amount then does not exist and only the cap limits it.
    /// - Parameters:
    ///   - gainExponent: The exponent tau of gains, positive.
    ///   - lossExponent: The exponent chi of losses, positive.
    ///   - lossAversion: The loss aversion lambda, positive.
    ///   - gainWeighting: The weighting of gains; by default Tversky and Kahneman's, 0.61.
    ///   - lossWeighting: The weighting of losses; by default Tversky and Kahneman's, 0.69.
    /// - Throws: ``BehavioralError`` for a parameter that is not positive and finite.
    public init(
        gainExponent: Double, lossExponent: Double, lossAversion: Double,
        gainWeighting: WeightingFunction = .tverskyKahneman1992Gains,
        lossWeighting: WeightingFunction = .tverskyKahneman1992Losses
    ) throws(BehavioralError) {
        try Validation.positive("gain exponent", gainExponent)
        try Validation.positive("loss exponent", lossExponent)
        try Validation.positive("loss aversion", lossAversion)
        self.init(
            unchecked: (gainExponent, lossExponent, lossAversion), gainWeighting, lossWeighting)
    }

    init(
        unchecked parameters: (tau: Double, chi: Double, lambda: Double),
        _ gainWeighting: WeightingFunction = .tverskyKahneman1992Gains,
        _ lossWeighting: WeightingFunction = .tverskyKahneman1992Losses
    ) {
        gainExponent = parameters.tau
        lossExponent = parameters.chi
        lossAversion = parameters.lambda
        self.gainWeighting = gainWeighting
        self.lossWeighting = lossWeighting
    }

    /// The value function `x^tau` for gains and `-lambda (-x)^chi` for losses.
    public var valueFunction: ValueFunction {
        ValueFunction(
            unchecked: UtilityCurve(form: .power(exponent: gainExponent)),
            UtilityCurve(form: .power(exponent: lossExponent)), lossAversion: lossAversion)
    }

    /// A loan in this lender's eyes: `V(xi) = G xi^tau - L xi^chi`.
    ///
    /// `G = w+(1 - PD) r^tau` and `L = lambda w-(PD) LGD^chi`, the loss aversion inside of L, for
    /// the probability of default PD, the rate r and the loss given default LGD.
    /// - Throws: ``BehavioralError`` when G or L is beyond the range of doubles.
    /// - Complexity: O(1).
    public func objective(for loan: LoanProspect) throws(BehavioralError) -> InvestmentObjective {
        let gain = try gainWeighting(1 - loan.defaultProbability) * valueFunction(loan.rate)
        let loss =
            try lossWeighting(loan.defaultProbability) * valueFunction(-loan.lossGivenDefault)
        return try InvestmentObjective(
            gain: gain, loss: 0 - loss, gainExponent: gainExponent, lossExponent: lossExponent)
    }

    /// How much this lender puts into a loan.
    ///
    /// - Parameters:
    ///   - loan: The loan.
    ///   - cap: The greatest amount allowed, in units of the lender's budget, at least 0; nil for
    ///     none. The default 1 is the whole budget.
    /// - Throws: ``BehavioralError`` for a negative, NaN or infinite cap, and when G or L is
    ///   beyond the range of doubles.
    /// - Complexity: O(1).
    public func invest(
        in loan: LoanProspect, cap: Double? = 1
    ) throws(BehavioralError) -> InvestmentDecision {
        try objective(for: loan).decision(cap: cap)
    }

    private enum CodingKeys: String, CodingKey {
        case gainExponent, lossExponent, lossAversion, gainWeighting, lossWeighting
    }

    /// Reads a lender and checks the parameters.
    ///
    /// - Throws: `DecodingError` for parameters that the initialiser refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let tau = try container.decode(Double.self, forKey: .gainExponent)
        let chi = try container.decode(Double.self, forKey: .lossExponent)
        let lambda = try container.decode(Double.self, forKey: .lossAversion)
        let gains = try container.decode(WeightingFunction.self, forKey: .gainWeighting)
        let losses = try container.decode(WeightingFunction.self, forKey: .lossWeighting)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            try Lender(
                gainExponent: tau, lossExponent: chi, lossAversion: lambda, gainWeighting: gains,
                lossWeighting: losses)
        }
    }
}
