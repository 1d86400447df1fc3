// SPDX-License-Identifier: Apache-2.0

/// At what rate a lender lends, and what share of the amount a default costs it.
public struct LoanTerms: Sendable, Codable, Hashable {
    /// How the rate follows from the probability of default.
    public enum RatePolicy: Sendable, Codable, Hashable {
        /// The same rate for everybody.
        case fixed(Double)
        /// The rate at which the expected return is `margin`, at most `maximum`.
        ///
        /// `(1 - p) * rate - p * lossGivenDefault = margin`, so
        /// `rate = (margin + p * lossGivenDefault) / (1 - p)`.
        case expectedReturn(margin: Double, maximum: Double)
    }

    /// The rate over the loan's term, as a share of the amount.
    public let ratePolicy: RatePolicy
    /// The share of the amount that a default costs, 0...1.
    public let lossGivenDefault: Double

    /// Terms.
    ///
    /// - Throws: ``LendingError`` with code `invalidTerms` where a rate is not above 0 and finite,
    ///   a margin is negative or above the maximum, or the loss given default is not in 0...1.
    public init(
        ratePolicy: RatePolicy, lossGivenDefault: Double = 0.45
    ) throws(LendingError) {
        guard (0...1).contains(lossGivenDefault) else {
            throw LendingError(
                .invalidTerms, "a loss given default of \(lossGivenDefault) is not in 0...1")
        }
        switch ratePolicy {
        case .fixed(let rate):
            guard rate > 0, rate.isFinite else {
                throw LendingError(.invalidTerms, "a rate of \(rate) is not above 0 and finite")
            }
        case .expectedReturn(let margin, let maximum):
            guard margin >= 0, maximum > 0, margin <= maximum, maximum.isFinite else {
                throw LendingError(
                    .invalidTerms, "a margin of \(margin) with a maximum rate of \(maximum)")
            }
        }
        self.init(checked: ratePolicy, lossGivenDefault)
    }

    private init(checked ratePolicy: RatePolicy, _ lossGivenDefault: Double) {
        self.ratePolicy = ratePolicy
        self.lossGivenDefault = lossGivenDefault
    }

    /// An expected return of 5 % with a rate of at most 36 %, and a loss given default of 45 %.
    ///
    /// The rate is this package's choice. 45 % is the supervisory value for senior claims without
    /// collateral in the Basel framework's foundation approach (CRE32.6, version of 2019).
    public static let standard = LoanTerms(
        checked: .expectedReturn(margin: 0.05, maximum: 0.36), 0.45)

    /// The rate for a borrower who defaults with `probability`.
    ///
    /// - Throws: ``LendingError`` with code `invalidProbability` outside 0...1.
    public func rate(forDefaultProbability probability: Double) throws(LendingError) -> Double {
        guard (0...1).contains(probability) else {
            throw LendingError(
                .invalidProbability, "a probability of default of \(probability) is not in 0...1")
        }
        switch ratePolicy {
        case .fixed(let rate): return rate
        case .expectedReturn(let margin, let maximum):
            // At probability 1 the quotient is infinite, or not a number, and the maximum holds.
            let rate = (margin + probability * lossGivenDefault) / (1 - probability)
            return rate < maximum ? rate : maximum
        }
    }

    private enum CodingKeys: String, CodingKey { case ratePolicy, lossGivenDefault }

    /// Reads terms and checks them as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            ratePolicy: values.decode(RatePolicy.self, forKey: .ratePolicy),
            lossGivenDefault: values.decode(Double.self, forKey: .lossGivenDefault))
    }
}
