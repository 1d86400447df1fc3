// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite("Bootstrap intervals") struct BootstrapTests {
    static func inputs(_ seed: UInt64, _ count: Int) -> (labels: [Bool], p: [Double]) {
        var generator = TestGenerator(seed: seed)
        let p = (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) }
        return (p.map { Double.random(in: 0..<1, using: &generator) < $0 }, p)
    }

    /// The draws of a mean vary as its standard error says, with and without strata.
    @Test func drawsVaryAsTheyShould() throws {
        let (labels, p) = Self.inputs(1, 200)
        let bootstrap = Bootstrap(replicates: 600, seed: 2, isStratified: false)
        let result = try bootstrap.estimate(labels: labels, scores: p) {
            labels, p, _ throws(MetricsError) in
            try brierScore(labels: labels, probabilities: p)
        }
        let losses = zip(labels, p).map { ($0 ? 1 - $1 : $1) * ($0 ? 1 - $1 : $1) }
        let summary = try SampleSummary(losses)
        expectClose(result.standardError, summary.standardErrorOfMean, relative: 0.08)
        #expect(abs(result.bias) < 0.1 * result.standardError)
        for method in [BootstrapEstimate.IntervalMethod.percentile, .basic, .biasCorrected] {
            let interval = try result.interval(method: method)
            expectClose(
                interval.upper - interval.lower, 2 * 1.96 * summary.standardErrorOfMean,
                relative: 0.1)
            #expect(interval.contains(result.value))
        }
    }

    @Test func deLongAgrees() throws {
        let (labels, p) = Self.inputs(3, 150)
        let result = try Bootstrap(replicates: 400, seed: 9).estimate(labels: labels, scores: p) {
            labels, p, _ throws(MetricsError) in
            try rocAUC(labels: labels, scores: p)
        }
        let estimate = try AUCEstimate(labels: labels, scores: p)
        expectClose(result.standardError, estimate.standardError, relative: 0.12)
    }

    @Test func theSameSeedGivesTheSameDraws() throws {
        let (labels, p) = Self.inputs(5, 60)
        func draws(_ seed: UInt64) throws -> [Double] {
            try Bootstrap(replicates: 20, seed: seed).estimate(labels: labels, scores: p) {
                labels, p, _ throws(MetricsError) in
                try rocAUC(labels: labels, scores: p)
            }.replicates
        }
        #expect(try draws(1) == draws(1))
        #expect(try draws(1) != draws(2))
    }

    @Test func withoutStrataDrawsOfOneClassAreDrawnAgain() throws {
        let plan = Bootstrap(replicates: 50, seed: 1, isStratified: false)
        let result = try plan.estimate(
            labels: [true, false, false, false], scores: [4, 3, 2, 1]
        ) { labels, scores, _ throws(MetricsError) in
            try rocAUC(labels: labels, scores: scores)
        }
        #expect(result.replicates == [Double](repeating: 1, count: 50))
        expectError(.noSpread, "one side") { () throws(MetricsError) in
            try BootstrapEstimateProbe.allBelow().interval(method: .biasCorrected)
        }
    }

    @Test func badInput() {
        expectError(.countMismatch, "1 labels but 2 scores") { () throws(MetricsError) in
            try Bootstrap(seed: 1).estimate(labels: [true], scores: [1, 2]) { _, _, _ in 0 }
        }
        expectError(.oneClass, "all rows are positive") { () throws(MetricsError) in
            try Bootstrap(seed: 1).estimate(labels: [true, true], scores: [1, 2]) {
                labels, scores, _ throws(MetricsError) in
                try rocAUC(labels: labels, scores: scores)
            }
        }
    }
}

private enum BootstrapEstimateProbe {
    /// Draws that all lie below the value.
    static func allBelow() throws(MetricsError) -> BootstrapEstimate {
        nonisolated(unsafe) var isFirst = true
        return try Bootstrap(replicates: 5, seed: 1).estimate(
            labels: [true, false], scores: [1, 0]
        ) { _, _, _ in
            defer { isFirst = false }
            return isFirst ? 1 : 0
        }
    }
}
