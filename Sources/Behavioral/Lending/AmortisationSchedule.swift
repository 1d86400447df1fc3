// SPDX-License-Identifier: Apache-2.0

import RealModule

/// When one unit lent comes back: the payments due per period and the principal still owed.
///
/// ```swift
/// let schedule = try AmortisationSchedule.annuity(periods: 24, ratePerPeriod: 0.01)
/// let prospect = try schedule.prospect(
///     defaultProbability: 0.06, lossGivenDefault: 0.45, discountRate: 0.002)
/// try Lender.neutral.invest(in: prospect)
/// ```
public struct AmortisationSchedule: Hashable, Sendable {
    /// The payment due at the end of each period, per unit lent; at least 0.
    public let payments: [Double]

    /// The principal owed during each period, before its payment; per unit lent, starting at 1.
    public let balances: [Double]

    /// Describes a schedule by its payments and balances.
    ///
    /// - Throws: ``BehavioralError`` for different counts, no period, and a payment or balance that
    ///   is negative or not finite, with its position.
    public init(payments: [Double], balances: [Double]) throws(BehavioralError) {
        try Validation.count("payments", payments.count, "balances", balances.count)
        guard !payments.isEmpty else { throw BehavioralError(.empty, "no periods") }
        for (period, payment) in payments.enumerated() {
            try Validation.notNegative("payment of period \(period),", payment)
            try Validation.notNegative("balance of period \(period),", balances[period])
        }
        self.payments = payments
        self.balances = balances
    }

    /// Equal payments, `r / (1 - (1 + r)^-n)` each.
    ///
    /// - Parameters:
    ///   - periods: The number n of periods, positive.
    ///   - ratePerPeriod: The interest r per period, at least 0: 0.01 is 1 %.
    /// - Throws: ``BehavioralError`` for a number outside its range.
    public static func annuity(
        periods: Int, ratePerPeriod: Double
    ) throws(BehavioralError) -> AmortisationSchedule {
        try check(periods, ratePerPeriod)
        let growth = Double.log(onePlus: ratePerPeriod)
        let payment =
            ratePerPeriod == 0
            ? 1 / Double(periods)
            : ratePerPeriod / -Double.expMinusOne(-growth * Double(periods))
        let balances = (0..<periods).map { period in
            // What the payments still to come are worth.
            let left = Double(periods - period)
            return ratePerPeriod == 0
                ? left / Double(periods)
                : payment * -Double.expMinusOne(-growth * left) / ratePerPeriod
        }
        return try AmortisationSchedule(
            payments: Array(repeating: payment, count: periods), balances: balances)
    }

    /// Equal parts of the principal, with falling interest beside them.
    ///
    /// - Throws: As ``annuity(periods:ratePerPeriod:)``.
    public static func equalPrincipal(
        periods: Int, ratePerPeriod: Double
    ) throws(BehavioralError) -> AmortisationSchedule {
        try check(periods, ratePerPeriod)
        let balances = (0..<periods).map { Double(periods - $0) / Double(periods) }
        return try AmortisationSchedule(
            payments: balances.map { 1 / Double(periods) + $0 * ratePerPeriod },
            balances: balances)
    }

    /// Interest in every period, and the whole principal in the last.
    ///
    /// - Throws: As ``annuity(periods:ratePerPeriod:)``.
    public static func bullet(
        periods: Int, ratePerPeriod: Double
    ) throws(BehavioralError) -> AmortisationSchedule {
        try check(periods, ratePerPeriod)
        var payments = Array(repeating: ratePerPeriod, count: periods)
        payments[periods - 1] += 1
        return try AmortisationSchedule(
            payments: payments, balances: Array(repeating: 1, count: periods))
    }

    private static func check(_ periods: Int, _ rate: Double) throws(BehavioralError) {
        guard periods > 0 else {
            throw BehavioralError(.invalidParameter, "\(periods) periods")
        }
        try Validation.notNegative("rate per period", rate)
    }
}

