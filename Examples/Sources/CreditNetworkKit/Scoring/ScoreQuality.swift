// SPDX-License-Identifier: Apache-2.0

public import Metrics
public import Models
import ReportKit

/// How good probabilities of default are that a cross-validation predicted for loans left out.
public struct ScoreQuality: Codable, Hashable, Sendable {
    /// The measures that depend on a threshold.
    public struct Decision: Codable, Hashable, Sendable {
        /// Loans with at least this probability are taken for defaults.
        public var threshold: Double
        /// Right and wrong decisions.
        public var counts: ConfusionMatrix
    }

    /// Whether each loan defaulted.
    public var labels: [Bool]
    /// The probability of default of each loan, from a model that did not see it.
    public var probabilities: [Double]
    /// The area under the ROC curve within each fold.
    public var foldAUCs: [Double]
    /// The mean and the spread of the folds' areas.
    public var auc: ScoreSummary
    /// The curve of all loans together.
    public var curve: ROC
    /// The mean squared error of the probabilities.
    public var brierScore: Double
    /// The mean negative log-likelihood, in nats.
    public var logLoss: Double
    /// At 0.5, and at 1/6, which is best where accepting a bad loan costs five times as much as
    /// refusing a good one, as the German credit file's own cost matrix says.
    public var decisions: [Decision]

    /// Measures the predictions of one repetition of a cross-validation.
    ///
    /// - Throws: `MetricsError` when there are no loans or one outcome only.
    public init(_ report: CrossValidationReport) throws(MetricsError) {
        labels = report.labels
        probabilities = report.seeds.first.flatMap { report.outOfFoldProbabilities(seed: $0) } ?? []
        foldAUCs = report.folds.map(\.scores.rocAUC)
        auc = report.summary(of: \.rocAUC)
        curve = try ROC(labels: labels, scores: probabilities)
        brierScore = try Metrics.brierScore(labels: labels, probabilities: probabilities)
        logLoss = try Metrics.logLoss(labels: labels, probabilities: probabilities)
        var decisions: [Decision] = []
        for threshold in [0.5, 1.0 / 6] {
            decisions.append(
                Decision(
                    threshold: threshold,
                    counts: try ConfusionMatrix(
                        labels: labels, scores: probabilities, threshold: threshold)))
        }
        self.decisions = decisions
    }

    /// The distance of the outcomes' score distributions, after Kolmogorov and Smirnov.
    public var kolmogorovSmirnov: Double { curve.kolmogorovSmirnov.statistic }

    /// The measures that depend on no threshold.
    var rankingTable: ReportTable {
        ReportTable(
            caption: "Ranking and probabilities, every loan predicted by a model that never saw it",
            columns: [.text("Measure"), .number("Value")],
            rows: [
                [
                    "AUC, mean of \(foldAUCs.count) folds",
                    "\(auc.mean.text(3)) (sd \(auc.standardDeviation.text(3)))",
                ],
                ["AUC, all loans together", curve.auc.text(3)],
                ["Gini", curve.gini.text(3)],
                ["Kolmogorov-Smirnov", kolmogorovSmirnov.text(3)],
                ["Brier score", brierScore.text(4)],
                ["Log loss (nats)", logLoss.text(4)],
            ])
    }

    /// The measures at each threshold.
    var decisionTable: ReportTable {
        func row(_ name: String, _ measure: (ConfusionMatrix) -> Double?) -> [String] {
            [name] + decisions.map { measure($0.counts).map { $0.text(3) } ?? "n/a" }
        }
        return ReportTable(
            caption: "Decisions, where a probability at or above the threshold means default",
            columns: [.text("Measure")]
                + decisions.map { .number("at \($0.threshold.text(3))") },
            rows: [
                row("Accuracy") { $0.accuracy }, row("Precision") { $0.precision },
                row("Recall") { $0.recall }, row("F1") { $0.f1 },
                row("Specificity") { $0.specificity },
            ])
    }

    /// The area within each fold.
    var foldTable: ReportTable {
        ReportTable(
            caption: "AUC within each fold",
            columns: [.text("")] + foldAUCs.indices.map { .number("\($0 + 1)") },
            rows: [["AUC"] + foldAUCs.map { $0.text(3) }])
    }

    /// The ROC curve as a chart series.
    var rocPlot: ROCPlot {
        ROCPlot(
            falsePositiveRates: curve.points.map(\.falsePositiveRate),
            truePositiveRates: curve.points.map(\.truePositiveRate), areaUnderCurve: curve.auc)
    }
}
