// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Testing
import _CreditTestSupport

@Suite("Accumulators merge") struct AccumulatorTests {
    @Test(arguments: propertySeeds(20))
    func shardsGiveTheWhole(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let rows = inputs.labels.indices
        var shards = (0..<3).map { _ in ProbabilityAccumulator() }
        var histograms = try (0..<3).map { _ in try ScoreHistogram(probabilityBins: 200) }
        var errors = (0..<3).map { _ in RegressionAccumulator() }
        for row in rows {
            let (label, p, weight) = (inputs.labels[row], inputs.scores[row], inputs.weights[row])
            try shards[row % 3].add(label: label, probability: p, weight: weight)
            try histograms[row % 3].add(label: label, score: p, weight: weight)
            try errors[row % 3].add(outcome: label ? 1 : 0, prediction: p, weight: weight)
        }
        var (whole, histogram, error) = (shards[2], histograms[2], errors[2])
        for shard in [1, 0] {
            whole.merge(shards[shard])
            try histogram.merge(histograms[shard])
            error.merge(errors[shard])
        }
        let (labels, scores, weights) = (inputs.labels, inputs.scores, inputs.weights)
        expectClose(
            [try #require(whole.brierScore), try #require(whole.logLoss), whole.weight],
            [
                try brierScore(labels: labels, probabilities: scores, weights: weights),
                try logLoss(labels: labels, probabilities: scores, weights: weights),
                weights.reduce(0, +),
            ], relative: 1e-13, absolute: 1e-15)
        let test = try? SpiegelhalterTest(
            labels: labels, probabilities: scores, weights: weights)
        #expect((test == nil) == (whole.spiegelhalterZ == nil))
        if let test, let z = whole.spiegelhalterZ { expectClose(z, test.z, absolute: 1e-12) }
        // The scores lie on a grid of at most 12 steps: no two of them share a bin.
        let roc = try ROC(labels: labels, scores: scores, weights: weights)
        expectClose(try histogram.auc(), roc.auc, absolute: 1e-13)
        #expect(try histogram.aucBounds().contains(roc.auc))
        expectClose(
            try histogram.kolmogorovSmirnov(), roc.kolmogorovSmirnov.statistic, absolute: 1e-13)
        let measures = try RegressionMeasures(
            outcomes: labels.map { $0 ? 1 : 0 }, predictions: scores, weights: weights)
        expectClose(
            [
                try #require(error.bias), try #require(error.meanAbsoluteError),
                try #require(error.meanSquaredError), try #require(error.rSquared),
            ],
            [
                measures.bias, measures.meanAbsoluteError, measures.meanSquaredError,
                try #require(measures.rSquared),
            ], relative: 1e-11, absolute: 1e-13)
        let matrix = try ConfusionMatrix(
            labels: labels, scores: scores, threshold: 0.5, weights: weights)
        let halves = try [0, 1].map { (half: Int) -> ConfusionMatrix? in
            let own = rows.filter { $0 % 2 == half }
            guard own.contains(where: { weights[$0] > 0 }) else { return nil }
            return try ConfusionMatrix(
                labels: own.map { labels[$0] }, scores: own.map { scores[$0] }, threshold: 0.5,
                weights: own.map { weights[$0] })
        }
        if let first = halves[0], let second = halves[1] {
            #expect(try first.merged(with: second) == matrix)
        }
    }

    @Test func coarseBinsBoundTheArea() throws {
        var generator = TestGenerator(seed: 8)
        let scores = (0..<400).map { _ in Double.random(in: 0..<1, using: &generator) }
        let labels = scores.map { Double.random(in: 0..<1, using: &generator) < $0 }
        var histogram = try ScoreHistogram(probabilityBins: 10)
        for (label, score) in zip(labels, scores) { try histogram.add(label: label, score: score) }
        let bounds = try histogram.aucBounds()
        let area = try rocAUC(labels: labels, scores: scores)
        #expect(bounds.contains(area))
        #expect(bounds.upperBound - bounds.lowerBound > 0.01)
        #expect(bounds.upperBound - bounds.lowerBound < 0.15)
        #expect(try histogram.stability(of: histogram).value == 0)
        let data = try JSONEncoder().encode(histogram)
        #expect(try JSONDecoder().decode(ScoreHistogram.self, from: data) == histogram)
    }

    @Test func badInput() throws {
        var probabilities = ProbabilityAccumulator()
        #expect(probabilities.brierScore == nil && probabilities.observedRate == nil)
        expectError(.invalidProbability, "1.5") { () throws(MetricsError) in
            var copy = probabilities
            try copy.add(label: true, probability: 1.5)
        }
        expectError(.invalidWeight, "-1.0") { () throws(MetricsError) in
            var copy = probabilities
            try copy.add(label: true, probability: 0.5, weight: -1)
        }
        try probabilities.add(label: true, probability: 0.5, weight: 0)
        #expect(probabilities == ProbabilityAccumulator())
        let histogram = try ScoreHistogram(cuts: [0, 1])
        expectError(.oneClass, "0.0 positives") { () throws(MetricsError) in
            try histogram.auc()
        }
        expectError(.countMismatch, "2 and 1 cuts") { () throws(MetricsError) in
            var copy = histogram
            try copy.merge(try ScoreHistogram(cuts: [0]))
        }
        expectError(.invalidScore, "nan") { () throws(MetricsError) in
            var copy = histogram
            try copy.add(label: true, score: .nan)
        }
        for cuts in [[], [1, 1], [2, 1], [0, .nan]] {
            expectError(.invalidParameter, "\(cuts.count) cuts") { () throws(MetricsError) in
                try ScoreHistogram(cuts: cuts)
            }
        }
    }

    @Test(arguments: [
        #"{"cuts":[0,1],"positives":[1],"negatives":[0,0,0]}"#,
        #"{"cuts":[1,0],"positives":[1,1,1],"negatives":[0,0,0]}"#,
        #"{"cuts":[0,1],"positives":[1,-1,1],"negatives":[0,0,0]}"#,
    ])
    func forgedHistogramsAreRefused(text: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(ScoreHistogram.self, from: Data(text.utf8))
        }
    }

    @Test func otherForgedValuesAreRefused() {
        func refuse<Value: Decodable>(_ type: Value.Type, _ text: String) {
            #expect(throws: (any Error).self, "\(type)") {
                try JSONDecoder().decode(type, from: Data(text.utf8))
            }
        }
        let ks = #"{"statistic":0,"threshold":0,"truePositiveRate":1,"falsePositiveRate":1}"#
        refuse(ROC.self, #"{"points":[],"auc":0.5,"kolmogorovSmirnov":\#(ks)}"#)
        refuse(ProfitCurve.self, #"{"points":[]}"#)
        refuse(
            MultiClassConfusionMatrix.self, #"{"classes":["a","b"],"counts":[[1,0],[0]]}"#)
        refuse(MigrationMatrix.self, #"{"grades":["a","b"],"counts":[[1,-1],[0,0]]}"#)
        refuse(Bootstrap.self, #"{"replicates":1,"seed":1,"isStratified":true}"#)
        refuse(BootstrapEstimate.self, #"{"value":1,"replicates":[]}"#)
    }
}
