// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: thresholds and costs")
struct DecisionTests {
    private struct Rows {
        var probabilities: [Double] = []
        var labels: [Bool] = []
        var weights: [Double] = []

        init(seed: UInt64) {
            var generator = TestGenerator(seed: seed)
            for _ in 0..<60 {
                let p = Double(Int.random(in: 0...20, using: &generator)) / 20
                probabilities.append(p)
                labels.append(Double.random(in: 0...1, using: &generator) < p)
                weights.append(Double(Int.random(in: 0...3, using: &generator)))
            }
        }

        /// Weighted true and false positives, true and false negatives.
        func counts(_ threshold: Double) -> (tp: Double, fp: Double, tn: Double, fn: Double) {
            var counts = (tp: 0.0, fp: 0.0, tn: 0.0, fn: 0.0)
            for (index, weight) in weights.enumerated() {
                switch (probabilities[index] >= threshold, labels[index]) {
                case (true, true): counts.tp += weight
                case (true, false): counts.fp += weight
                case (false, false): counts.tn += weight
                case (false, true): counts.fn += weight
                }
            }
            return counts
        }
    }

    private let costs: CostMatrix

    init() throws {
        costs = try CostMatrix(
            truePositive: 0.5, falsePositive: 1, falseNegative: 4, trueNegative: -0.2)
    }

    @Test("no other threshold is better", arguments: propertySeeds(8))
    func optimality(seed: UInt64) throws {
        let rows = Rows(seed: seed)
        let all = (0...21).map { Double($0) / 20 }
        func best(_ merit: ((tp: Double, fp: Double, tn: Double, fn: Double)) -> Double) -> Double {
            all.map { merit(rows.counts($0)) }.max()!
        }
        func check(
            _ rule: DecisionRule,
            _ merit: ((tp: Double, fp: Double, tn: Double, fn: Double)) -> Double
        ) throws {
            let threshold = try rule.threshold(
                probabilities: rows.probabilities, labels: rows.labels, weights: rows.weights)
            expectClose(
                merit(rows.counts(threshold.value)), best(merit), relative: 1e-12, "\(rule)")
        }
        let costs = costs
        try check(.leastCost(costs)) {
            let loss = costs.truePositive * $0.tp + costs.falsePositive * $0.fp
            return -(loss + costs.trueNegative * $0.tn + costs.falseNegative * $0.fn)
        }
        try check(.balancedAccuracy) { $0.tp / ($0.tp + $0.fn) + $0.tn / ($0.tn + $0.fp) }
        for beta in [0.5, 1, 2.0] {
            try check(.fMeasure(beta: beta)) {
                let square = beta * beta
                return (1 + square) * $0.tp / ((1 + square) * $0.tp + square * $0.fn + $0.fp)
            }
        }
        for share in [0, 0.1, 0.35, 1] {
            try check(.positiveShare(share)) { counts in
                let taken = counts.tp + counts.fp
                let total = taken + counts.tn + counts.fn
                return taken <= share * total + 1e-9 ? taken : -1
            }
        }
    }

    @Test("Bayes' threshold is where both decisions cost the same")
    func bayes() throws {
        let threshold = costs.bayesThreshold
        let accept = (1 - threshold) * costs.trueNegative + threshold * costs.falseNegative
        let decline = (1 - threshold) * costs.falsePositive + threshold * costs.truePositive
        expectClose(accept, decline, relative: 1e-12)
        expectClose(
            try CostMatrix(falsePositive: 1, falseNegative: 5).bayesThreshold, 1.0 / 6,
            relative: 1e-15)
        let loan = try CostMatrix.loan(amount: 3, returnOnInvestment: 0.2, lossGivenDefault: 0.6)
        expectClose(loan.bayesThreshold, 0.25, relative: 1e-15)
        #expect(loan.cost(of: false, isPositive: true) == 3 * 0.6)
        #expect(loan.cost(of: false, isPositive: false) == -3 * 0.2)
        #expect(loan.cost(of: true, isPositive: false) == 0)
        #expect(loan.cost(of: true, isPositive: true) == 0)
    }

