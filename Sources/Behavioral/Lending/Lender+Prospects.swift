// SPDX-License-Identifier: Apache-2.0

extension Lender {
    /// This lender's value and weighting functions, for prospects of any kind.
    public var preference: CumulativeProspectTheory {
        CumulativeProspectTheory(
            valueFunction: valueFunction, gainWeighting: gainWeighting,
            lossWeighting: lossWeighting)
    }

    /// A gamble in this lender's eyes: `V(xi) = G xi^tau - L xi^chi`.
    ///
    /// G is the weighted value of the gains of one unit and L that of its losses, loss aversion
    /// included; both follow from ``CumulativeProspectTheory/decisionWeights(of:)``.
    /// - Parameter prospect: The return of one unit lent, over money kept.
    /// - Throws: ``BehavioralError`` when G or L is beyond the range of doubles.
    /// - Complexity: O(n) for n outcomes.
    public func objective(for prospect: Prospect) throws(BehavioralError) -> InvestmentObjective {
        let function = valueFunction
        var (gain, loss) = (CompensatedSum(), CompensatedSum())
        for (outcome, weight) in zip(
            prospect.outcomes, preference.decisionWeights(of: prospect))
        {
            let value = weight * function.value(outcome)
            if value >= 0 { gain.add(value) } else { loss.add(-value) }
        }
        return try InvestmentObjective(
            gain: gain.value, loss: loss.value, gainExponent: gainExponent,
            lossExponent: lossExponent)
    }

    /// A continuous gamble in this lender's eyes, `V(xi) = G xi^tau - L xi^chi` with
    /// `G = integral of w+(P(X > x)) tau x^(tau - 1)` and
    /// `L = lambda integral of w-(P(X <= -x)) chi x^(chi - 1)` over positive x.
    ///
    /// - Parameter prospect: The return of one unit lent, over money kept.
    /// - Throws: ``BehavioralError`` with code `notConverged` when an integral does not settle.
    public func objective(
        for prospect: ContinuousProspect
    ) throws(BehavioralError) -> InvestmentObjective {
        try InvestmentObjective(
            gain: preference.gainPart(of: prospect), loss: preference.lossPart(of: prospect),
            gainExponent: gainExponent, lossExponent: lossExponent)
    }

    /// How much this lender puts into a gamble.
    ///
    /// - Parameters:
    ///   - prospect: The return of one unit lent, over money kept.
    ///   - cap: The greatest amount allowed, in units of the lender's budget; nil for none.
    /// - Throws: ``BehavioralError`` for a negative, NaN or infinite cap, and when G or L is
    ///   beyond the range of doubles.
    /// - Complexity: O(n) for n outcomes.
    public func invest(
        in prospect: Prospect, cap: Double? = 1
    ) throws(BehavioralError) -> InvestmentDecision {
        try objective(for: prospect).decision(cap: cap)
    }

    /// How much this lender puts into a continuous gamble.
    ///
    /// - Throws: ``BehavioralError`` for a negative, NaN or infinite cap, and with code
    ///   `notConverged` when an integral does not settle.
    public func invest(
        in prospect: ContinuousProspect, cap: Double? = 1
    ) throws(BehavioralError) -> InvestmentDecision {
        try objective(for: prospect).decision(cap: cap)
    }
}

extension LoanProspect {
    /// The loan as a gamble with two outcomes: minus the loss given default, and the rate.
    public var prospect: Prospect {
        get throws(BehavioralError) {
            try Prospect(
                outcomes: [-lossGivenDefault, rate],
                probabilities: [defaultProbability, 1 - defaultProbability])
        }
    }
}
