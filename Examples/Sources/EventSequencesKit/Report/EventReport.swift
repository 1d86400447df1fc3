// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Models
import ReportKit

/// The report of one run.
struct EventReport {
    var results: EventResults
    var borrowerCount: Int
    var epochLimit: Int
    var seed: UInt64

    /// The report.
    var report: Report {
        Report(
            title: "Event sequences",
            summary: """
                \(borrowerCount.text) invented borrowers, scored half a year after their loans by \
                what they did before and since, what they wrote, whom they work for, and what they \
                earn: each alone, and all in one network, as Li and Wang, Application of Deep \
                Learning Method in Financial Technology, propose.
                """,
            figures: [figure(results.fusion)] + results.parts.map(figure),
            sections: [dataSection, systemSection, trainingSection, streamSection],
            footer: [
                """
                Borrowers: invented, seed \(seed); nobody in them exists. Tested are \
                the borrowers of the last months, who were scored after the outcome of \
                every training loan was known.
                """,
                """
                Made by the example EventSequences of swift-credit: swift run -c release \
                EventSequences --borrowers \(borrowerCount) --epochs \(epochLimit) --seed \(seed)
                """,
            ])
    }

    /// The results in a few lines for a terminal.
    func summary(report file: URL) -> String {
        var rows = [
            (
                "borrowers",
                "\(results.trainingCount.text) to fit, \(results.testCount.text) to test, of whom "
                    + "\(results.defaultCount.text) defaulted"
            ), ("AUC", ""),
        ]
        rows += zip(results.parts, results.comparisons).map { part, comparison in
            (
                "  \(part.name)",
                "\(part.area.auc.text(3)) (p \(Self.text(p: comparison.pValue)) against all together)"
            )
        }
        rows.append(("  \(results.fusion.name)", results.fusion.area.auc.text(3)))
        rows.append(("report", file.path))
        let width = rows.reduce(0) { max($0, $1.0.count) } + 2
        return rows.map { name, value in
            name.padding(toLength: width, withPad: " ", startingAt: 0) + value
        }.joined(separator: "\n")
    }

    private func figure(_ system: SystemResult) -> HeadlineFigure {
        HeadlineFigure(
            "AUC, \(system.name)", system.area.auc.text(3),
            note: "se \(system.area.standardError.text(3))")
    }

    static func text(p: Double) -> String { p < 0.0001 ? "below 0.0001" : p.text(4) }

    private var dataSection: ReportSection {
        ReportSection(
            "From logs to rows",
            [
                .paragraph(
                    """
                    A borrower has \(results.meanEventCount.text(1)) events on average: enquiries, \
                    approvals and changes before the loan, then the payout and repayments. An \
                    event log hands them out only as of a day, here that of the score in a monthly \
                    run. Windows of 1 to 24 months before the application, and where the loan \
                    stands, make \(results.windowCount) columns of them; sequences keep their \
                    order. Whether repayments come later and later is in the order only.
                    """),
                .paragraph(
                    """
                    Borrowers who share an employer or a phone are linked from the day of \
                    the later application on, and a neighbour's default counts from the day \
                    on which it became known. So the rows of a training borrower hold \
                    nothing of the borrower's future.
                    """),
                .notes([
                    "\(results.trainingCount.text) borrowers to fit, those whose outcome was known "
                        + "when the first test borrower was scored",
                    "\(results.testCount.text) borrowers to test, of whom "
                        + "\(results.defaultCount.text) defaulted",
                ]),
            ])
    }

