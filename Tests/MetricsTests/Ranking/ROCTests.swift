// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite struct ROCTests {
    @Test func handMade() throws {
        let roc = try ROC(labels: [true, true, false, false], scores: [0.9, 0.4, 0.6, 0.1])
        #expect(roc.auc == 0.75)
        #expect(roc.gini == 0.5)
        #expect(roc.points.map(\.threshold) == [nil, 0.9, 0.6, 0.4, 0.1])
        #expect(roc.points.map(\.truePositiveRate) == [0, 0.5, 0.5, 1, 1])
        #expect(roc.points.map(\.falsePositiveRate) == [0, 0, 0.5, 0.5, 1])
        let distance = roc.kolmogorovSmirnov
        #expect(distance.statistic == 0.5)
        #expect(distance.threshold == 0.9)
        #expect((distance.truePositiveRate, distance.falsePositiveRate) == (0.5, 0))
    }

    @Test func extremes() throws {
        let labels = [false, false, true]
        #expect(try ROC(labels: labels, scores: [1, 2, 3]).auc == 1)
        #expect(try ROC(labels: labels, scores: [3, 2, 1]).auc == 0)
        #expect(try ROC(labels: labels, scores: [5, 5, 5]).auc == 0.5)
        #expect(try ROC(labels: labels, scores: [5, 5, 5]).kolmogorovSmirnov.statistic == 0)
        #expect(try ROC(labels: labels, scores: [5, 5, 5]).kolmogorovSmirnov.threshold == 5)
        // The other way round the distance is as great, and the rates show which way.
        let reversed = try ROC(labels: labels, scores: [3, 2, 1]).kolmogorovSmirnov
        #expect(reversed.statistic == 1)
        #expect(reversed.threshold == 2)
        #expect((reversed.truePositiveRate, reversed.falsePositiveRate) == (0, 1))
        // -0.0 and 0.0 are one score.
        #expect(try ROC(labels: [true, false], scores: [0.0, -0.0]).auc == 0.5)
    }

    @Test func countsBeyond32Bits() throws {
        // 150,000 x 150,000 pairs: products that a 32-bit count cannot hold.
        let count = 300_000
        let labels = (0..<count).map { $0 % 2 == 0 }
        let roc = try ROC(labels: labels, scores: (0..<count).map(Double.init))
        // Positive 2i is above the negatives 1, 3, ..., 2i - 1: i of them.
        let half = 150_000.0
        #expect(roc.auc == (half - 1) / 2 / half)
    }

    @Test(arguments: propertySeeds(60))
    func bruteForce(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        func area(_ weights: [Double]) -> Double {
            var (won, pairs) = (0.0, 0.0)
            for (i, positive) in inputs.labels.enumerated() where positive {
                for (j, other) in inputs.labels.enumerated() where !other {
                    let pair = weights[i] * weights[j]
                    pairs += pair
                    if inputs.scores[i] > inputs.scores[j] { won += pair }
                    if inputs.scores[i] == inputs.scores[j] { won += pair / 2 }
                }
            }
            return won / pairs
        }
        let ones = [Double](repeating: 1, count: inputs.labels.count)
        #expect(try ROC(labels: inputs.labels, scores: inputs.scores).auc == area(ones))
        let weighted = try ROC(
            labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
        expectClose(weighted.auc, area(inputs.weights), absolute: 1e-14)
    }

    @Test(arguments: propertySeeds(60))
    func bruteForceDistance(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let roc = try ROC(labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
        func share(_ threshold: Double, of label: Bool) -> Double {
            var (above, all) = (0.0, 0.0)
            for row in inputs.labels.indices where inputs.labels[row] == label {
                all += inputs.weights[row]
                if inputs.scores[row] >= threshold { above += inputs.weights[row] }
            }
            return above / all
        }
        let best = inputs.scores.map { abs(share($0, of: true) - share($0, of: false)) }.max()
        let distance = roc.kolmogorovSmirnov
        #expect(distance.statistic == best)
        #expect(
            abs(share(distance.threshold, of: true) - share(distance.threshold, of: false)) == best)
    }

    @Test(arguments: propertySeeds(60))
    func weightsAreRepetitions(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let (labels, scores) = inputs.repeated
        let weighted = try ROC(
            labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
        #expect(try weighted == ROC(labels: labels, scores: scores))
        #expect(
            try PrecisionRecallCurve(
                labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
                == PrecisionRecallCurve(labels: labels, scores: scores))
    }

    @Test(arguments: propertySeeds(60))
    func orderAndScaleDoNotMatter(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        let other = inputs.shuffled(seed: seed)
        let roc = try ROC(labels: inputs.labels, scores: inputs.scores, weights: inputs.weights)
        #expect(
            try roc == ROC(labels: other.labels, scores: other.scores, weights: other.weights))
        let plain = try ROC(labels: inputs.labels, scores: inputs.scores)
        let cubed = inputs.scores.map { $0 * $0 * $0 * 1e6 - 3 }
        #expect(try plain.auc == ROC(labels: inputs.labels, scores: cubed).auc)
        let swapped = try ROC(labels: inputs.labels.map { !$0 }, scores: inputs.scores)
        expectClose(plain.auc + swapped.auc, 1, absolute: 1e-15)
    }

    @Test func badInput() {
        expectError(.emptyInput, "no rows") { () throws(MetricsError) in
            try ROC(labels: [], scores: [])
        }
        expectError(.countMismatch, "2 labels but 3 scores") { () throws(MetricsError) in
            try ROC(labels: [true, false], scores: [1, 2, 3])
        }
        expectError(.countMismatch, "2 labels but 1 weights") { () throws(MetricsError) in
            try ROC(labels: [true, false], scores: [1, 2], weights: [1])
        }
        for bad in [Double.nan, .infinity, -.infinity] {
            expectError(.invalidScore, position: 1, "\(bad) at position 1") {
                () throws(MetricsError) in
                try ROC(labels: [true, false], scores: [1, bad])
            }
        }
        for bad in [Double.nan, .infinity, -1, 1e-101, 1e101] {
            expectError(.invalidWeight, position: 0, "\(bad) at position 0") {
                () throws(MetricsError) in
                try ROC(labels: [true, false], scores: [1, 2], weights: [bad, 1])
            }
        }
        expectError(.invalidWeight, "all 2 weights are 0") { () throws(MetricsError) in
            try ROC(labels: [true, false], scores: [1, 2], weights: [0, 0])
        }
        expectError(.oneClass, "all rows are positive") { () throws(MetricsError) in
            try ROC(labels: [true, true], scores: [1, 2])
        }
        expectError(.oneClass, "all rows are negative") { () throws(MetricsError) in
            try ROC(labels: [false, false], scores: [1, 2])
        }
        // The only positive has no weight.
        expectError(.oneClass, "all rows are negative") { () throws(MetricsError) in
            try ROC(labels: [true, false], scores: [1, 2], weights: [0, 1])
        }
        expectError(.oneClass, "all rows are negative") { () throws(MetricsError) in
            try PrecisionRecallCurve(labels: [false], scores: [1])
        }
    }

    @Test func extremeWeightsStayExact() throws {
        // Products of these weights are far from 1, and nothing over- or underflows.
        for scale in [1e-100, 1e99] {
            let roc = try ROC(
                labels: [true, true, false, false], scores: [4, 2, 3, 1],
                weights: [scale, 2 * scale, scale, 3 * scale])
            expectClose(roc.auc, 10.0 / 12, absolute: 1e-15)
        }
    }

    @Test func precisionRecallByHand() throws {
        let curve = try PrecisionRecallCurve(
            labels: [true, false, true, false], scores: [0.8, 0.8, 0.4, 0.1])
        #expect(curve.points.map(\.precision) == [0.5, 2.0 / 3, 0.5])
        #expect(curve.points.map(\.recall) == [0.5, 1, 1])
        expectClose(curve.averagePrecision, 0.25 + 1.0 / 3, absolute: 1e-15)
        #expect(try PrecisionRecallCurve(labels: [true], scores: [0]).averagePrecision == 1)
    }
}
