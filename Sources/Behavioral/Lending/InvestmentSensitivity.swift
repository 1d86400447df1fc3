// SPDX-License-Identifier: Apache-2.0

import RealModule

/// How the best amount xi* moves with a loan's terms and a lender's preferences.
///
/// The rates are elasticities where both are positive numbers on a scale, `d log xi / d log x`: 2
/// means that 1 % more of x makes xi* some 2 % larger. The default probability, tau and chi are not
/// on such a scale and have `d log xi / d x`.
public struct InvestmentSensitivity: Hashable, Sendable {
    /// xi*, without any cap.
    public let amount: Double

    /// `d log xi / d log Omega = 1 / (chi - tau)`.
    public let omega: Double

    /// `d log xi / d PD`, negative.
    public let defaultProbability: Double

    /// `d log xi / d log r = tau / (chi - tau)`.
    public let rate: Double

    /// `d log xi / d log LGD = -chi / (chi - tau)`.
    public let lossGivenDefault: Double

    /// `d log xi / d log lambda = -1 / (chi - tau)`.
    public let lossAversion: Double

    /// `d log xi / d tau`.
    public let gainExponent: Double

    /// `d log xi / d chi`.
    public let lossExponent: Double
}

extension Lender {
    /// The derivatives of the best amount xi* at a loan.
    ///
    /// Nil where xi* is not a positive finite number that depends smoothly on all of them: unless
    /// tau < chi, the default probability lies strictly between 0 and 1, and the rate and the loss
    /// given default are positive.
    /// - Complexity: O(1).
    public func sensitivity(for loan: LoanProspect) throws(BehavioralError)
        -> InvestmentSensitivity?
    {
        let probability = loan.defaultProbability
        guard probability > 0, probability < 1, loan.rate > 0, loan.lossGivenDefault > 0,
            let amount = try objective(for: loan).interiorOptimum, amount > 0, amount.isFinite
        else { return nil }
        let (tau, chi) = (gainExponent, lossExponent)
        let difference = chi - tau
        let gainSlope =
            try gainWeighting.derivative(at: 1 - probability) / gainWeighting(1 - probability)
        let lossSlope = try lossWeighting.derivative(at: probability) / lossWeighting(probability)
        let logAmount = Double.log(amount)
        return InvestmentSensitivity(
            amount: amount, omega: 1 / difference,
            defaultProbability: -(gainSlope + lossSlope) / difference, rate: tau / difference,
            lossGivenDefault: -chi / difference, lossAversion: -1 / difference,
            gainExponent: (1 / tau + Double.log(loan.rate) + logAmount) / difference,
            lossExponent: -(1 / chi + Double.log(loan.lossGivenDefault) + logAmount) / difference)
    }
}
