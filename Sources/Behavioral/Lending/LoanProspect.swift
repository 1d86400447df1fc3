// SPDX-License-Identifier: Apache-2.0

/// A loan as a gamble: per unit lent it returns `+rate`, or with the probability of default
/// `-lossGivenDefault`.
///
/// The reference point is the money kept, with return 0. Rates are over the risk-free rate and over
/// the whole term of the loan.
public struct LoanProspect: Hashable, Codable, Sendable {
    /// The probability of default over the term, in `0...1`.
    public let defaultProbability: Double

    /// The return if the loan is repaid, per unit lent over the term: 0.14 is 14 %; at least 0.
    public let rate: Double

    /// The share of the amount that is lost in a default, in `0...1`.
    public let lossGivenDefault: Double

    /// Describes a loan.
    ///
    /// - Parameters:
    ///   - defaultProbability: The probability of default over the term, in `0...1`.
    ///   - rate: The return if the loan is repaid, per unit lent over the term; at least 0.
    ///   - lossGivenDefault: The share of the amount that is lost in a default, in `0...1`.
    /// - Throws: ``BehavioralError`` for a value outside its range, NaN or infinite.
    public init(
        defaultProbability: Double, rate: Double, lossGivenDefault: Double
    ) throws(BehavioralError) {
        try Validation.probability("default probability", defaultProbability)
        try Validation.notNegative("rate", rate)
        guard lossGivenDefault >= 0, lossGivenDefault <= 1 else {
            throw BehavioralError(
                .invalidParameter, "loss given default \(lossGivenDefault) is not in 0...1")
        }
        self.defaultProbability = defaultProbability
        self.rate = rate
        self.lossGivenDefault = lossGivenDefault
    }

    private enum CodingKeys: String, CodingKey {
        case defaultProbability, rate, lossGivenDefault
    }

    /// Reads a loan and checks it.
    ///
    /// - Throws: `DecodingError` for values that the initialiser refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let probability = try container.decode(Double.self, forKey: .defaultProbability)
        let rate = try container.decode(Double.self, forKey: .rate)
        let loss = try container.decode(Double.self, forKey: .lossGivenDefault)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            try LoanProspect(
                defaultProbability: probability, rate: rate, lossGivenDefault: loss)
        }
    }
}
