// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

/// The ranking of rows against the library's own sort, for scores that are hard to deal out.
@Suite struct SortingTests {
    static let families = ["uniform", "signed", "wide", "ties", "neighbours", "constant"]

    /// The search agrees with the curve where the greatest distance is well inside.
    @Test(arguments: propertySeeds(40))
    func theSearchFindsTheGreatestDistance(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        #expect(
            try kolmogorovSmirnov(labels: inputs.labels, scores: inputs.scores)
                == ROC(labels: inputs.labels, scores: inputs.scores).kolmogorovSmirnov)
        var generator = TestGenerator(seed: seed)
        let scores = Self.scores("signed", count: 3000, seed: seed)
        let labels = scores.map { Double.random(in: -5..<5, using: &generator) < $0 }
        let direct = try kolmogorovSmirnov(labels: labels, scores: scores)
        #expect(try direct == ROC(labels: labels, scores: scores).kolmogorovSmirnov)
        #expect(direct.statistic > 0.3)
    }

    static func scores(_ family: String, count: Int, seed: UInt64) -> [Double] {
        var generator = TestGenerator(seed: seed)
        return (0..<count).map { _ in
            let unit = Double.random(in: 0..<1, using: &generator)
            switch family {
            case "uniform": return unit
            case "signed": return (unit - 0.5) * 10
            case "wide":
                let bits = UInt64.random(in: 0..<UInt64(0x7FF) << 52, using: &generator)
                return Double(bitPattern: bits) * (unit < 0.5 ? -1 : 1)
            case "ties": return [-1.5, -0.0, 0.0, 0.25, 7][Int(unit * 5)]
            case "neighbours":
                return Double(bitPattern: 1.0.bitPattern + UInt64(unit * 40))
                    * (unit < 0.5 ? -1 : 1)
            default: return -3
            }
        }
    }

    @Test(arguments: families, [2, 25, 1000])
    func thresholdsAndCountsAreThoseOfASort(family: String, count: Int) throws {
        try check(family, count)
    }

    /// Long enough for several chunks of the input.
    @Test func chunks() throws { try check("signed", 70_000) }

    private func check(_ family: String, _ count: Int) throws {
        let scores = Self.scores(family, count: count, seed: UInt64(count))
        var labels = scores.indices.map { $0 % 3 == 0 }
        labels[0] = true
        labels[1] = false
        var distinct: [Double: (positives: Int, negatives: Int)] = [:]
        for (score, label) in zip(scores, labels) {
            if label {
                distinct[score + 0, default: (0, 0)].positives += 1
            } else {
                distinct[score + 0, default: (0, 0)].negatives += 1
            }
        }
        let expected = distinct.sorted { $0.key > $1.key }
        let curve = try ThresholdCurve(labels: labels, scores: scores)
        #expect(curve.points.dropFirst().map(\.threshold) == expected.map(\.key))
        // The search for the greatest distance sorts only some of the rows.
        #expect(
            try kolmogorovSmirnov(labels: labels, scores: scores)
                == ROC(labels: labels, scores: scores).kolmogorovSmirnov)
        var (found, mistaken) = (0, 0)
        for (point, group) in zip(curve.points.dropFirst(), expected) {
            found += group.value.positives
            mistaken += group.value.negatives
            guard point.matrix.truePositives == Double(found),
                point.matrix.falsePositives == Double(mistaken)
            else {
                Issue.record("\(group.key): \(point.matrix), expected \(found) and \(mistaken)")
                return
            }
        }
    }

    @Test func theMeasureIsThatOfTheCurve() throws {
        let scores = Self.scores("signed", count: 5000, seed: 1)
        let labels = scores.indices.map { $0 % 4 == 0 }
        let weights = scores.indices.map { Double($0 % 5) / 2 }
        for weights in [nil, weights] {
            let curve = try ROC(labels: labels, scores: scores, weights: weights)
            #expect(try rocAUC(labels: labels, scores: scores, weights: weights) == curve.auc)
            #expect(
                try kolmogorovSmirnov(labels: labels, scores: scores, weights: weights)
                    == curve.kolmogorovSmirnov)
            let precision = try PrecisionRecallCurve(
                labels: labels, scores: scores, weights: weights)
            expectClose(
                try averagePrecision(labels: labels, scores: scores, weights: weights),
                precision.averagePrecision, relative: 1e-14)
        }
    }

    /// Long enough for several blocks and threads.
    @Test func blocksOfProbabilities() throws {
        let p = Self.scores("uniform", count: 150_001, seed: 5)
        let labels = p.indices.map { $0 % 3 == 0 }
        let ones = [Double](repeating: 1, count: p.count)
        expectClose(
            try brierScore(labels: labels, probabilities: p),
            try brierScore(labels: labels, probabilities: p, weights: ones), relative: 1e-14)
        expectClose(
            try logLoss(labels: labels, probabilities: p),
            try logLoss(labels: labels, probabilities: p, weights: ones), relative: 1e-14)
        for position in [0, 65_536, 150_000] {
            var bad = p
            bad[position] = 1.5
            expectError(.invalidProbability, position: position, "1.5") {
                () throws(MetricsError) in
                try brierScore(labels: labels, probabilities: bad)
            }
            bad[position] = .nan
            expectError(.invalidProbability, position: position, "nan") {
                () throws(MetricsError) in
                try logLoss(labels: labels, probabilities: bad)
            }
        }
    }
}
