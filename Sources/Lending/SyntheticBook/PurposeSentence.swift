// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How the sentence about a loan is put together, and what its words add to the log-odds of default
/// (in hundredths).
///
/// A sentence names the purpose, a reason and a plan to repay. Every choice has at least one word
/// of its own, so a count of words recovers it.
struct PurposeSentence {
    var greeting: Phrase
    var purpose: LoanApplication.Purpose
    var reason: Phrase
    var plan: Phrase

    struct Phrase: Sendable {
        let text: String
        let effect: Int
    }

    private static func phrases(_ list: [(String, Int, Int)]) -> WeightedChoice<Phrase> {
        WeightedChoice(list.map { (Phrase(text: $0.0, effect: $0.1), $0.2) })
    }

    static let greetings = phrases([
        ("Dear Sir or Madam,", 0, 4), ("Hello,", 0, 4), ("Urgent:", 45, 2),
        ("Good morning,", -10, 2),
    ])

    static let reasons = phrases([
        ("because the old one is worn out", -10, 6), ("because the price is low now", -25, 5),
        ("because our family grows", 0, 5), ("because we move to another town", 10, 4),
        ("because medical bills used up my cash", 40, 2), ("because the rent is overdue", 65, 2),
        ("because other loans must be consolidated", 50, 3),
        ("because I planned it for years", -35, 3),
    ])

    static let plans = phrases([
        ("my salary covers every instalment", -25, 8), ("half of it is saved already", -55, 4),
        ("my brother will help me", 15, 3), ("I expect a bonus", 20, 3),
        ("I hope to earn more soon", 50, 4), ("my tenants pay me monthly", -20, 2),
    ])

    static func draw(
        purpose: LoanApplication.Purpose, _ random: inout RandomStream
    ) -> PurposeSentence {
        PurposeSentence(
            greeting: greetings.draw(&random), purpose: purpose, reason: reasons.draw(&random),
            plan: plans.draw(&random))
    }

    static let driverNames = ["greeting", "reason", "plan"]

    /// What the words but the purpose contribute, in the order of ``driverNames``.
    var effects: [Int] { [greeting.effect, reason.effect, plan.effect] }

    /// The distribution of the sum of ``effects``.
    static var distribution: LogOddsDistribution {
        [greetings, reasons, plans].reduce(.zero) {
            $0.convolved(with: $1.distribution { $0.effect })
        }
    }

    /// The sentence.
    var text: String {
        "\(greeting.text) I need the money for \(thing) \(reason.text), and \(plan.text)."
    }

    private var thing: String {
        switch purpose {
        case .car: "a car"
        case .radioTelevision: "a television set"
        case .furniture: "new furniture"
        case .business: "my business"
        case .education: "a course of education"
        case .repairs: "repairs at home"
        case .appliances: "a kitchen appliance"
        case .other: "a vacation"
        }
    }
}
