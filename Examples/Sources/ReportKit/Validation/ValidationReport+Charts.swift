// SPDX-License-Identifier: Apache-2.0

import Metrics

/// The series of a validation as charts; nil where there is nothing to draw.
extension ValidationReport {
    var rocChart: Chart? {
        guard roc.count >= 2, let area = self["roc_auc"] else { return nil }
        return Chart(
            "ROC curve", caption: "Defaults caught against repaid loans refused.",
            .roc(
                ROCPlot(
                    falsePositiveRates: roc.map(\.falsePositiveRate),
                    truePositiveRates: roc.map(\.truePositiveRate), areaUnderCurve: area.value)))
    }

    /// The shares of both outcomes below a probability, and where they are furthest apart.
    var distanceChart: Chart? {
        // The curve runs down the probabilities and starts without a threshold.
        var points = roc.reversed().compactMap { point in
            point.threshold.map {
                (x: $0, bad: 1 - point.truePositiveRate, good: 1 - point.falsePositiveRate)
            }
        }
        guard let first = points.first, let last = points.last else { return nil }
        if first.x > 0 { points.insert((0, 0, 0), at: 0) }
        if last.x < 1 { points.append((1, 1, 1)) }
        let widest = kolmogorovSmirnov
        return Chart(
            "Kolmogorov-Smirnov",
            caption: "Loans below a probability; the bar stands at \(widest.threshold.text(3)).",
            .lines(
                LinePlot(
                    xTitle: "probability of default", yTitle: "share of each outcome below",
                    x: points.map(\.x),
                    series: [
                        LinePlot.Series("repaid", tone: .good, points.map(\.good)),
                        LinePlot.Series("defaulted", tone: .bad, points.map(\.bad)),
                    ],
                    gap: LinePlot.Gap(
                        x: widest.threshold, from: 1 - widest.truePositiveRate,
                        to: 1 - widest.falsePositiveRate,
                        label: "KS " + widest.statistic.text(3)))))
    }

    var gainsChart: Chart? {
        guard !gains.buckets.isEmpty else { return nil }
        let shares = [0] + gains.buckets.map(\.cumulativeShare)
        return Chart(
            "Gains", caption: "Defaults found among the riskiest loans.",
            .lines(
                LinePlot(
                    xTitle: "share of the loans, riskiest first", yTitle: "share of the defaults",
                    x: shares,
                    series: [
                        LinePlot.Series(
                            "by the score", [0] + gains.buckets.map(\.cumulativePositives)),
                        LinePlot.Series("by chance", tone: .good, shares),
                    ])))
    }

    var precisionChart: Chart? {
        guard let first = precisionRecall.first else { return nil }
        return Chart(
            "Precision and recall", caption: "How pure the loans above a threshold are.",
            .lines(
                LinePlot(
                    xTitle: "recall", yTitle: "precision",
                    x: [0] + precisionRecall.map(\.recall),
                    series: [
                        LinePlot.Series(
                            "by the score", [first.precision] + precisionRecall.map(\.precision)),
                        LinePlot.Series(
                            "by chance", tone: .good,
                            [Double](repeating: positiveRate, count: precisionRecall.count + 1)),
                    ])))
    }

    var reliabilityChart: Chart {
        Chart(
            "Calibration", caption: "Groups of equal count with Wilson's 95 % intervals.",
            .calibration(
                CalibrationPlot(
                    bins: calibration.reliability.bins.map {
                        CalibrationPlot.Bin(
                            predicted: $0.meanProbability, events: $0.observedRate * $0.weight,
                            count: $0.weight)
                    })))
    }

    var distributionChart: Chart? {
        guard let last = distribution.last else { return nil }
        let bad = weight * positiveRate
        let good = weight - bad
        return Chart(
            "Probability by outcome", caption: "How far the outcomes lie apart.",
            .histogram(
                HistogramPlot(
                    axisTitle: "probability of default",
                    edges: distribution.map(\.lowerBound) + [last.upperBound],
                    series: [
                        HistogramPlot.Series(
                            "repaid", tone: .good, distribution.map { $0.negatives * good }),
                        HistogramPlot.Series(
                            "defaulted", tone: .bad, distribution.map { $0.positives * bad }),
                    ])))
    }

    var costChart: Chart? {
        let points = decision.costCurve.points
        guard points.count >= 2 else { return nil }
        return Chart(
            "Cost of decisions",
            caption: "Mean cost of a loan where refusing a good one costs 1.",
            .lines(
                LinePlot(
                    xTitle: "cost of a default, in refusals", yTitle: "mean cost",
                    x: points.map(\.ratio),
                    series: [
                        LinePlot.Series("by the score", points.map(\.meanCost)),
                        LinePlot.Series(
                            "all or none", tone: .good, points.map(\.meanCostWithoutScore)),
                    ])))
    }
}
