// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import RiskLevelsKit
import Testing

/// Measures against scikit-learn's and SciPy's; see `Scripts/golden/risk_levels.py`.
@Suite struct MeasureTests {
    private struct Golden: Decodable {
        struct System: Decodable {
            var auc, brierScore, logLoss, accuracyAtHalf, f1AtDefaultRate: Double
            var errorMean, errorDeviation, errorStandardError: Double
            var otherProbability, pairedMean, pairedT, pairedP: Double
        }

        var levels, predictions: [Int]
        var probabilities: [[Double]]
        var confusion: [[Double]]
        var accuracy, balancedAccuracy, meanF1, meanDistance, quadraticKappa: Double
        var meanAUC, worstLevelAUC: Double
        var system: System
    }

    private let golden: Golden

    init() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "risk_levels", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }

    private func isClose(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) <= 1e-12 * max(1, abs(expected)) } ?? false
    }

    @Test func `Five levels: as scikit-learn`() throws {
        let result = try LevelResult(
            name: "any", classes: ["a", "b", "c", "d", "e"], levels: golden.levels,
            predictions: golden.predictions, probabilities: golden.probabilities)
        #expect(result.matrix.counts == golden.confusion)
        #expect(isClose(result.matrix.accuracy, golden.accuracy))
        #expect(isClose(result.matrix.balancedAccuracy, golden.balancedAccuracy))
        #expect(isClose(result.meanF1, golden.meanF1))
        #expect(isClose(result.meanDistance, golden.meanDistance))
        #expect(isClose(result.matrix.cohensKappa(.quadratic), golden.quadraticKappa))
        #expect(isClose(result.meanAUC, golden.meanAUC))
        #expect(isClose(result.worstLevelAUC, golden.worstLevelAUC))
    }

    @Test func `A level that is never foretold has no part in the mean F1`() throws {
        let result = try LevelResult(
            name: "any", classes: ["a", "b"], levels: [0, 0, 1], predictions: [0, 0, 0],
            probabilities: nil)
        #expect(result.meanF1 == 0.4)
        #expect(result.matrix.cohensKappa(.quadratic) == 0)
        #expect(result.meanAUC == nil)
    }

    @Test func `Default: as scikit-learn and SciPy`() throws {
        let labels = golden.levels.map { $0 == 4 }
        let expected = golden.system
        let system = try SystemResult(
            name: "any", labels: labels, probabilities: golden.probabilities.map { $0[4] },
            foldAUC: nil)
        #expect(isClose(system.curve.auc, expected.auc))
        #expect(isClose(system.brierScore, expected.brierScore))
        #expect(isClose(system.logLoss, expected.logLoss))
        #expect(isClose(system.atHalf.accuracy, expected.accuracyAtHalf))
        #expect(isClose(system.atDefaultRate.f1, expected.f1AtDefaultRate))
        #expect(isClose(system.error.mean, expected.errorMean))
        #expect(isClose(system.error.standardDeviation, expected.errorDeviation))
        #expect(isClose(system.error.standardErrorOfMean, expected.errorStandardError))
        let other = try SystemResult(
            name: "other", labels: labels,
            probabilities: labels.map { _ in expected.otherProbability }, foldAUC: nil)
        let comparison = try SystemComparison(system, with: other)
        #expect(isClose(comparison.squaredErrors.differences.mean, expected.pairedMean))
        #expect(isClose(comparison.squaredErrors.t, expected.pairedT))
        #expect(abs(comparison.squaredErrors.pValue / expected.pairedP - 1) < 1e-9)
        #expect(isClose(comparison.areas.difference, expected.auc - 0.5))
        #expect(try SystemComparison(system, with: system).squaredErrors.pValue == 1)
    }
}
