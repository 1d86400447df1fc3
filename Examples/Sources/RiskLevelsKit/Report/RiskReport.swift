// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lending
import Metrics
import Models
import ReportKit

/// The report of one run.
struct RiskReport {
    var results: ExperimentResults
    var taiwanFile: String?
    var foldCount: Int
    var seed: UInt64

    /// The report.
    var report: Report {
        Report(
            title: "Risk levels",
            summary: """
                Logistic regression, naive Bayes and IBk against a scorecard: the experiment of Li \
                and Yang, Machine Learning and Big Data Application for Risk Assessment of \
                IoT-enabled Financial Management of Credit, on \(loanCount.text) invented loans \
                with four groups of indicators and five levels of repayment.
                """,
            figures: results.systems.map {
                HeadlineFigure("AUC, \($0.name)", foldMean($0), note: foldSpread($0))
            } + [
                HeadlineFigure(
                    "AUC, best possible", bestAUC.text(3), note: "exact, from the law of the loans")
            ],
            sections: [
                claimSection, loanSection, systemSection, groupSection, errorSection,
                levelSection, taiwanSection,
            ],
            footer: [
                """
                Loans: invented, seed \(seed), \(defaultRate.percent(1)) written off; nobody in \
                them exists. Every number is of loans that the system had not seen, in \
                \(foldCount) stratified folds, the same for all systems.
                """,
                """
                Made by the example RiskLevels of swift-credit: swift run -c release RiskLevels \
                \(taiwanFile == nil ? "" : "--taiwan FILE ")--loans \(loanCount) --seed \(seed)
                """,
            ])
    }

    /// The results in a few lines for a terminal.
    func summary(report file: URL) -> String {
        var rows = [
            ("loans", "\(loanCount.text) invented, \(defaultRate.percent(1)) written off"),
            ("AUC, best possible", bestAUC.text(3)),
        ]
        rows += results.systems.map { ("  \($0.name)", "\(foldMean($0)) (\(foldSpread($0)))") }
        rows.append(("kappa of five levels", "squared distances"))
        rows += results.levels.map { ("  \($0.name)", kappa($0)) }
        if let taiwan = results.taiwan {
            rows.append(("AUC, Taiwan", "\(taiwan[0].labels.count.text) card holders"))
            rows += taiwan.map { ("  \($0.name)", "\(foldMean($0)) (\(foldSpread($0)))") }
        } else {
            rows.append(("Taiwan", "left out; --taiwan UCI_Credit_Card.csv takes it in"))
        }
        rows.append(("report", file.path))
        let width = rows.reduce(0) { max($0, $1.0.count) } + 2
        return rows.map { name, value in
            name.padding(toLength: width, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    var loanCount: Int { results.loans.labels.count }
    var defaultRate: Double { Double(results.loans.labels.count { $0 }) / Double(loanCount) }
    var bestAUC: Double { results.loans.book.bayesOptimalAUC(of: .indicators) }

    func kappa(_ result: LevelResult) -> String {
        result.matrix.cohensKappa(.quadratic)?.text(3) ?? "n/a"
    }

    func foldMean(_ result: SystemResult) -> String { result.foldAUC?.mean.text(3) ?? "n/a" }
    func foldSpread(_ result: SystemResult) -> String {
        result.foldAUC.map { "sd \($0.standardDeviation.text(3))" } ?? ""
    }
}
