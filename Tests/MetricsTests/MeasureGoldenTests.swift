// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite struct MeasureGoldenTests {
    let golden: MeasureGolden

    init() throws { golden = try MeasureGolden.load() }

    @Test("ME1, ME2, ME3, ME5: areas, DeLong, H-measure, partial Gini")
    func ranking() throws {
        for golden in golden.ranking {
            let (labels, scores, weights) = (golden.labels, golden.scores, golden.weights)
            let comparison = try AUCComparison(
                labels: labels, first: scores, second: golden.others, weights: weights)
            expectClose(
                [
                    comparison.first.auc, comparison.second.auc, comparison.first.variance,
                    comparison.second.variance, comparison.covariance,
                ], golden.delong, absolute: 1e-13)
            let priors: [MistakeCostPrior] = [.classRatio, .beta(2, 2), .classShares]
            expectClose(
                try priors.map {
                    try hMeasure(labels: labels, scores: scores, weights: weights, prior: $0)
                }, golden.h, absolute: 1e-10)
            let roc = try ROC(labels: labels, scores: scores, weights: weights)
            expectClose(
                try roc.standardisedPartialAUC(falsePositiveRates: 0...0.3), golden.mcclish,
                absolute: 1e-13)
            expectClose(roc.convexHullAUC, golden.hullArea, absolute: 1e-13)
            expectClose(
                try partialGini(
                    labels: labels, probabilities: scores, weights: weights, upTo: 0.6),
                golden.partialGini, absolute: 1e-13)
        }
    }

    @Test("ME4: expected maximum profit")
    func expectedMaximumProfit() throws {
        for golden in golden.ranking {
            let first = try ExpectedMaximumProfit(
                labels: golden.labels, scores: golden.scores, weights: golden.weights)
            let second = try ExpectedMaximumProfit(
                labels: golden.labels, scores: golden.scores, weights: golden.weights,
                noLoss: 0.2, fullLoss: 0.3, returnOnInvestment: 0.1)
            expectClose(
                [first.profit, first.rejectedShare, second.profit, second.rejectedShare],
                golden.emp, absolute: 1e-10)
        }
    }

    @Test("ME6: Murphy's parts, Spiegelhalter, calibration line")
    func calibration() throws {
        for golden in golden.ranking {
            let (labels, scores, weights) = (golden.labels, golden.scores, golden.weights)
            let brier = try BrierDecomposition(
                labels: labels, probabilities: scores, weights: weights)
            expectClose(
                [brier.reliability, brier.resolution, brier.uncertainty], golden.murphy,
                absolute: 1e-14)
            expectClose(brier.withinBins, 0, absolute: 1e-15)
            let test = try SpiegelhalterTest(
                labels: labels, probabilities: scores, weights: weights)
            expectClose([test.z, test.pValue], golden.spiegelhalter, absolute: 1e-13)
            let line = try CalibrationLine(
                labels: labels, probabilities: scores, weights: weights)
            let expected = golden.calibration
            expectClose(
                [
                    line.intercept, line.slope, line.interceptStandardError,
                    line.slopeStandardError, line.covariance, line.inTheLarge,
                    line.inTheLargeStandardError, line.statistic,
                ],
                [
                    expected.intercept, expected.slope, expected.interceptSE, expected.slopeSE,
                    expected.covariance, expected.inTheLarge, expected.inTheLargeSE,
                    expected.statistic,
                ], absolute: 1e-9)
        }
    }

    @Test("ME8, ME9, ME10: costs, drift of samples, performance without labels")
    func costsAndDrift() throws {
        for golden in golden.ranking {
            let (labels, scores, weights) = (golden.labels, golden.scores, golden.weights)
            let costs = try CostMatrix(falsePositive: 1, falseNegative: 5)
            let matrix = try ConfusionMatrix(
                labels: labels, scores: scores, threshold: costs.bayesThreshold, weights: weights)
            let best = try ThresholdChoice(
                labels: labels, scores: scores, objective: .cost(costs), weights: weights)
            expectClose(
                [costs.total(of: matrix), best.value], golden.expectedCost, absolute: 1e-12)
            let drift = try SampleDrift(
                reference: scores, current: golden.others, referenceWeights: weights)
            expectClose([drift.wasserstein, drift.energy], golden.drift, absolute: 1e-13)
            let both = try SampleDrift(
                reference: scores, current: golden.others, referenceWeights: weights,
                currentWeights: weights)
            expectClose([both.kolmogorovSmirnov], golden.ks, absolute: 1e-13)
            let estimate = try EstimatedPerformance(probabilities: scores, weights: weights)
            expectClose(try #require(estimate.auc), golden.expectedArea, absolute: 1e-12)
        }
    }

    @Test("ME7: several classes")
    func multiClass() throws {
        let names = ["a", "b", "c", "d"]
        for golden in golden.multiClass {
            let matrix = try MultiClassConfusionMatrix(
                labels: golden.labels.map { names[$0] },
                predictions: golden.predictions.map { names[$0] }, classes: names,
                weights: golden.weights)
            #expect(matrix.counts == golden.confusion)
            func averages(_ measure: (ConfusionMatrix) -> Double?) throws -> [Double] {
                try [.macro, .weighted, .micro].map {
                    (kind: MultiClassConfusionMatrix.Averaging) in
                    try #require(try matrix.average(kind, of: measure))
                }
            }
            expectClose(try averages(\.precision), golden.precision, absolute: 1e-13)
            expectClose(try averages(\.recall), golden.recall, absolute: 1e-13)
            expectClose(try averages(\.f1), golden.f1, absolute: 1e-13)
            expectClose(
                [
                    matrix.accuracy, matrix.balancedAccuracy,
                    try #require(matrix.matthewsCorrelation),
                ], [golden.accuracy, golden.balancedAccuracy, golden.mcc], absolute: 1e-13)
            expectClose(
                try [.unweighted, .linear, .quadratic].map {
                    (kind: MultiClassConfusionMatrix.Disagreement) in
                    try #require(matrix.cohensKappa(kind))
                }, golden.kappa, absolute: 1e-13)
            let p = golden.probabilities
            expectClose(
                [
                    try MultiClassScores.logLoss(
                        labels: golden.labels, probabilities: p, weights: golden.weights),
                    try MultiClassScores.brierScore(
                        labels: golden.labels, probabilities: p, weights: golden.weights),
                ], [golden.logLoss, golden.brier], absolute: 1e-13)
            let kinds: [MultiClassScores.AUCKind] = [
                .oneAgainstRest, .oneAgainstRestWeighted, .pairs,
            ]
            expectClose(
                try kinds.prefix(golden.auc.count).map {
                    try MultiClassScores.rocAUC(
                        labels: golden.labels, probabilities: p, kind: $0,
                        weights: golden.weights)
                }, golden.auc, absolute: 1e-13)
        }
    }

    @Test("Regression measures")
    func regression() throws {
        for golden in golden.regression {
            let measures = try RegressionMeasures(
                outcomes: golden.outcomes, predictions: golden.predictions,
                weights: golden.weights)
            expectClose(
                [
                    measures.bias, measures.meanAbsoluteError, measures.meanSquaredError,
                    measures.medianAbsoluteError, measures.maximumError,
                    try #require(measures.meanAbsolutePercentageError),
                    try #require(measures.rSquared), try #require(measures.explainedVariance),
                    try pinballLoss(
                        outcomes: golden.outcomes, predictions: golden.predictions, quantile: 0.8,
                        weights: golden.weights),
                ],
                [
                    golden.bias, golden.mae, golden.mse, golden.medianAE, golden.maximum,
                    golden.mape, golden.r2, golden.explained, golden.pinball,
                ], relative: 1e-12, absolute: 1e-14)
        }
    }

    @Test("ME12: default rate tests and exact intervals")
    func backtests() throws {
        for golden in golden.backtests {
            let test = try DefaultRateTest(
                defaults: golden.defaults, total: golden.total, probability: golden.probability)
            expectClose(
                [
                    test.binomialPValue, test.jeffreysPValue, test.normalPValue,
                    test.kupiecStatistic,
                ], [golden.binomial, golden.jeffreys, golden.normal, golden.kupiec],
                relative: 1e-11, absolute: 1e-15)
            let interval = try test.defaults.interval()
            expectClose([interval.lower, interval.upper], golden.interval, relative: 1e-10)
        }
    }

    @Test("ME9: stability index with its thresholds, distances of distributions")
    func distributions() throws {
        let golden = golden.distributions
        let index = try StabilityIndex(reference: golden.reference, current: golden.current)
        let smoothed = try StabilityIndex(
            reference: golden.reference, current: golden.current, emptyBins: .pseudoCount(0.5))
        expectClose([index.value, smoothed.value], golden.psi, relative: 1e-13)
        expectClose(
            [index.pValue, try index.criticalValue()], [golden.pValue, golden.critical],
            relative: 1e-9)
        let distance = try DistributionDistance(
            reference: golden.reference, current: golden.current)
        expectClose(
            [
                distance.jensenShannon, distance.hellinger, distance.totalVariation,
                try #require(distance.kullbackLeibler),
            ],
            [
                golden.jensenShannon, golden.hellinger, golden.totalVariation,
                golden.kullbackLeibler,
            ], relative: 1e-13)
        // Two samples of n numbers each, one shifted by k places: D = k / n, scaled by sqrt(n / 2).
        let n = 800
        for pair in golden.kolmogorov {
            let shift = pair[0] * Double(n) / (Double(n) / 2).squareRoot()
            #expect(abs(shift - shift.rounded()) < 1e-9, "the golden numbers fit n")
            let drift = try SampleDrift(
                reference: (0..<n).map(Double.init),
                current: (0..<n).map { Double($0) + shift.rounded() - 0.5 })
            expectClose(drift.pValue, pair[1], relative: 1e-12, absolute: 1e-15)
        }
    }

    @Test("ME14: Cronbach's alpha, summaries, paired t")
    func samples() throws {
        let golden = golden.samples
        let alpha = try CronbachAlpha(items: golden.items)
        expectClose(
            [alpha.alpha, alpha.standardisedAlpha] + alpha.alphaWithout,
            [golden.alpha, golden.standardised] + golden.without, absolute: 1e-13)
        let summary = try SampleSummary(golden.items[0])
        let interval = try summary.interval(level: 0.9)
        expectClose(
            [
                summary.mean, summary.standardDeviation, summary.standardErrorOfMean,
                interval.lower, interval.upper,
            ], golden.summary, absolute: 1e-12)
        let test = try PairedTTest(golden.items[0], golden.items[1])
        expectClose([test.t, test.pValue], golden.paired, absolute: 1e-11)
    }
}
