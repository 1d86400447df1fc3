// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite struct GoldenTests {
    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func germanCredit() throws {
        let golden = try GermanGolden.load()
        let (labels, p, p2) = try GermanGolden.scores()
        #expect(labels.count == 1000)
        let roc = try ROC(labels: labels, scores: p)
        expectClose(roc.auc, golden.auc, absolute: 1e-10)
        expectClose(roc.gini, golden.gini, absolute: 1e-10)
        expectClose(roc.kolmogorovSmirnov.statistic, golden.ks, absolute: 1e-10)
        expectClose(try ROC(labels: labels, scores: p2).auc, golden.auc2, absolute: 1e-10)
        expectClose(
            try PrecisionRecallCurve(labels: labels, scores: p).averagePrecision,
            golden.average_precision, absolute: 1e-10)
        expectClose(
            try brierScore(labels: labels, probabilities: p), golden.brier, absolute: 1e-10)
        expectClose(
            try logLoss(labels: labels, probabilities: p), golden.logloss, absolute: 1e-10)
        expectClose(
            try ReliabilityTable(labels: labels, probabilities: p).expectedCalibrationError,
            golden.ece10_equalwidth, absolute: 1e-10)
        let matrix = try ConfusionMatrix(labels: labels, scores: p, threshold: 0.5)
        #expect(
            [
                [matrix.trueNegatives, matrix.falsePositives],
                [matrix.falseNegatives, matrix.truePositives],
            ] == golden.confusion_05)
        expectClose(try #require(matrix.matthewsCorrelation), golden.mcc_05, absolute: 1e-10)
        expectClose(try #require(matrix.f1), golden.f1_05, absolute: 1e-10)
        expectClose(
            try #require(matrix.balancedAccuracy), golden.balanced_acc_05, absolute: 1e-10)
        expectClose(try #require(matrix.cohensKappa), golden.kappa_05, absolute: 1e-10)
    }

    @Test func scikitLearn() throws {
        for golden in try BinaryGolden.load() {
            let (labels, p, weights) = (golden.labels, golden.probabilities, golden.weights)
            let roc = try ROC(labels: labels, scores: p, weights: weights)
            expectClose(roc.auc, golden.auc, absolute: 1e-13)
            expectClose(roc.kolmogorovSmirnov.statistic, golden.ks, absolute: 1e-13)
            #expect(roc.points.compactMap(\.threshold) == golden.thresholds)
            expectClose(
                roc.points.map(\.falsePositiveRate), golden.falsePositiveRates, absolute: 1e-14)
            expectClose(
                roc.points.map(\.truePositiveRate), golden.truePositiveRates, absolute: 1e-14)
            let curve = try PrecisionRecallCurve(labels: labels, scores: p, weights: weights)
            expectClose(curve.averagePrecision, golden.averagePrecision, absolute: 1e-13)
            expectClose(
                try brierScore(labels: labels, probabilities: p, weights: weights), golden.brier,
                relative: 1e-13)
            expectClose(
                try logLoss(labels: labels, probabilities: p, weights: weights), golden.logLoss,
                relative: 1e-13)
            let matrix = try ConfusionMatrix(
                labels: labels, scores: p, threshold: 0.5, weights: weights)
            expectClose(
                [
                    matrix.trueNegatives, matrix.falsePositives, matrix.falseNegatives,
                    matrix.truePositives,
                ], golden.confusion.flatMap { $0 }, absolute: 1e-12)
            expectClose(
                [
                    matrix.accuracy, try #require(matrix.precision), try #require(matrix.recall),
                    try #require(matrix.f1), try #require(try matrix.fMeasure(beta: 2)),
                    try #require(matrix.balancedAccuracy),
                    try #require(matrix.matthewsCorrelation), try #require(matrix.cohensKappa),
                ],
                [
                    golden.accuracy, golden.precision, golden.recall, golden.f1, golden.f2,
                    golden.balancedAccuracy, golden.mcc, golden.kappa,
                ], absolute: 1e-13)
        }
    }
}
