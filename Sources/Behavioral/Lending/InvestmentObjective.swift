// SPDX-License-Identifier: Apache-2.0

import RealModule

/// What a lender gets out of investing the amount xi: `V(xi) = G xi^tau - L xi^chi`.
///
/// G is the weighted value of the returns and L that of the losses of one unit, both at least 0,
/// and `Omega = G / L` measures the loan: above 1, one unit lent is worth more than one kept.
/// xi is measured in units of the lender's budget; since tau and chi differ, the unit matters.
///
/// With tau < chi, V rises to its only maximum
/// `xi* = (tau Omega / chi)^(1 / (chi - tau))` and falls after it, because
/// `V' = xi^(tau - 1) (tau G - chi L xi^(chi - tau))` changes its sign once. Hence
/// `min(xi*, cap)` is optimal under a cap. The other cases are decided by ``decision(cap:)``.
///
/// C. Bernard, M. Ghossoub, Mathematics and Financial Economics 2 (2010),
/// https://doi.org/10.1007/s11579-009-0021-2, who keep the loss aversion outside of L, and
/// V. Hassija et al., IEEE TNSE 7 (2020), https://doi.org/10.1109/TNSE.2020.2982488, whose section
/// V needs four corrections: see <doc:Errata>.
public struct InvestmentObjective: Hashable, Sendable {
    /// G, the weighted value of the returns of one unit; at least 0.
    public let gain: Double

    /// L, the weighted value of the losses of one unit with the loss aversion in it; at least 0.
    public let loss: Double

    /// The exponent tau of gains, positive.
    public let gainExponent: Double

    /// The exponent chi of losses, positive.
    public let lossExponent: Double

    /// Makes an objective of known G and L.
    ///
    /// - Throws: ``BehavioralError`` for a gain or loss that is negative, NaN or infinite, and for
    ///   an exponent that is not positive and finite.
    public init(
        gain: Double, loss: Double, gainExponent: Double, lossExponent: Double
    ) throws(BehavioralError) {
        try Validation.notNegative("gain", gain)
        try Validation.notNegative("loss", loss)
        try Validation.positive("gain exponent", gainExponent)
        try Validation.positive("loss exponent", lossExponent)
        self.gain = gain
        self.loss = loss
        self.gainExponent = gainExponent
        self.lossExponent = lossExponent
    }

    /// Makes an objective in units of its loss: G = `omega`, L = 1.
    ///
    /// - Throws: ``BehavioralError`` for an `omega` that is negative, NaN or infinite, and for an
    ///   exponent that is not positive and finite.
    public init(
        omega: Double, gainExponent: Double, lossExponent: Double
    ) throws(BehavioralError) {
        try Validation.notNegative("omega", omega)
        try self.init(
            gain: omega, loss: 1, gainExponent: gainExponent, lossExponent: lossExponent)
    }

    /// The performance measure `Omega = G / L`, at least 0.
    ///
    /// Infinite when there is a gain and no loss, 0 when there is no gain.
    public var omega: Double { gain == 0 ? 0 : gain / loss }

    /// V(xi), the value of investing `amount`.
    ///
    /// - Throws: ``BehavioralError`` for an amount that is negative, NaN or infinite.
    public func value(of amount: Double) throws(BehavioralError) -> Double {
        try Validation.notNegative("amount", amount)
        return uncheckedValue(of: amount)
    }

    /// The only maximum `xi* = (tau Omega / chi)^(1 / (chi - tau))`, without any cap.
    ///
    /// Nil unless tau < chi, G > 0 and L > 0. Beyond the range of doubles it is 0 or infinity.
    public var interiorOptimum: Double? {
        guard gainExponent < lossExponent, gain > 0, loss > 0 else { return nil }
        return Double.pow(
            gainExponent / lossExponent * omega, 1 / (lossExponent - gainExponent))
    }

    func uncheckedValue(of amount: Double) -> Double {
        if amount == 0 { return 0 }
        if loss == 0 { return gain * Double.pow(amount, gainExponent) }
        // The smaller power is factored out: two infinite ones would give NaN.
        let difference = lossExponent - gainExponent
        return difference >= 0
            ? Double.pow(amount, gainExponent) * (gain - loss * Double.pow(amount, difference))
            : Double.pow(amount, lossExponent) * (gain * Double.pow(amount, -difference) - loss)
    }
}
