// SPDX-License-Identifier: Apache-2.0

import Foundation
import Metrics
import Testing
import _CreditTestSupport

@Suite("ME8: costs and profit") struct CostTests {
    @Test(arguments: propertySeeds(30))
    func theChosenThresholdIsTheBest(seed: UInt64) throws {
        let inputs = MetricsInputs(seed: seed)
        let objectives: [(ThresholdObjective, (ConfusionMatrix) -> Double?)] = [
            (.f1, { $0.f1 }), (.youdenIndex, { $0.youdenIndex }), (.accuracy, { $0.accuracy }),
            (.matthewsCorrelation, { $0.matthewsCorrelation }),
            (.cohensKappa, { $0.cohensKappa }),
        ]
        for (objective, measure) in objectives {
            let best = (Set(inputs.scores).sorted(by: >) + [2]).compactMap { threshold in
                try? ConfusionMatrix(
                    labels: inputs.labels, scores: inputs.scores, threshold: threshold,
                    weights: inputs.weights)
            }.compactMap(measure).max()
            let choice = try ThresholdChoice(
                labels: inputs.labels, scores: inputs.scores, objective: objective,
                weights: inputs.weights)
            expectClose(choice.value, try #require(best), absolute: 1e-14)
            let matrix = try ConfusionMatrix(
                labels: inputs.labels, scores: inputs.scores, threshold: choice.threshold ?? 2,
                weights: inputs.weights)
            #expect(matrix == choice.matrix)
        }
    }

    @Test func profitByHand() throws {
        let curve = try ProfitCurve(
            labels: [false, true, false, false], scores: [0.1, 0.9, 0.3, 0.3], gains: [10],
            losses: [5, 50, 5, 5])
        #expect(curve.points.map(\.profit) == [0, 10, 30, -20])
        #expect(curve.points.map(\.acceptedShare) == [0, 0.25, 0.75, 1])
        #expect(curve.points.map(\.cutoff) == [0.1, 0.3, 0.9, nil])
        #expect(curve.best.profit == 30)
        #expect(curve.best.badRate == 0)
        #expect(curve.points.last?.badRate == 0.25)
        expectError(.countMismatch, "4 labels but 2 gains") { () throws(MetricsError) in
            try ProfitCurve(
                labels: [false, true, false, false], scores: [0.1, 0.9, 0.3, 0.3],
                gains: [1, 2], losses: [1])
        }
        expectError(.invalidScore, position: 0, "inf") { () throws(MetricsError) in
            try ProfitCurve(labels: [true], scores: [0.1], gains: [.infinity], losses: [1])
        }
    }

    @Test func costMatrix() throws {
        let costs = try CostMatrix(
            truePositive: -1, falsePositive: 2, falseNegative: 5, trueNegative: 1)
        expectClose(costs.bayesThreshold, 1.0 / 7, absolute: 1e-15)
        let matrix = try ConfusionMatrix(
            truePositives: 1, falsePositives: 2, falseNegatives: 3, trueNegatives: 4)
        #expect(costs.total(of: matrix) == -1 + 4 + 15 + 4)
        for (fp, fn) in [(0.0, 1.0), (1, -1), (.nan, 1), (1, .infinity)] {
            expectError(.invalidParameter, "cost") { () throws(MetricsError) in
                try CostMatrix(falsePositive: fp, falseNegative: fn)
            }
        }
        let rates = try ConfusionMatrix(
            truePositives: 6, falsePositives: 2, falseNegatives: 4, trueNegatives: 8)
        let values: [Double?] = [
            rates.geometricMean, rates.youdenIndex, rates.markedness, rates.jaccardIndex,
            rates.fowlkesMallowsIndex, rates.positiveLikelihoodRatio,
            rates.negativeLikelihoodRatio, rates.diagnosticOddsRatio, rates.prevalence,
            rates.errorRate,
        ]
        let markedness = 0.75 + 8.0 / 12 - 1
        let roots = (0.48.squareRoot(), 0.45.squareRoot())
        let expected = [roots.0, 0.4, markedness, 0.5, roots.1, 3, 0.5, 6, 0.5, 0.3]
        expectClose(values.map { $0 ?? .nan }, expected, absolute: 1e-14)
    }
}

@Suite("ME8: cost matrices") struct CostMatrixTests {
    @Test func aLoanAsCosts() throws {
        let loan = try CostMatrix.loan(amount: 3, returnOnInvestment: 0.2, lossGivenDefault: 0.6)
        expectClose(loan.bayesThreshold, 0.25, relative: 1e-15)
        #expect(loan.cost(of: false, isPositive: true) == 3 * 0.6)
        #expect(loan.cost(of: false, isPositive: false) == -3 * 0.2)
        #expect(loan.cost(of: true, isPositive: true) == 0)
        let json = try JSONEncoder().encode(loan)
        #expect(try JSONDecoder().decode(CostMatrix.self, from: json) == loan)
    }

    @Test func costsThatAreNoMatrixAreRefused() throws {
        for (mistaken, missed) in [(-1.0, 1), (0, 0), (.infinity, 1), (1, .nan)] {
            #expect(throws: MetricsError.self) {
                try CostMatrix(falsePositive: mistaken, falseNegative: missed)
            }
        }
        let forged = #"{"truePositive":0,"falsePositive":-1,"falseNegative":5,"trueNegative":0}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CostMatrix.self, from: Data(forged.utf8))
        }
    }
}