extension AmortisationSchedule {
    /// The loan as a gamble: its present value less the unit lent, by the period of default.
    ///
    /// A loan that defaults in period k has made the payments before it, and the share
    /// `1 - lossGivenDefault` of the balance of period k comes back `recoveryDelay` periods after
    /// its end. All is discounted to the start, so that money kept at the discount rate is worth 0.
    /// - Parameters:
    ///   - defaultProbabilities: The probability of default in each period, as seen from the start;
    ///     one per period, in `0...1` with a sum of at most 1.
    ///   - lossGivenDefault: The share of the balance that is lost, in `0...1`.
    ///   - discountRate: The risk-free interest per period, at least 0.
    ///   - recoveryDelay: Periods between a default and its recovery, at least 0.
    /// - Throws: ``BehavioralError`` for a number outside its range and for different counts.
    /// - Complexity: O(n log n) for n periods.
    public func prospect(
        defaultProbabilities: [Double], lossGivenDefault: Double, discountRate: Double = 0,
        recoveryDelay: Int = 0
    ) throws(BehavioralError) -> Prospect {
        try Validation.count(
            "default probabilities", defaultProbabilities.count, "periods", payments.count)
        guard lossGivenDefault >= 0, lossGivenDefault <= 1 else {
            throw BehavioralError(
                .invalidParameter, "loss given default \(lossGivenDefault) is not in 0...1")
        }
        try Validation.notNegative("discount rate", discountRate)
        try Validation.notNegative("recovery delay", Double(recoveryDelay))
        let logDiscount = -Double.log(onePlus: discountRate)
        func discount(_ periods: Int) -> Double { Double.exp(logDiscount * Double(periods)) }
        var (outcomes, probabilities): ([Double], [Double]) = ([], [])
        var received = 0.0
        var total = CompensatedSum()
        for (period, probability) in defaultProbabilities.enumerated() {
            try Validation.probability("default probability of period \(period),", probability)
            let recovery =
                (1 - lossGivenDefault) * balances[period] * discount(period + 1 + recoveryDelay)
            outcomes.append(received + recovery - 1)
            probabilities.append(probability)
            total.add(probability)
            received += payments[period] * discount(period + 1)
        }
        guard total.value <= 1 + Prospect.tolerance else {
            throw BehavioralError(
                .invalidProbabilitySum,
                "default probabilities sum to \(total.value), which is more than 1")
        }
        outcomes.append(received - 1)
        probabilities.append(max(1 - total.value, 0))
        return try Prospect(outcomes: outcomes, probabilities: probabilities)
    }

    /// The loan as a gamble, with the same chance of default in every period that it survives to.
    ///
    /// - Parameters:
    ///   - defaultProbability: The probability of default over the whole term, in `0...1`.
    ///   - lossGivenDefault: The share of the balance that is lost, in `0...1`.
    ///   - discountRate: The risk-free interest per period, at least 0.
    ///   - recoveryDelay: Periods between a default and its recovery, at least 0.
    /// - Throws: ``BehavioralError`` for a number outside its range.
    /// - Complexity: O(n log n) for n periods.
    public func prospect(
        defaultProbability: Double, lossGivenDefault: Double, discountRate: Double = 0,
        recoveryDelay: Int = 0
    ) throws(BehavioralError) -> Prospect {
        try Validation.probability("default probability", defaultProbability)
        let count = Double(payments.count)
        // The logarithm of the chance to survive one period; minus infinity for a sure default,
        // which then comes in the first.
        let logSurvival = Double.log(onePlus: -defaultProbability) / count
        let hazards = payments.indices.map { period in
            -Double.expMinusOne(logSurvival)
                * (period == 0 ? 1 : Double.exp(logSurvival * Double(period)))
        }
        return try prospect(
            defaultProbabilities: hazards, lossGivenDefault: lossGivenDefault,
            discountRate: discountRate, recoveryDelay: recoveryDelay)
    }
}
