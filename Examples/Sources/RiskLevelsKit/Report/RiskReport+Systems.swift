// SPDX-License-Identifier: Apache-2.0

import Metrics
import Models
import ReportKit

extension RiskReport {
    var systemSection: ReportSection {
        let systems = results.systems
        return ReportSection(
            "Who defaults: every system on all loans",
            [
                .paragraph(
                    """
                    The best possible row ranks by the true probability of default given the \
                    indicators. The law of these loans allows an AUC of \(bestAUC.text(4)) in \
                    expectation. At a threshold of one half, refusing nobody is right for \
                    \((1 - defaultRate).percent(1)) of the loans.
                    """),
                .tables([rankingTable(systems + [results.best])]),
                .tables(decisionTables(systems + [results.best])),
                .tables([comparisonTable(results.comparisons)]),
                .charts(systems.map(rocChart)),
                .charts(systems.map(calibrationChart)),
            ])
    }

    var taiwanSection: ReportSection {
        guard let taiwan = results.taiwan, let taiwanFile else {
            return ReportSection(
                "Credit card holders in Taiwan",
                [
                    .paragraph(
                        "Left out: the run had no file. --taiwan UCI_Credit_Card.csv takes it in.")
                ])
        }
        let rate = Double(taiwan[0].labels.count { $0 }) / Double(taiwan[0].labels.count)
        return ReportSection(
            "Credit card holders in Taiwan",
            [
                .paragraph(
                    """
                    \(taiwanFile) (Yeh and Lien, doi:10.24432/C55S3H): \
                    \(taiwan[0].labels.count.text) holders, of whom \(rate.percent(1)) defaulted \
                    in the next month. Sex, age and marriage are not used. Refusing nobody is \
                    right for \((1 - rate).percent(1)).
                    """),
                .tables([rankingTable(taiwan)]), .tables(decisionTables(taiwan)),
                .tables([comparisonTable(results.taiwanComparisons)]),
                .charts(taiwan.map(calibrationChart)),
            ])
    }

    private func rankingTable(_ systems: [SystemResult]) -> ReportTable {
        ReportTable(
            caption: "Ranking and probabilities",
            columns: [
                .text("System"), .number("AUC, mean of folds"), .number("sd"),
                .number("AUC, all together"), .number("KS"), .number("Brier score"),
                .number("Log loss (nats)"),
            ],
            rows: systems.map { system in
                [
                    system.name, foldMean(system),
                    system.foldAUC?.standardDeviation.text(3) ?? "n/a", system.curve.auc.text(3),
                    system.curve.kolmogorovSmirnov.statistic.text(3), system.brierScore.text(4),
                    system.logLoss.text(4),
                ]
            })
    }

    private func decisionTables(_ systems: [SystemResult]) -> [ReportTable] {
        func table(_ caption: String, _ counts: (SystemResult) -> ConfusionMatrix) -> ReportTable {
            ReportTable(
                caption: caption,
                columns: [
                    .text("System"), .number("Accuracy"), .number("Precision"), .number("Recall"),
                    .number("F1"),
                ],
                rows: systems.map { system in
                    let matrix = counts(system)
                    let ratios = [matrix.accuracy, matrix.precision, matrix.recall, matrix.f1]
                    return [system.name] + ratios.map { $0?.text(3) ?? "n/a" }
                })
        }
        return [
            table("A loan is taken for bad from a probability of 0.5", \.atHalf),
            table("A loan is taken for bad from the share of bad loans", \.atDefaultRate),
        ]
    }

    private func comparisonTable(_ comparisons: [SystemComparison]) -> ReportTable {
        ReportTable(
            caption: """
                Less the scorecard's: squared error in pairs, loan by loan (below 0 is better than \
                the scorecard), and AUC by DeLong's test (above 0 is better)
                """,
            columns: [
                .text("System"), .number("Squared error, mean"), .number("Standard deviation"),
                .number("Standard error"), .number("t"), .number("p"), .number("AUC"),
                .number("z"), .number("p"),
            ],
            rows: comparisons.map { comparison in
                let errors = comparison.squaredErrors
                let areas = comparison.areas
                return [
                    comparison.name, errors.differences.mean.text(5),
                    errors.differences.standardDeviation.text(4),
                    errors.differences.standardErrorOfMean.text(5), errors.t.text(2),
                    pText(errors.pValue), areas.difference.text(4), areas.z.text(2),
                    pText(areas.pValue),
                ]
            })
    }

    private func pText(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : value.text(4) }

    private func rocChart(_ system: SystemResult) -> Chart {
        // A curve of thousands of loans has more points than a page can show.
        var points = system.curve.points.prefix(1)
        for point in system.curve.points.dropFirst() {
            guard let last = points.last else { continue }
            let step = max(
                point.falsePositiveRate - last.falsePositiveRate,
                point.truePositiveRate - last.truePositiveRate)
            if step >= 0.004 || point == system.curve.points.last { points.append(point) }
        }
        return Chart(
            "ROC curve, \(system.name)",
            .roc(
                ROCPlot(
                    falsePositiveRates: points.map(\.falsePositiveRate),
                    truePositiveRates: points.map(\.truePositiveRate),
                    areaUnderCurve: system.curve.auc)))
    }

    private func calibrationChart(_ system: SystemResult) -> Chart {
        Chart(
            "Calibration, \(system.name)",
            .calibration(
                CalibrationPlot(probabilities: system.probabilities, labels: system.labels)))
    }
}
