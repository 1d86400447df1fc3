// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReportKit

/// A sentence of paper 004 about its Figures 4 and 5, held against the loans themselves.
public struct PaperReading: Codable, Hashable, Sendable {
    /// How a reading fares.
    public enum Verdict: String, Codable, Hashable, Sendable {
        /// The numbers say so.
        case holds = "holds"
        /// The numbers lean that way, but such a difference is common by chance (p above 0.05).
        case withinChance = "within chance"
        /// The numbers say the opposite.
        case fails = "does not hold"
    }

    /// What the paper says.
    public var claim: String
    /// How it fares.
    public var verdict: Verdict
    /// The numbers.
    public var evidence: String
}

extension AmountFigures {
    /// The readings of section IV of paper 004; empty where a group has no loans.
    public var readings: [PaperReading] {
        let groups = ages + jobs
        guard groups.allSatisfy({ $0.count > 0 }) else { return [] }
        let (young, thirties, middle, old) = (ages[0], ages[1], ages[2], ages[3])
        func median(_ group: AmountGroup) -> Double { group.good?.median ?? .nan }
        func amounts(_ first: AmountGroup, _ second: AmountGroup) -> String {
            "median of repaid loans \(median(first).text(0)) at \(first.name), "
                + "\(median(second).text(0)) at \(second.name)"
        }
        func rates(_ first: AmountGroup, _ second: AmountGroup) -> String {
            let p = differenceP(
                (first.defaults, first.count), (second.defaults, second.count))
            return "defaults \(first.defaultRate.percent()) at \(first.name), "
                + "\(second.defaultRate.percent()) at \(second.name) (p = \(p.text(2)))"
        }
        let oldHigh = (old.defaultsOfHighAmounts, old.highAmounts)
        let oldLow = (old.defaults - oldHigh.0, old.count - oldHigh.1)
        return [
            PaperReading(
                claim: "Ages 60-80: the median amount of repaid loans is low",
                verdict: ages.dropLast().allSatisfy { median(old) < median($0) } ? .holds : .fails,
                evidence: amounts(old, middle)),
            PaperReading(
                claim: "Ages 60-80 repay in time only when the amount is low",
                verdict: verdict(oldLow, below: oldHigh),
                evidence: """
                    defaults \(share(oldLow).percent()) up to \(highAmount.text(0)) (the upper \
                    quartile of all loans), \(share(oldHigh).percent()) above, where there are \
                    \(old.highAmounts) loans (p = \(differenceP(oldLow, oldHigh).text(2)))
                    """),
            PaperReading(
                claim: "Fewer high amounts go to ages 60-80 than to 40-60",
                verdict: verdict(
                    (old.highAmounts, old.count), below: (middle.highAmounts, middle.count)),
                evidence: """
                    above \(highAmount.text(0)) are \(old.highAmounts) of \(old.count) loans \
                    (\(share((old.highAmounts, old.count)).percent())) against \
                    \(middle.highAmounts) of \(middle.count) \
                    (\(share((middle.highAmounts, middle.count)).percent())); p = \
                    \(differenceP((old.highAmounts, old.count), (middle.highAmounts, middle.count))
                        .text(2))
                    """),
            PaperReading(
                claim: "Ages 30-40 are more trustworthy than 40-60",
                verdict: verdict(
                    (thirties.defaults, thirties.count), below: (middle.defaults, middle.count)),
                evidence: rates(thirties, middle)),
            PaperReading(
                claim: "Ages 20-30 compare to 40-60 in the amounts of repaid loans",
                verdict: abs(median(young) / median(middle) - 1) < 0.1 ? .holds : .fails,
                evidence: amounts(young, middle)),
            PaperReading(
                claim: "Defaults at ages 20-30 are very few compared with 40-60",
                verdict: verdict(
                    (young.defaults, young.count), below: (middle.defaults, middle.count)),
                evidence: rates(young, middle)),
            PaperReading(
                claim: "The highly skilled get higher amounts than unskilled non-residents",
                verdict: jobs[3].medianOfAll > jobs[0].medianOfAll ? .holds : .fails,
                evidence: """
                    median of all loans \(jobs[3].medianOfAll.text(0)) at job 3, \
                    \(jobs[0].medianOfAll.text(0)) at job 0; yet \
                    \(jobs[3].defaultRate.percent()) of the loans at job 3 go bad and \
                    \(jobs[0].defaultRate.percent()) at job 0
                    """),
        ]
    }
}

extension AmountFigures {
    /// The readings, their verdicts and the numbers behind them.
    var readingTable: ReportTable {
        ReportTable(
            caption: """
                What the paper reads from its figures; "within chance" where the numbers lean that \
                way but p is above 0.05
                """,
            columns: [.text("Reading"), .text("Verdict"), .text("Numbers")],
            rows: readings.map { [$0.claim, $0.verdict.rawValue, $0.evidence] })
    }
}

private typealias Tally = (events: Int, count: Int)

private func share(_ tally: Tally) -> Double { Double(tally.events) / Double(tally.count) }

private func verdict(_ first: Tally, below second: Tally) -> PaperReading.Verdict {
    guard share(first) < share(second) else { return .fails }
    return differenceP(first, second) <= 0.05 ? .holds : .withinChance
}

/// The two-sided p-value of equal shares, by the pooled normal approximation.
private func differenceP(_ first: Tally, _ second: Tally) -> Double {
    let pooled = Double(first.events + second.events) / Double(first.count + second.count)
    let variance = pooled * (1 - pooled) * (1 / Double(first.count) + 1 / Double(second.count))
    guard variance > 0 else { return .nan }
    return erfc(abs(share(first) - share(second)) / (2 * variance).squareRoot())
}
