// SPDX-License-Identifier: Apache-2.0

import Metrics
import RealModule
import Testing
import _CreditTestSupport

@Suite struct ProbabilityTests {
    @Test func byHand() throws {
        let (labels, p) = ([true, false, true], [1, 0.5, 0.25])
        expectClose(
            try brierScore(labels: labels, probabilities: p), (0.25 + 0.5625) / 3, relative: 1e-15)
        expectClose(
            try logLoss(labels: labels, probabilities: p),
            (Double.log(2) + Double.log(4)) / 3, relative: 1e-14)
        #expect(try brierScore(labels: [true, false], probabilities: [1, 0]) == 0)
    }

    @Test func certainAndWrong() throws {
        // -log(2^-52), as scikit-learn clips; without clipping the exact value.
        expectClose(
            try logLoss(labels: [true], probabilities: [0]), 52 * Double.log(2), relative: 1e-15)
        expectClose(
            try logLoss(labels: [false], probabilities: [1]), 52 * Double.log(2), relative: 1e-15)
        #expect(
            try logLoss(labels: [true, false], probabilities: [0, 0.5], clipping: 0) == .infinity)
        #expect(try logLoss(labels: [true, false], probabilities: [1, 0], clipping: 0) == 0)
        expectClose(
            try logLoss(labels: [true], probabilities: [0], clipping: 0.1), -Double.log(0.1),
            relative: 1e-15)
        // A tiny probability keeps its digits in the loss of the other class.
        expectClose(
            try logLoss(labels: [false], probabilities: [1e-10], clipping: 0), 1e-10,
            relative: 1e-9)
        // A row of weight 0 is absent, even with an infinite loss.
        #expect(
            try logLoss(
                labels: [true, true], probabilities: [0, 1], weights: [0, 1], clipping: 0) == 0)
    }

    @Test(arguments: propertySeeds(40))
    func weightsAreRepetitions(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let (labels, scores) = inputs.repeated
        expectClose(
            try brierScore(
                labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights),
            try brierScore(labels: labels, probabilities: scores), relative: 1e-14)
        expectClose(
            try logLoss(
                labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights),
            try logLoss(labels: labels, probabilities: scores), relative: 1e-14)
        for binning in [ReliabilityTable.Binning.equalWidth(4), .equalCount(4)] {
            let weighted = try ReliabilityTable(
                labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights,
                bins: binning)
            let repeated = try ReliabilityTable(
                labels: labels, probabilities: scores, bins: binning)
            #expect(weighted.bins.map(\.weight) == repeated.bins.map(\.weight))
            #expect(weighted.bins.map(\.observedRate) == repeated.bins.map(\.observedRate))
            #expect(weighted.bins.map(\.meanProbability) == repeated.bins.map(\.meanProbability))
        }
    }

    @Test(arguments: propertySeeds(40))
    func orderDoesNotMatter(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed, integerWeights: false)
        let other = inputs.shuffled(seed: seed)
        func all(_ inputs: MetricsInputs) throws -> [Double] {
            let (labels, p, weights) = (inputs.labels, inputs.scores, inputs.weights)
            return [
                try brierScore(labels: labels, probabilities: p, weights: weights),
                try logLoss(labels: labels, probabilities: p, weights: weights),
            ]
        }
        expectClose(try all(inputs), try all(other), relative: 1e-15)
        #expect(
            try ReliabilityTable(
                labels: inputs.labels, probabilities: inputs.scores, weights: inputs.weights)
                == ReliabilityTable(
                    labels: other.labels, probabilities: other.scores, weights: other.weights))
    }

    @Test func badInput() {
        for bad in [Double.nan, -0.01, 1.01, .infinity] {
            expectError(.invalidProbability, position: 2, "\(bad) at position 2") {
                () throws(MetricsError) in
                try brierScore(labels: [true, false, true], probabilities: [0, 1, bad])
            }
            expectError(.invalidProbability, position: 0, "\(bad) at position 0") {
                () throws(MetricsError) in
                try logLoss(labels: [true], probabilities: [bad])
            }
            expectError(.invalidProbability, position: 0, "\(bad) at position 0") {
                () throws(MetricsError) in
                try ReliabilityTable(labels: [true], probabilities: [bad])
            }
        }
        for clipping in [-0.1, 0.5, .nan] {
            expectError(.invalidParameter, "clipping \(clipping)") { () throws(MetricsError) in
                try logLoss(labels: [true], probabilities: [0.5], clipping: clipping)
            }
        }
        for count in [0, -1, 1_000_001] {
            expectError(.invalidParameter, "\(count) bins") { () throws(MetricsError) in
                try ReliabilityTable(labels: [true], probabilities: [1], bins: .equalWidth(count))
            }
            expectError(.invalidParameter, "\(count) bins") { () throws(MetricsError) in
                try ReliabilityTable(labels: [true], probabilities: [1], bins: .equalCount(count))
            }
        }
        expectError(.emptyInput, "no rows") { () throws(MetricsError) in
            try brierScore(labels: [], probabilities: [])
        }
        expectError(.countMismatch, "1 labels but 2 probabilities") { () throws(MetricsError) in
            try logLoss(labels: [true], probabilities: [0.5, 0.5])
        }
        expectError(.invalidWeight, position: 0, "-2.0") { () throws(MetricsError) in
            try brierScore(labels: [true], probabilities: [0.5], weights: [-2])
        }
    }
}
