// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

/// ME2 to ME8 on German credit, against values that were computed elsewhere.
@Suite("ME2 to ME8 on German credit", .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanGoldenTests {
    let golden: GermanGolden
    let labels: [Bool]
    let p, p2: [Double]

    init() throws {
        golden = try GermanGolden.load()
        (labels, p, p2) = try GermanGolden.scores()
    }

    @Test func ranking() throws {
        let comparison = try AUCComparison(labels: labels, first: p, second: p2)
        expectClose(comparison.first.variance, golden.delong_var, absolute: 1e-10)
        expectClose(comparison.first.standardError, golden.delong_se, absolute: 1e-10)
        let interval = try comparison.first.interval()
        expectClose([interval.lower, interval.upper], golden.auc_ci95, absolute: 1e-10)
        expectClose(comparison.covariance, golden.delong_cov12, absolute: 1e-10)
        expectClose(comparison.z, golden.delong_z, absolute: 1e-10)
        expectClose(
            try hMeasure(labels: labels, scores: p), golden.h_measure_sr_prior, absolute: 1e-10)
        expectClose(
            try hMeasure(labels: labels, scores: p, prior: .beta(2, 2)), 0.310628, absolute: 1e-6)
        expectClose(
            try hMeasure(labels: labels, scores: p, prior: .classShares), 0.321677,
            absolute: 1e-6)
        expectClose(
            try partialGini(labels: labels, probabilities: p), golden.partial_gini_b04,
            absolute: 1e-10)
        let profit = try ExpectedMaximumProfit(labels: labels, scores: p)
        expectClose(profit.profit, golden.emp, absolute: 1e-10)
        expectClose(profit.rejectedShare, golden.emp_fraction, absolute: 1e-10)
    }

    @Test func calibration() throws {
        let test = try HosmerLemeshowTest(labels: labels, probabilities: p, isInSample: true)
        expectClose([test.statistic, test.pValue], golden.hosmer_lemeshow10, absolute: 1e-10)
        // A maximum-likelihood fit is calibrated on its own rows.
        let line = try CalibrationLine(labels: labels, probabilities: p)
        expectClose([line.intercept, line.slope, line.inTheLarge], [0, 1, 0], absolute: 1e-6)
    }

    @Test func costs() throws {
        let costs = try CostMatrix(falsePositive: 1, falseNegative: 5)
        #expect(costs.bayesThreshold == golden.cost51_threshold)
        let matrix = try ConfusionMatrix(
            labels: labels, scores: p, threshold: costs.bayesThreshold)
        #expect(costs.total(of: matrix) == golden.cost_51_total)
        let curve = try CostCurve(labels: labels, probabilities: p)
        #expect(curve.points.count == 50)
        #expect(curve.points[4].meanCost == golden.cost_51_total / 1000)
        #expect(curve.points[4].meanCostWithoutScore == 0.7)
    }
}
