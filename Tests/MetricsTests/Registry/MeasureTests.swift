// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

/// Every property that a measure claims, on random rows; the names are those of all measures.
@Suite("Registry of measures") struct MeasureTests {
    static let ids = Measure.all.map(\.id)

    /// Probabilities strictly between 0 and 1, with ties, none at a bin's edge or at 0.5.
    static func inputs(_ seed: UInt64) -> (labels: [Bool], p: [Double], weights: [Double]) {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        return (inputs.labels, inputs.scores.map { 0.013 + 0.971 * $0 }, inputs.weights)
    }

    @Test(arguments: ids)
    func properties(id: String) throws {
        let measure = try Measure.named(id)
        var defined = 0
        for seed in propertySeeds(30) {
            let (labels, p, weights) = Self.inputs(seed)
            func value(_ labels: [Bool], _ scores: [Double], _ weights: [Double]) -> Double? {
                try? measure.value(labels: labels, scores: scores, weights: weights)
            }
            guard let plain = value(labels, p, weights) else { continue }
            defined += 1
            #expect(
                plain >= measure.bounds.lowerBound - 1e-12
                    && plain <= measure.bounds.upperBound + 1e-12, "\(seed): \(plain)")
            var generator = TestGenerator(seed: seed)
            let order = labels.indices.shuffled(using: &generator)
            let shuffled = try #require(
                value(
                    order.map { labels[$0] }, order.map { p[$0] }, order.map { weights[$0] }))
            expectClose(shuffled, plain, relative: 1e-12, absolute: 1e-14, "order, \(seed)")
            let scaled = try #require(value(labels, p, weights.map { 8 * $0 }))
            expectClose(scaled, plain, relative: 1e-12, absolute: 1e-14, "weights, \(seed)")
            if measure.isOrderOnly {
                let cubed = try #require(value(labels, p.map { $0 * $0 * $0 * 1e3 - 9 }, weights))
                expectClose(cubed, plain, relative: 1e-14, "increasing change, \(seed)")
            }
            if measure.isSymmetric {
                let swapped = value(labels.map { !$0 }, p.map { 1 - $0 }, weights)
                expectClose(
                    try #require(swapped), plain, relative: 1e-10, absolute: 1e-11,
                    "symmetry, \(seed)")
            }
        }
        #expect(defined > 10)
    }

    /// What is called not symmetric or not order-only is so on some rows.
    @Test(arguments: ids)
    func propertiesAreNotMissing(id: String) throws {
        let measure = try Measure.named(id)
        var (swaps, changes) = (false, false)
        for seed in propertySeeds(30) {
            let (labels, p, weights) = Self.inputs(seed)
            guard let plain = try? measure.value(labels: labels, scores: p, weights: weights),
                let swapped = try? measure.value(
                    labels: labels.map { !$0 }, scores: p.map { 1 - $0 }, weights: weights),
                let changed = try? measure.value(
                    labels: labels, scores: p.map { $0 * $0 * $0 }, weights: weights)
            else { continue }
            swaps = swaps || abs(swapped - plain) > 1e-6
            changes = changes || abs(changed - plain) > 1e-6
        }
        #expect(swaps == !measure.isSymmetric)
        #expect(changes == !measure.isOrderOnly)
    }

    @Test(arguments: ids)
    func aPerfectScoreIsBest(id: String) throws {
        let measure = try Measure.named(id)
        let labels = (0..<20).map { $0 % 4 == 0 }
        // Nearly certain and right, and the same the wrong way round.
        let right = labels.map { $0 ? 0.99 : 0.01 }
        let wrong = labels.map { $0 ? 0.01 : 0.99 }
        // Among rows of low probability there must be both classes for the partial Gini.
        let scores = id == "partial_gini" ? right.map { 0.3 * $0 } : right
        let reverse = id == "partial_gini" ? wrong.map { 0.3 * $0 } : wrong
        let best = try measure.value(labels: labels, scores: scores)
        let worst = try measure.value(labels: labels, scores: reverse)
        // Distances have no direction, and a ranking upside down is still told apart.
        if id == "ks" {
            #expect(best == worst)
        } else {
            #expect(measure.isBetter(best, than: worst), "\(best) and \(worst)")
        }
        #expect(!measure.isBetter(best, than: best))
        if !measure.needsProbabilities {
            expectError(.invalidScore, position: 1, "nan") { () throws(MetricsError) in
                try measure.value(labels: [true, false], scores: [0.5, .nan])
            }
        }
        if measure.needsProbabilities {
            expectError(.invalidProbability, position: 1, "1.5") { () throws(MetricsError) in
                try measure.value(labels: [true, false], scores: [0.5, 1.5])
            }
        }
        expectError(.countMismatch, "2 labels but 1 scores") { () throws(MetricsError) in
            try measure.value(labels: [true, false], scores: [0.5])
        }
    }

    @Test func names() {
        #expect(Set(Self.ids).count == Self.ids.count)
        expectError(.unknownName, "roc_auc") { () throws(MetricsError) in
            try Measure.named("auroc")
        }
    }
}
