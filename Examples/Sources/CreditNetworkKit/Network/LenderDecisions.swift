// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Lending
import ReportKit

/// What one type of lender would put into each loan whose score was agreed.
struct LenderDecisions {
    /// The type.
    var name: String
    /// The bank that lends this way.
    var bank: Bank
    /// One decision per accepted score.
    var decisions: [LendingDecision]

    /// Asks the first bank of each type.
    ///
    /// - Throws: `LendingError` where a bank cannot value a loan.
    static func decide(
        on outcomes: [ScoreOutcome], _ participants: Participants
    ) throws(LendingError) -> [LenderDecisions] {
        let accepted = outcomes.filter(\.isAccepted)
        var result: [LenderDecisions] = []
        for ((name, _), bank) in zip(Participants.lenders, participants.banks) {
            var decisions: [LendingDecision] = []
            for outcome in accepted { decisions.append(try bank.decide(on: outcome)) }
            result.append(LenderDecisions(name: name, bank: bank, decisions: decisions))
        }
        return result
    }

    /// The mean share of the budget.
    var meanShare: Double { Self.mean(decisions.map(\.share)) }

    /// How many loans take the whole budget, some of it, and none.
    var counts: (full: Int, part: Int, none: Int) {
        let full = decisions.count { $0.share >= 1 }
        let none = decisions.count { $0.share <= 0 }
        return (full, decisions.count - full - none, none)
    }

    /// The lenders' parameters and how they decide.
    static func table(_ lenders: [LenderDecisions]) -> ReportTable {
        ReportTable(
            caption: "Types of lenders and what they decide on the agreed scores",
            columns: [
                .text("Lender"), .number("τ"), .number("χ"), .number("λ"),
                .number("Mean Ω"), .number("Mean ξ"), .number("ξ = 1"),
                .number("0 < ξ < 1"), .number("ξ = 0"),
            ],
            rows: lenders.map { one in
                let lender = one.bank.lender
                return [
                    one.name, lender.gainExponent.text(2), lender.lossExponent.text(2),
                    lender.lossAversion.text(2),
                    mean(one.decisions.map(\.investment.omega)).text(3),
                    one.meanShare.text(3), one.counts.full.text, one.counts.part.text,
                    one.counts.none.text,
                ]
            })
    }

    /// The mean share by grade, the best grade first.
    static func gradeTable(_ lenders: [LenderDecisions]) -> ReportTable {
        let grades = ScoreGrade.allCases.reversed()
        return ReportTable(
            caption: "Mean ξ by grade",
            columns: [.text("Lender")] + grades.map { .number($0.rawValue) },
            rows: lenders.map { one in
                [one.name]
                    + grades.map { grade in
                        let shares = one.decisions.filter { $0.grade == grade }.map(\.share)
                        return shares.isEmpty ? "" : mean(shares).text(3)
                    }
            })
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}