    @Test("a tuned recipe takes its threshold from out-of-fold probabilities")
    func recipe() throws {
        let table = try LoanTable.make(rows: 180)
        let recipe = DecisionRecipe(
            LoanTable.recipe, .leastCost(costs), foldCount: 4, seed: 3)
        let model = try recipe.fit(table, target: "outcome", positive: "bad")
        let found = try CrossValidation(StratifiedKFold(foldCount: 4, seed: 3))
            .outOfFoldProbabilities(
                of: LoanTable.recipe, on: table, target: "outcome", positive: "bad")
        let expected = try DecisionRule.leastCost(costs).threshold(
            probabilities: found, labels: table.labels("outcome", positive: "bad"))
        #expect(model.threshold == expected)
        let probabilities = try model.probabilities(in: table)
        #expect(try model.decisions(in: table) == probabilities.map { $0 >= expected.value })
        #expect(try model.decision(of: table[7]) == (probabilities[7] >= expected.value))
        let copy = try type(of: model).init(fileBytes: model.fileBytes)
        #expect(copy == model && copy.digest == model.digest)
        let json = try JSONEncoder().encode(model)
        #expect(try JSONDecoder().decode(type(of: model), from: json) == model)
        let report = try CrossValidation(foldCount: 3).evaluate(
            recipe, on: table, target: "outcome", positive: "bad")
        #expect(report.folds.count == 3)
        let plain = try DecisionRecipe(LoanTable.recipe, .bayes(costs)).fit(
            table, target: "outcome", positive: "bad")
        #expect(plain.threshold.value == costs.bayesThreshold)
        #expect(try plain.model == LoanTable.recipe.fit(table, target: "outcome", positive: "bad"))
        // Every row with costs of its own.
        let own = try (0..<180).map {
            try CostMatrix(falsePositive: 1, falseNegative: Double(1 + $0 % 9))
        }
        let decisions = try plain.decisions(in: table, costs: own)
        for row in 0..<180 {
            #expect(decisions[row] == (probabilities[row] >= 1 / Double(2 + row % 9)))
        }
        #expect(
            modelError { _ = try plain.decisions(in: table, costs: [costs]) }?.message
                == "1 costs for 180 rows")
    }

    @Test("a classifier decides by a threshold from its out-of-fold probabilities")
    func classifier() throws {
        let data = try LogisticSample(rows: 200, columns: 3, seed: 5).data
        let base = LogisticRegression(penalty: .l2(C: 1))
        let recipe = base.deciding(by: .leastCost(costs), foldCount: 4, seed: 3)
        let model = try recipe.fit(data)
        let found = try CrossValidation(StratifiedKFold(foldCount: 4, seed: 3))
            .outOfFoldProbabilities(of: base, on: data)
        let expected = try DecisionRule.leastCost(costs).threshold(
            probabilities: found.column(1).elements, labels: data.labels.isPositive)
        #expect(model.threshold == expected && expected.value != 0.5)
        #expect(try model.model == base.fit(data))
        let probabilities = try model.probabilities(data.features)
        let decisions = try model.decisions(data.features)
        #expect(decisions == probabilities.map { $0 >= expected.value })
        // Through the protocol too, and where the kind is not known.
        let classes = decisions.map { data.labels.classes[$0 ? 1 : 0] }
        func predicted(_ model: some ClassifierModel) throws -> [String] {
            try model.predictedClasses(data.features)
        }
        #expect(try predicted(model) == classes)
        #expect(try predicted(AnyClassifierModel(model)) == classes)
        #expect(try predicted(model.model) != classes)
        let own = (0..<200).map {
            try? CostMatrix(falsePositive: 1, falseNegative: Double(1 + $0 % 9))
        }
        let byRow = try model.decisions(data.features, costs: own.compactMap { $0 })
        for row in 0..<200 {
            #expect(byRow[row] == (probabilities[row] >= 1 / Double(2 + row % 9)))
        }
        #expect(
            modelError { _ = try model.decisions(data.features, costs: []) }?.code
                == .invalidValue)
        // A rule that needs no rows runs no fold, so a class may be rarer than the folds.
        let few = try ClassificationData(
            features: data.features.gatheringRows(Array(0..<20)),
            labels: ClassLabels((0..<20).map { $0 == 4 }))
        #expect(
            try base.deciding(by: .bayes(costs)).fit(few).threshold.value == costs.bayesThreshold)
        #expect(
            modelError { _ = try base.deciding(by: .balancedAccuracy).fit(few) }?.code
                == .invalidSplit)
        let three = try ClassificationData(
            features: data.features.gatheringRows(Array(0..<30)),
            labels: ClassLabels((0..<30).map { "\($0 % 3)" }))
        let error = modelError {
            _ = try NaiveBayes(.gaussian()).deciding(by: .fixed(0.5)).fit(three)
        }
        #expect(error?.code == .tooManyClasses)
    }

    @Test("every rule survives the bytes of a recipe")
    func ruleBytes() throws {
        let rules: [DecisionRule] = [
            .fixed(0.3), .bayes(costs), .leastCost(costs), .balancedAccuracy, .fMeasure(beta: 2),
            .positiveShare(0.2),
        ]
        for rule in rules {
            let recipe = NaiveBayes().deciding(by: rule, foldCount: 7, seed: 9)
            #expect(try type(of: recipe).init(canonicalBytes: recipe.canonicalBytes) == recipe)
        }
    }

    @Test("rules and costs out of range are refused")
    func refusals() throws {
        let invalid: [DecisionRule] = [
            .fixed(1.5), .fixed(.nan), .fMeasure(beta: 0), .positiveShare(-0.1),
        ]
        for rule in invalid {
            #expect(modelError { try rule.validate() }?.code == .invalidRecipe, "\(rule)")
        }
        #expect(modelError { _ = try DecisionThreshold(.nan) }?.code == .invalidRecipe)
        #expect(try DecisionThreshold(1.0.nextUp).decisions([1]) == [false])
    }
}
