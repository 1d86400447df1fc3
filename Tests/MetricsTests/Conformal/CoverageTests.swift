// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite("ME13, ME14 and regression: coverage, scales, bad input") struct CoverageTests {
    @Test func setsByHand() throws {
        let coverage = try PredictionSetCoverage(
            labels: [0, 1, 1, 0],
            sets: [[true, false], [true, true], [true, false], [false, false]],
            weights: [1, 2, 1, 1])
        #expect(coverage.coverage.rate == 0.6)
        #expect(coverage.meanSize == 1.2)
        #expect(coverage.singletonShare == 0.4)
        #expect(coverage.emptyShare == 0.2)
        #expect(coverage.classes.map { $0?.rate } == [0.5, 2.0 / 3])
        expectError(.unknownName, position: 0, "label 2") { () throws(MetricsError) in
            try PredictionSetCoverage(labels: [2], sets: [[true, false]])
        }
        expectError(.countMismatch, position: 1, "set 1 has 1") { () throws(MetricsError) in
            try PredictionSetCoverage(labels: [0, 0], sets: [[true, false], [true]])
        }
    }

    @Test func intervalsByHand() throws {
        let coverage = try PredictionIntervalCoverage(
            outcomes: [1, 5, -2, 3], lower: [0, 6, -1, 3], upper: [2, 8, 1, 3], level: 0.9)
        #expect(coverage.coverage.rate == 0.5)
        #expect(coverage.below.count == 2 && coverage.above.count == 0)
        #expect(coverage.meanWidth == 1.5)
        expectClose(coverage.intervalScore, 1.5 + 20 * 2 / 4, absolute: 1e-12)
        expectError(.invalidParameter, position: 0, "2.0 to 1.0") { () throws(MetricsError) in
            try PredictionIntervalCoverage(outcomes: [1], lower: [2], upper: [1], level: 0.9)
        }
    }

    /// The exact interval covers at least as often as it says, for every true rate.
    @Test func exactIntervalsCover() throws {
        let intervals = try (0...12).map {
            try Proportion(count: Double($0), total: 12).interval(level: 0.9)
        }
        for rate in [0.05, 0.2, 0.5, 0.77, 0.99] {
            var covered = 0.0
            var coefficient = 1.0
            for k in 0...12 {
                var probability = coefficient
                for _ in 0..<k { probability *= rate }
                for _ in k..<12 { probability *= 1 - rate }
                if intervals[k].contains(rate) { covered += probability }
                coefficient *= Double(12 - k) / Double(k + 1)
            }
            #expect(covered >= 0.9, "rate \(rate): \(covered)")
        }
        #expect(intervals[0].lower == 0 && intervals[12].upper == 1)
    }

    @Test func scales() throws {
        // Items that are equal but for a constant measure one thing without error.
        let item = [1.0, 2, 4, 8, 3]
        let perfect = try CronbachAlpha(items: [item, item.map { $0 + 1 }, item])
        expectClose(perfect.alpha, 1, absolute: 1e-14)
        expectClose(perfect.standardisedAlpha, 1, absolute: 1e-14)
        #expect(perfect.alphaWithout.count == 3)
        #expect(try CronbachAlpha(items: [item, [2, 1, 9, 9, 1]]).alphaWithout.isEmpty)
        expectError(.noSpread, position: 1, "item 1") { () throws(MetricsError) in
            try CronbachAlpha(items: [item, [1, 1, 1, 1, 1]])
        }
        expectError(.noSpread, "sum of items") { () throws(MetricsError) in
            try CronbachAlpha(items: [item, item.map { -$0 }])
        }
        expectError(.countMismatch, "5 values of item 0") { () throws(MetricsError) in
            try CronbachAlpha(items: [item, [1, 2]])
        }
        let weighted = try SampleSummary([1, 2, 4], weights: [2, 1, 3])
        let repeated = try SampleSummary([1, 1, 2, 4, 4, 4])
        expectClose(
            [weighted.mean, weighted.standardDeviation, weighted.standardErrorOfMean],
            [repeated.mean, repeated.standardDeviation, repeated.standardErrorOfMean],
            absolute: 1e-15)
        #expect(try PairedTTest([1, 2], [1, 2]).pValue == 1)
        #expect(try PairedTTest([2, 3], [1, 2]).pValue == 0)
        expectError(.tooFewRows, "1.0 values") { () throws(MetricsError) in
            try SampleSummary([1])
        }
    }

    @Test("ME14: a weight is a number of repetitions, and 0 leaves the row out")
    func weightedScales() throws {
        let items = [[1.0, 2, 4, 8, 3, 99], [2.0, 1, 9, 7, 1, -5], [0.5, 3, 5, 5, 2, 0]]
        let weights = [2.0, 1, 3, 1, 2, 0]
        let repeated = items.map { item in
            zip(item, weights).flatMap { [Double](repeating: $0, count: Int($1)) }
        }
        let weighted = try CronbachAlpha(items: items, weights: weights)
        let expected = try CronbachAlpha(items: repeated)
        expectClose(
            [weighted.alpha, weighted.standardisedAlpha] + weighted.alphaWithout,
            [expected.alpha, expected.standardisedAlpha] + expected.alphaWithout, absolute: 1e-14)
        #expect(weighted.rowCount == 5)
        #expect(try weighted.alpha != CronbachAlpha(items: items).alpha)
        let test = try PairedTTest(items[0], items[1], weights: weights)
        let long = try PairedTTest(repeated[0], repeated[1])
        expectClose([test.t, test.pValue], [long.t, long.pValue], absolute: 1e-14)
        #expect(test.degreesOfFreedom == 8)
        expectError(.countMismatch, "weights") { () throws(MetricsError) in
            try CronbachAlpha(items: items, weights: [1])
        }
        expectError(.tooFewRows, "1 rows") { () throws(MetricsError) in
            try CronbachAlpha(items: items, weights: [0, 5, 0, 0, 0, 0])
        }
        expectError(.invalidWeight, position: 2, "-1.0") { () throws(MetricsError) in
            try PairedTTest([1, 2, 3], [3, 1, 2], weights: [1, 1, -1])
        }
    }

    @Test func regressionEdges() throws {
        let constant = try RegressionMeasures(outcomes: [2, 2], predictions: [1, 2])
        #expect(constant.rSquared == nil && constant.explainedVariance == nil)
        #expect(
            try RegressionMeasures(outcomes: [0, 1], predictions: [0, 1])
                .meanAbsolutePercentageError == nil)
        #expect(constant.rootMeanSquaredError == 0.5.squareRoot())
        for quantile in [0, 1, -1, Double.nan] {
            expectError(.invalidParameter, "quantile \(quantile)") { () throws(MetricsError) in
                try pinballLoss(outcomes: [1], predictions: [1], quantile: quantile)
            }
        }
        expectError(.invalidScore, position: 0, "prediction nan") { () throws(MetricsError) in
            try RegressionMeasures(outcomes: [1], predictions: [.nan])
        }
    }

    @Test func multiClassBadInput() {
        expectError(.invalidProbability, position: 1, "sum to 0.5") { () throws(MetricsError) in
            try MultiClassScores.logLoss(
                labels: [0, 1], probabilities: [[0.5, 0.5], [0.2, 0.3]])
        }
        expectError(.countMismatch, position: 1, "row 1 has 1") { () throws(MetricsError) in
            try MultiClassScores.brierScore(labels: [0, 1], probabilities: [[0.5, 0.5], [1]])
        }
        expectError(.unknownName, position: 0, "label 5") { () throws(MetricsError) in
            try MultiClassScores.brierScore(labels: [5], probabilities: [[0.5, 0.5]])
        }
        expectError(.oneClass, "class 1 has no rows") { () throws(MetricsError) in
            try MultiClassScores.rocAUC(
                labels: [0, 0], probabilities: [[0.5, 0.5], [1, 0]], kind: .pairs)
        }
        expectError(.unknownName, position: 1, "comes twice") { () throws(MetricsError) in
            try MultiClassConfusionMatrix(
                labels: ["a"], predictions: ["a"], classes: ["a", "a"])
        }
        expectError(.unknownName, position: 0, "prediction \"c\"") { () throws(MetricsError) in
            try MultiClassConfusionMatrix(
                labels: ["a"], predictions: ["c"], classes: ["a", "b"])
        }
    }
}
