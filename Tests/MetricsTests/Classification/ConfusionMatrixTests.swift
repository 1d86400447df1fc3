// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite struct ConfusionMatrixTests {
    @Test func byHand() throws {
        let matrix = try ConfusionMatrix(
            truePositives: 6, falsePositives: 2, falseNegatives: 4, trueNegatives: 8)
        #expect(matrix.total == 20)
        #expect(matrix.accuracy == 0.7)
        #expect(matrix.precision == 0.75)
        #expect(matrix.recall == 0.6)
        #expect(matrix.specificity == 0.8)
        #expect(matrix.negativePredictiveValue == 8.0 / 12)
        #expect(matrix.balancedAccuracy == 0.7)
        #expect(matrix.f1 == 12.0 / 18)
        #expect(try matrix.fMeasure(beta: 1) == matrix.f1)
        #expect(try matrix.fMeasure(beta: 2) == 30.0 / 48)
        // Chance agreement is 1/2.
        expectClose(try #require(matrix.cohensKappa), 0.4, absolute: 1e-15)
        expectClose(
            try #require(matrix.matthewsCorrelation), 40 / (8.0 * 12 * 100).squareRoot(),
            absolute: 1e-15)
    }

    @Test func thresholdIncludesItsScore() throws {
        let matrix = try ConfusionMatrix(
            labels: [true, false, true], scores: [0.5, 0.5, 0.4], threshold: 0.5)
        #expect(matrix.truePositives == 1)
        #expect(matrix.falsePositives == 1)
        #expect(matrix.falseNegatives == 1)
        #expect(matrix.trueNegatives == 0)
    }

    @Test func undefinedRatiosAreNil() throws {
        let silent = try ConfusionMatrix(
            labels: [true, false], predictions: [false, false])
        #expect(silent.precision == nil)
        #expect(silent.recall == 0)
        #expect(silent.f1 == 0)
        #expect(silent.matthewsCorrelation == nil)
        #expect(silent.cohensKappa == 0)
        #expect(silent.balancedAccuracy == 0.5)
        let negativesOnly = try ConfusionMatrix(
            labels: [false, false], predictions: [false, false])
        #expect(negativesOnly.accuracy == 1)
        #expect(negativesOnly.recall == nil)
        #expect(negativesOnly.f1 == nil)
        #expect(try negativesOnly.fMeasure(beta: 2) == nil)
        #expect(negativesOnly.balancedAccuracy == nil)
        #expect(negativesOnly.cohensKappa == nil)
        #expect(negativesOnly.specificity == 1)
        let positivesOnly = try ConfusionMatrix(labels: [true], predictions: [true])
        #expect(positivesOnly.specificity == nil)
        #expect(positivesOnly.negativePredictiveValue == nil)
        #expect(positivesOnly.f1 == 1)
    }

    @Test func hugeCountsDoNotOverflow() throws {
        let matrix = try ConfusionMatrix(
            truePositives: 4e90, falsePositives: 1e90, falseNegatives: 1e90, trueNegatives: 4e90)
        expectClose(try #require(matrix.matthewsCorrelation), 0.6, absolute: 1e-15)
        expectClose(try #require(matrix.cohensKappa), 0.6, absolute: 1e-15)
    }

    @Test(arguments: propertySeeds(60))
    func weightsAreRepetitionsAndOrderDoesNotMatter(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let (labels, scores) = inputs.repeated
        let weighted = try ConfusionMatrix(
            labels: inputs.labels, scores: inputs.scores, threshold: 0.5, weights: inputs.weights)
        #expect(
            try weighted == ConfusionMatrix(labels: labels, scores: scores, threshold: 0.5))
        let other = inputs.shuffled(seed: seed)
        #expect(
            try weighted
                == ConfusionMatrix(
                    labels: other.labels, scores: other.scores, threshold: 0.5,
                    weights: other.weights))
    }

    @Test(arguments: propertySeeds(40))
    func matthewsIsTheCorrelation(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let matrix = try ConfusionMatrix(
            labels: inputs.labels, scores: inputs.scores, threshold: 0.5)
        let x = inputs.labels.map { $0 ? 1.0 : 0 }
        let y = inputs.scores.map { $0 >= 0.5 ? 1.0 : 0 }
        let n = Double(x.count)
        let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        func moment(_ a: [Double], _ b: [Double], _ meanA: Double, _ meanB: Double) -> Double {
            zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
        }
        let spread = (moment(x, x, meanX, meanX) * moment(y, y, meanY, meanY)).squareRoot()
        if Set(y).count == 1 {
            #expect(matrix.matthewsCorrelation == nil)
        } else {
            expectClose(
                try #require(matrix.matthewsCorrelation), moment(x, y, meanX, meanY) / spread,
                absolute: 1e-14)
        }
    }

    @Test func badInput() throws {
        expectError(.emptyInput, "no rows") { () throws(MetricsError) in
            try ConfusionMatrix(labels: [], predictions: [])
        }
        expectError(.countMismatch, "1 labels but 2 predictions") { () throws(MetricsError) in
            try ConfusionMatrix(labels: [true], predictions: [true, false])
        }
        expectError(.invalidScore, position: 1, "nan at position 1") { () throws(MetricsError) in
            try ConfusionMatrix(labels: [true, false], scores: [1, .nan], threshold: 0.5)
        }
        expectError(.invalidParameter, "threshold nan") { () throws(MetricsError) in
            try ConfusionMatrix(labels: [true], scores: [1], threshold: .nan)
        }
        expectError(.invalidWeight, position: 0, "-1.0 at position 0") {
            () throws(MetricsError) in
            try ConfusionMatrix(labels: [true], predictions: [true], weights: [-1])
        }
        expectError(.invalidWeight, "-1.0 false positives") { () throws(MetricsError) in
            try ConfusionMatrix(
                truePositives: 1, falsePositives: -1, falseNegatives: 0, trueNegatives: 0)
        }
        expectError(.invalidWeight, "1e+200 true positives") { () throws(MetricsError) in
            try ConfusionMatrix(
                truePositives: 1e200, falsePositives: 1, falseNegatives: 0, trueNegatives: 0)
        }
        expectError(.emptyInput, "all four") { () throws(MetricsError) in
            try ConfusionMatrix(
                truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
        }
        let matrix = try ConfusionMatrix(labels: [true], predictions: [true])
        for beta in [0, -1, Double.nan, .infinity] {
            expectError(.invalidParameter, "beta \(beta)") { () throws(MetricsError) in
                try matrix.fMeasure(beta: beta)
            }
        }
    }
}
