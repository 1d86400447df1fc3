// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A loan book that is invented from a seed, whose law of default is known exactly.
///
/// Nobody in it exists. Every loan has eight parameters of the application, four groups of
/// indicators, a sentence about its purpose, ties in a network, and the history of its repayments.
/// Whether it defaults is drawn with
///
/// ```
/// P(default) = 1 / (1 + exp(-(b + application + indicators + words + network)))
/// ```
///
/// where each summand is a known function of one part, summands are independent of each other, and
/// `b` makes the mean probability equal ``defaultRate``. Sex is drawn and has no effect. Because
/// each summand is a whole number of hundredths with a known distribution, the best possible AUC of
/// every part is known: see ``bayesOptimalAUC(of:)``. All tables are in <doc:SyntheticBook>.
///
/// The same count, rate and seed give the same book on every machine.
public struct SyntheticLoanBook: Sendable {
    /// One loan of the book.
    public struct Loan: Sendable, Hashable {
        /// The eight parameters.
        public let application: LoanApplication
        /// The indicators in their four groups.
        public let indicators: CreditIndicators
        /// What the applicant writes about the loan.
        public let purposeText: String
        /// The probability of default that the outcome was drawn with.
        public let defaultProbability: Double
        /// Whether an instalment is written off.
        public let isDefault: Bool
    }

    /// The expected share of defaults.
    public let defaultRate: Double
    /// The seed.
    public let seed: UInt64
    /// The loans; their index is the row of ``table()`` and of every other result.
    public let loans: [Loan]
    /// Whether each loan defaults.
    public let labels: [Bool]
    /// Who shares what with whom.
    public let network: BorrowerNetwork

    let design: LoanBookDesign
    /// Each driver's effect in hundredths, by component (loans x drivers, row-major).
    let effects: [LogOddsComponent: [Int16]]

    /// Draws `count` loans.
    ///
    /// - Parameters:
    ///   - count: The number of loans, 1...1,000,000.
    ///   - defaultRate: The expected share of defaults, 0.001...0.999.
    ///   - seed: The seed of everything random in the book.
    /// - Throws: ``LendingError`` with code `invalidBook`.
    /// - Complexity: O(count).
    public init(
        count: Int = 5000, defaultRate: Double = 0.2, seed: UInt64
    ) throws(LendingError) {
        guard (1...1_000_000).contains(count) else {
            throw LendingError(.invalidBook, "\(count) loans are not in 1...1,000,000")
        }
        guard (0.001...0.999).contains(defaultRate) else {
            throw LendingError(
                .invalidBook, "a default rate of \(defaultRate) is not in 0.001...0.999")
        }
        let stream = RandomStream(seed: seed).child("synthetic-loan-book")
        let network = NetworkDesign.draw(count: count, from: stream.child("network"))
        let networkEffects = NetworkDesign.effects(in: network)
        let design = LoanBookDesign(defaultRate: defaultRate)
        var loans: [Loan] = []
        loans.reserveCapacity(count)
        var effects: [LogOddsComponent: [Int16]] = [:]
        for row in 0..<count {
            var random = stream.child("loan", row)
            let application = ApplicationDesign.draw(&random)
            let indicators = CreditIndicators.draw(&random)
            let sentence = PurposeSentence.draw(purpose: application.purpose, &random)
            var total = 0
            for component in LogOddsComponent.allCases {
                let terms =
                    switch component {
                    case .application: ApplicationDesign.effects(application)
                    case .purpose: [ApplicationDesign.effect(application.purpose)]
                    case .words: sentence.effects
                    case .network: networkEffects[row]
                    case .basicInformation, .repaymentAbility, .badCreditHistory,
                        .externalCreditStatus:
                        indicators.effects(of: component)
                    }
                effects[component, default: []] += terms.map(Int16.init)
                total += terms.reduce(0, +)
            }
            let probability = design.logistic.probability(hundredths: total)
            loans.append(
                Loan(
                    application: application, indicators: indicators, purposeText: sentence.text,
                    defaultProbability: probability, isDefault: random.uniform() < probability))
        }
        self.defaultRate = defaultRate
        self.seed = seed
        self.loans = loans
        labels = loans.map(\.isDefault)
        self.network = network
        self.design = design
        self.effects = effects
    }

    /// The number of loans.
    public var count: Int { loans.count }
}