    private var systemSection: ReportSection {
        let columns: [ReportTable.Column] = [
            .text("System"), .number("AUC"), .number("95 % from"), .number("to"),
            .number("below the fusion by"), .number("p (DeLong)"),
        ]
        func row(_ system: SystemResult, _ comparison: AUCComparison?) -> [String] {
            let half = 1.96 * system.area.standardError
            return [
                system.name, system.area.auc.text(3), (system.area.auc - half).text(3),
                min(1, system.area.auc + half).text(3),
                comparison.map { $0.difference.text(3) } ?? "",
                comparison.map { Self.text(p: $0.pValue) } ?? "",
            ]
        }
        let best = results.parts.max { $0.area.auc < $1.area.auc }
        return ReportSection(
            "Each part alone, and all together",
            [
                .paragraph(
                    """
                    The network of all parts is one network, trained as a whole. Each \
                    part alone has the same layers and training; the two regressions \
                    are what one would try first.
                    """),
                .tables([
                    ReportTable(
                        columns: columns,
                        rows: zip(results.parts, results.comparisons).map { row($0, $1) }
                            + [row(results.fusion, nil)])
                ]),
                .charts([results.fusion, best].compactMap { $0 }.map(rocChart)),
            ])
    }

    private func rocChart(_ system: SystemResult) -> Chart {
        let points = system.curve.thinned(to: 200)
        return Chart(
            "ROC: \(system.name)",
            .roc(
                ROCPlot(
                    falsePositiveRates: points.map(\.falsePositiveRate),
                    truePositiveRates: points.map(\.truePositiveRate),
                    areaUnderCurve: system.area.auc)))
    }

    private var trainingSection: ReportSection {
        let systems = (results.parts + [results.fusion]).filter { $0.history.count > 1 }
        return ReportSection(
            "Training",
            [
                .paragraph(
                    """
                    The log loss of every epoch: of the rows that were trained on, each as it was \
                    when its batch came, with what dropout left out, and of the validation rows \
                    behind the epoch. The network of the lowest validation loss is kept.
                    """),
                .charts(systems.map(trainingChart)),
            ])
    }

    private func trainingChart(_ system: SystemResult) -> Chart {
        let history = system.history
        let losses = history.map { $0.validationLoss ?? .infinity }
        let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
        return Chart(
            system.name,
            caption: "\(history.count) epochs; the lowest validation loss is "
                + "\(losses[best].text(4)), of epoch \(history[best].epoch).",
            .lines(
                LinePlot(
                    xTitle: "epoch", yTitle: "log loss", x: history.map { Double($0.epoch) },
                    series: [
                        LinePlot.Series("training", history.map { Optional($0.loss) }),
                        LinePlot.Series("validation", tone: .bad, history.map(\.validationLoss)),
                    ])))
    }

    private var streamSection: ReportSection {
        let charts = results.followed.filter { Set($0.days).count > 1 }.map { borrower in
            // Of several events on a day the last one counts.
            let kept = borrower.days.indices.filter {
                $0 + 1 == borrower.days.count || borrower.days[$0 + 1] > borrower.days[$0]
            }
            return Chart(
                borrower.hasDefaulted ? "A borrower who defaulted" : "A borrower who paid",
                caption: "\(borrower.kinds.count) events; \(borrower.probabilities[0].percent(1)) "
                    + "after the first, \(borrower.batchProbability.percent(1)) after the last.",
                .lines(
                    LinePlot(
                        xTitle: "days since the first event", yTitle: "probability of default",
                        x: kept.map { borrower.days[$0] },
                        series: [
                            LinePlot.Series(
                                "score", tone: borrower.hasDefaulted ? .bad : .good,
                                kept.map { Optional(borrower.probabilities[$0]) })
                        ])))
        }
        return ReportSection(
            "A score after every event",
            [
                .paragraph(
                    """
                    The network carries its state from event to event, so each costs one step, \
                    however long the history is. The last score of a stream has the bits of the \
                    whole row's. What is read once, such as the place in the network, is that of \
                    the day of the score.
                    """),
                .charts(charts),
                .tables(results.followed.map(eventTable)),
            ])
    }

    private func eventTable(_ borrower: FollowedBorrower) -> ReportTable {
        ReportTable(
            caption: borrower.hasDefaulted ? "Who defaulted" : "Who paid",
            columns: [.number("Day"), .text("Event"), .number("Probability of default")],
            rows: borrower.kinds.indices.suffix(12).map {
                [
                    borrower.days[$0].text(0), borrower.kinds[$0],
                    borrower.probabilities[$0].percent(1),
                ]
            })
    }
}
