// SPDX-License-Identifier: Apache-2.0

import Metrics
import RealModule
import Testing
import _CreditTestSupport

@Suite("ME9, ME10: stability") struct StabilityTests {
    @Test func byHand() throws {
        let index = try StabilityIndex(reference: [50, 50], current: [80, 20])
        expectClose(
            index.value, 0.3 * Double.log(1.6) - 0.3 * Double.log(0.4), absolute: 1e-15)
        #expect(index.verdict == .moved)
        #expect(try StabilityIndex(reference: [3, 7], current: [30, 70]).value < 1e-15)
        // A bin that is empty on both sides is none, on one side it is finite.
        let empty = try StabilityIndex(reference: [50, 50, 0], current: [80, 20, 0])
        expectClose(empty.value, index.value, absolute: 1e-15)
        expectClose(empty.pValue, index.pValue, absolute: 1e-15)
        #expect(try StabilityIndex(reference: [1, 1], current: [2, 0]).value.isFinite)
    }

    @Test func quantileBins() throws {
        let reference = (1...100).map(Double.init)
        let index = try StabilityIndex(
            reference: reference, current: reference.map { $0 + 5 }, binCount: 10)
        #expect(index.bins.count == 10)
        for bin in index.bins { expectClose(bin.referenceShare, 0.1, absolute: 1e-15) }
        expectClose(index.bins[0].currentShare, 0.05, absolute: 1e-15)
        expectClose(index.bins[9].currentShare, 0.15, absolute: 1e-15)
        #expect(index.bins[0].name == "<= 10.0")
        // Ties leave fewer bins; weights are repetitions.
        let tied = try StabilityIndex(
            reference: [1, 1, 1, 1, 2, 3], current: [1, 2, 3], binCount: 3)
        let weighted = try StabilityIndex(
            reference: [1, 2, 3], current: [1, 2, 3], binCount: 3, referenceWeights: [4, 1, 1])
        #expect(tied.bins.count == 2)
        #expect(tied.bins == weighted.bins)
        let categories = try StabilityIndex(
            referenceCategories: ["own", "rent", "own", "own"],
            currentCategories: ["rent", "rent", "free", "own"])
        #expect(categories.bins.map(\.name) == ["own", "rent", "free"])
        #expect(categories.bins.map(\.referenceShare) == [0.75, 0.25, 0])
    }

    /// Yurdakul's threshold: when nothing moves, 5 % of the indices exceed it.
    @Test func thresholdsHold() throws {
        var exceeded = 0
        var generator = TestGenerator(seed: 20)
        let runs = 400
        for _ in 0..<runs {
            func counts(_ n: Int) -> [Double] {
                var counts = [Double](repeating: 0, count: 8)
                for _ in 0..<n { counts[Int.random(in: 0..<8, using: &generator)] += 1 }
                return counts
            }
            let index = try StabilityIndex(reference: counts(400), current: counts(250))
            #expect((index.pValue < 0.05) == (index.value > (try index.criticalValue())))
            if index.pValue < 0.05 { exceeded += 1 }
        }
        // Two and a half standard errors around 20.
        #expect((9...31).contains(exceeded), "\(exceeded) of \(runs)")
    }

    @Test func driftByHand() throws {
        let drift = try SampleDrift(reference: [0, 1, 2, 3], current: [2, 3, 4, 5])
        #expect(drift.kolmogorovSmirnov == 0.5)
        expectClose(drift.wasserstein, 2, absolute: 1e-15)
        let same = try SampleDrift(reference: [1, 2], current: [2, 1])
        #expect([same.kolmogorovSmirnov, same.wasserstein, same.energy] == [0, 0, 0])
        #expect(same.pValue == 1)
        let apart = try DistributionDistance(reference: [1, 0], current: [0, 1])
        #expect([apart.jensenShannon, apart.hellinger, apart.totalVariation] == [1, 1, 1])
        #expect(apart.kullbackLeibler == nil)
    }

    /// Right probabilities foretell what outcomes then show.
    @Test func estimateWithoutLabels() throws {
        var generator = TestGenerator(seed: 6)
        let p = (0..<20_000).map { _ in
            let unit = Double.random(in: 0..<1, using: &generator)
            return unit * unit
        }
        let labels = p.map { Double.random(in: 0..<1, using: &generator) < $0 }
        let estimate = try EstimatedPerformance(probabilities: p, threshold: 0.4)
        let auc = try AUCEstimate(labels: labels, scores: p)
        expectClose(try #require(estimate.auc), auc.auc, absolute: 3 * auc.standardError)
        let matrix = try ConfusionMatrix(labels: labels, scores: p, threshold: 0.4)
        expectClose(estimate.matrix.accuracy, matrix.accuracy, absolute: 0.01)
        expectClose(
            estimate.brierScore, try brierScore(labels: labels, probabilities: p), absolute: 0.005)
        expectClose(estimate.matrix.total, 20_000, relative: 1e-12)
        #expect(try EstimatedPerformance(probabilities: [1, 1]).auc == nil)
    }

    @Test func badInput() {
        expectError(.noSpread, "all reference values are 2.0") { () throws(MetricsError) in
            try StabilityIndex(reference: [2, 2], current: [1, 2], binCount: 3)
        }
        expectError(.countMismatch, "2 reference bins but 3") { () throws(MetricsError) in
            try StabilityIndex(reference: [2, 2], current: [1, 2, 3])
        }
        expectError(.tooFewRows, "1 bins") { () throws(MetricsError) in
            try StabilityIndex(reference: [2], current: [1])
        }
        expectError(.invalidWeight, "all 2 weights are 0") { () throws(MetricsError) in
            try StabilityIndex(reference: [2, 2], current: [0, 0])
        }
        for rule in [StabilityIndex.EmptyBinRule.floor(0), .floor(0.2), .pseudoCount(-1)] {
            expectError(.invalidParameter, "is not in 0...") { () throws(MetricsError) in
                try StabilityIndex(reference: [2, 2], current: [1, 1], emptyBins: rule)
            }
        }
        expectError(.invalidParameter, "no ascending") { () throws(MetricsError) in
            try StabilityIndex(reference: [1], current: [2], cuts: [2, 1])
        }
        expectError(.invalidScore, position: 1, "nan") { () throws(MetricsError) in
            try SampleDrift(reference: [1, .nan], current: [1])
        }
        expectError(.emptyInput, "current values") { () throws(MetricsError) in
            try SampleDrift(reference: [1], current: [])
        }
        expectError(.invalidProbability, position: 0, "-1.0") { () throws(MetricsError) in
            try EstimatedPerformance(probabilities: [-1])
        }
    }
}
