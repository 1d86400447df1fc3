// SPDX-License-Identifier: Apache-2.0

/// How much a lender puts into a loan, and why.
public struct InvestmentDecision: Hashable, Sendable {
    /// The four ways in which the search for the best amount ends.
    public enum Verdict: Hashable, Sendable {
        /// The best amount xi lies above 0 and not above the cap.
        case interior(Double)
        /// More would be better; the associated value is the cap.
        case capped(Double)
        /// No amount is worth more than keeping the money.
        case nothing
        /// There is no cap and no best amount: more is always better.
        case unbounded
    }

    /// What the lender maximised.
    public let objective: InvestmentObjective

    /// How the search ended.
    public let verdict: Verdict

    /// The amount xi to invest, in units of the budget; nil when it is unbounded.
    public var amount: Double? {
        switch verdict {
        case .interior(let amount), .capped(let amount): amount
        case .nothing: 0
        case .unbounded: nil
        }
    }

    /// The performance measure Omega of the loan in this lender's eyes; see
    /// ``InvestmentObjective/omega``.
    public var omega: Double { objective.omega }

    /// V at the amount, at least 0; infinity when it is unbounded.
    public var value: Double { amount.map(objective.uncheckedValue) ?? .infinity }
}

extension InvestmentObjective {
    /// The amount that maximises V on `0...cap`.
    ///
    /// | Exponents | Without a cap | With a cap |
    /// |---|---|---|
    /// | tau < chi | interior at xi* | interior, or capped if xi* > cap |
    /// | tau = chi, Omega > 1 | unbounded | capped |
    /// | tau = chi, Omega <= 1 | nothing | nothing |
    /// | tau > chi | unbounded | capped if V(cap) > 0, else nothing |
    ///
    /// With tau = chi and Omega = 1 every amount is worth 0. With tau > chi small amounts lose and
    /// great ones win without limit. No gain means nothing; a gain without any loss means as much
    /// as the cap allows. An xi* below the smallest double is nothing; one above the greatest,
    /// without a cap, is unbounded.
    /// - Parameter cap: The greatest amount allowed, in units of the budget, at least 0; nil for
    ///   none. The default 1 is the whole budget.
    /// - Throws: ``BehavioralError`` for a negative, NaN or infinite cap.
    /// - Complexity: O(1).
    public func decision(cap: Double? = 1) throws(BehavioralError) -> InvestmentDecision {
        if let cap { try Validation.notNegative("cap", cap) }
        return InvestmentDecision(objective: self, verdict: verdict(cap: cap))
    }

    func verdict(cap: Double?) -> InvestmentDecision.Verdict {
        let asMuchAsAllowed = cap.map(InvestmentDecision.Verdict.capped) ?? .unbounded
        if gain == 0 || cap == 0 { return .nothing }
        if loss == 0 { return asMuchAsAllowed }
        if let optimum = interiorOptimum {
            if optimum == 0 { return .nothing }
            return optimum <= cap ?? .greatestFiniteMagnitude
                ? .interior(optimum) : asMuchAsAllowed
        }
        // tau >= chi: V is at most 0 up to one point and grows without limit after it, or (tau =
        // chi) keeps one sign, so only the largest amount can be worth something.
        let worthwhile =
            gainExponent == lossExponent
            ? gain > loss : cap.map { uncheckedValue(of: $0) > 0 } ?? true
        return worthwhile ? asMuchAsAllowed : .nothing
    }
}
