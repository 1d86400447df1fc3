// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Metrics
import Models
import ReportKit

/// The report of one run.
struct CardReport {
    var results: CardResults
    var seed: UInt64

    /// The report.
    var report: Report {
        Report(
            title: "Scorecard",
            summary: """
                \(results.card.variables.count) variables of \(results.scores.count.text) loans in \
                monotone bins, a logistic regression on their weights of evidence, and points for \
                every bin.
                """,
            figures: headline, sections: [cardSection, qualitySection, applicantSection],
            footer: footer)
    }

    /// Where everything comes from.
    var footer: [String] {
        [
            "Data: \(results.loans.origin).", "Card \(results.document.digest).",
            "Seed \(seed). The same data and seed give the same card.",
        ]
    }

    /// The results in a few lines for a terminal.
    func summary(report file: URL) -> String {
        let auc = results.validation.summary(of: \.rocAUC)
        var rows = [
            ("data", results.loans.origin),
            ("AUC, ten folds", "\(auc.mean.text(3)) (sd \(auc.standardDeviation.text(3)))"),
            ("variables", "\(results.card.variables.count) of \(results.bins.report.count)"),
            ("scores", "\(Int(results.card.lowestScore)) to \(Int(results.card.highestScore))"),
            (
                "SQLite agrees",
                "\(results.equalInSQL.text) of \(results.scores.count.text) loans"
            ),
            ("applicant \(results.applicant)", "\(Int(results.scores[results.applicant])) points"),
        ]
        for reason in results.reasons {
            rows.append(
                (
                    "  \(reason.statement.code)",
                    "\(reason.statement.text) (\(Int(reason.shortfall)) points below the best)"
                ))
        }
        rows.append(("HMDA denial codes", denialCodes))
        rows.append(("to gain \(results.gain.text(0)) points", changes))
        rows.append(("report", file.path))
        let width = rows.reduce(0) { max($0, $1.0.count) } + 2
        return rows.map { name, value in
            name.padding(toLength: width, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    private var denialCodes: String {
        results.reasons.hmdaDenialReasons.map { "\($0.rawValue)" }.joined(separator: ", ")
    }

    private var changes: String {
        guard let counterfactual = results.counterfactual else {
            return "no allowed change is enough"
        }
        return counterfactual.changes.map { "\($0.variable) \($0.from) to \($0.to)" }
            .joined(separator: "; ")
    }

    private var headline: [HeadlineFigure] {
        let auc = results.validation.summary(of: \.rocAUC)
        return [
            HeadlineFigure(
                "AUC, ten folds", auc.mean.text(3), note: "sd \(auc.standardDeviation.text(3))"),
            HeadlineFigure(
                "Variables", results.card.variables.count.text,
                note: "of \(results.bins.report.count)"),
            HeadlineFigure(
                "Scores",
                "\(Int(results.card.lowestScore)) to \(Int(results.card.highestScore))",
                note: "20 points double the odds"),
            HeadlineFigure(
                "SQLite agrees", results.equalInSQL.text,
                note: "of \(results.scores.count.text) loans"),
        ]
    }

    private var cardSection: ReportSection {
        let offTrend = results.bins.variablesOffTrend
        return ReportSection(
            "The card",
            [
                .paragraph(
                    """
                    Every variable's bins are the best that keep a rising or falling event rate. \
                    600 points are odds of 50 : 1 of repayment to default, and 20 points more \
                    double them. Sex, age and origin are not on the card.
                    """),
                .tables([binTable]), .tables([coefficientTable, eliminationTable]),
                .notes(
                    offTrend.isEmpty
                        ? [] : ["No monotone bins for \(offTrend.joined(separator: ", "))."]),
            ])
    }

    private var binTable: ReportTable {
        ReportTable(
            caption: "Points of every bin that has loans",
            columns: [
                .text("Variable"), .text("Bin"), .number("Share"), .number("Defaults"),
                .number("WoE"), .number("Points"),
            ],
            rows: results.document.variables.flatMap(rows))
    }

    private func rows(of variable: ScorecardDocument.Variable) -> [[String]] {
        let bins = variable.bins.filter { $0.count > 0 }
        return bins.enumerated().map { index, bin -> [String] in
            let name = index == 0 ? variable.name : ""
            let shares = [bin.share.percent(), bin.eventRate.percent()]
            return [name, bin.label] + shares
                + [bin.weightOfEvidence.text(3), bin.points.text(0)]
        }
    }

    private var coefficientTable: ReportTable {
        ReportTable(
            caption: "The regression on weights of evidence",
            columns: [
                .text("Variable"), .number("Coefficient"), .number("95 % interval"), .number("p"),
                .number("IV"), .text("Points run"),
            ],
            rows: results.document.variables.map { variable in
                let coefficient = variable.coefficient
                let interval = [coefficient.lower95, coefficient.upper95].compactMap { $0?.text(2) }
                return [
                    variable.name, coefficient.value.text(3), interval.joined(separator: " to "),
                    coefficient.pValue.map { $0 < 0.0001 ? "< 0.0001" : $0.text(4) } ?? "",
                    variable.informationValue.text(3), variable.pointsTrend,
                ]
            })
    }

    private var eliminationTable: ReportTable {
        ReportTable(
            caption: "Not on the card", columns: [.text("Variable"), .text("Why")],
            rows: results.document.eliminations.map { elimination in
                let why =
                    switch elimination.reason {
                    case .notSelected(_, let value): "information value \(value.text(3))"
                    case .constant: "one weight of evidence"
                    case .contradictingSign(let value): "sign against its bins (\(value.text(3)))"
                    case .insignificant(let value): "p-value \(value.text(3))"
                    }
                return [elimination.variable, why]
            })
    }

    private var qualitySection: ReportSection {
        let low = (results.card.lowestScore / 20).rounded(.down) * 20
        let high = (results.card.highestScore / 20).rounded(.up) * 20
        func values(ofDefaults isDefault: Bool) -> [Double] {
            zip(results.scores, results.isDefault).filter { $0.1 == isDefault }.map(\.0)
        }
        return ReportSection(
            "How well it tells them apart",
            [
                .charts([
                    Chart(
                        "ROC curve", caption: "Out of fold, bins and card fitted without the loan.",
                        .roc(
                            ROCPlot(
                                falsePositiveRates: results.curve.points.map(\.falsePositiveRate),
                                truePositiveRates: results.curve.points.map(\.truePositiveRate),
                                areaUnderCurve: results.curve.auc))),
                    Chart(
                        "Score by outcome", caption: "The card of all loans.",
                        .histogram(
                            HistogramPlot(
                                axisTitle: "score (points)",
                                edges: Array(stride(from: low, through: high, by: 20)),
                                values: [
                                    ("repaid", .good, values(ofDefaults: false)),
                                    ("defaulted", .bad, values(ofDefaults: true)),
                                ]))),
                ])
            ])
    }

    private var applicantSection: ReportSection {
        let score = Int(results.scores[results.applicant])
        var blocks: [ReportBlock] = [
            .paragraph(
                """
                Loan \(results.applicant) has \(score) points. These are the reasons why it has \
                not more, compared with the best bin of every variable; in a report under the Home \
                Mortgage Disclosure Act their codes would be \(denialCodes).
                """),
            .tables([
                ReportTable(
                    caption: "Reasons",
                    columns: [
                        .text("Code"), .text("Reason"), .text("Because of"),
                        .number("Points below the best"),
                    ],
                    rows: results.reasons.map { reason in
                        [
                            reason.statement.code, reason.statement.text,
                            reason.losses.map { "\($0.variable): \($0.bin)" }
                                .joined(separator: "; "),
                            reason.shortfall.text(0),
                        ]
                    })
            ]),
        ]
        if let counterfactual = results.counterfactual {
            blocks.append(
                .tables([
                    ReportTable(
                        caption: "The fewest changes that gain \(results.gain.text(0)) points, "
                            + "to \(Int(counterfactual.changedScore))",
                        columns: [
                            .text("Variable"), .text("From"), .text("To"), .number("Points"),
                        ],
                        rows: counterfactual.changes.map {
                            [$0.variable, $0.from, $0.to, "+" + $0.gain.text(0)]
                        })
                ]))
        } else {
            blocks.append(
                .notes([
                    "Nothing that the applicant can change gains \(results.gain.text(0)) points."
                ]))
        }
        return ReportSection("One applicant", blocks)
    }
}
