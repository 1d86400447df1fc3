// SPDX-License-Identifier: Apache-2.0

import Metrics
import Testing
import _CreditTestSupport

@Suite("ME11: fairness") struct FairnessTests {
    /// Group a: 4 defaulters of 10, group b: 2 of 10.
    static let labels = [
        true, true, true, true, false, false, false, false, false, false,
        true, true, false, false, false, false, false, false, false, false,
    ]
    static let predictions = [
        true, true, true, false, true, true, false, false, false, false,
        true, false, true, false, false, false, false, false, false, false,
    ]
    static let groups = [String](repeating: "a", count: 10) + [String](repeating: "b", count: 10)

    @Test func byHand() throws {
        let result = try FairnessAssessment(
            labels: Self.labels, predictions: Self.predictions, groups: Self.groups)
        #expect(result.groups.map(\.name) == ["a", "b"])
        #expect(result.groups.map(\.selectionRate) == [0.5, 0.8])
        expectClose(result.demographicParityDifference, 0.3, absolute: 1e-15)
        #expect(result.demographicParityRatio == 0.625)
        #expect(!result.meetsFourFifthsRule)
        // Of those who repay, 4 of 6 and 7 of 8 get the loan; of the others 1 of 4 and 1 of 2.
        expectClose(
            try #require(result.equalOpportunityDifference), 7.0 / 8 - 4.0 / 6, absolute: 1e-15)
        expectClose(try #require(result.equalisedOddsDifference), 0.25, absolute: 1e-15)
        expectClose(try #require(result.equalisedOddsRatio), 0.5, absolute: 1e-15)
        #expect(result.aucDifference == nil && result.calibrationDifference == nil)
        let other = try FairnessAssessment(
            labels: Self.labels.map { !$0 }, predictions: Self.predictions.map { !$0 },
            groups: Self.groups, favourable: .positive)
        #expect(other.groups.map(\.selectionRate) == [0.5, 0.8])
        #expect(other.equalOpportunityDifference == result.equalOpportunityDifference)
        // A weight of 2 is the row twice.
        let doubled = try FairnessAssessment(
            labels: Self.labels + Self.labels.prefix(5),
            predictions: Self.predictions + Self.predictions.prefix(5),
            groups: Self.groups + Self.groups.prefix(5))
        let weighted = try FairnessAssessment(
            labels: Self.labels, predictions: Self.predictions, groups: Self.groups,
            weights: (0..<20).map { $0 < 5 ? 2 : 1 })
        #expect(weighted == doubled)
    }

    static func scored(_ seed: UInt64) -> (labels: [Bool], p: [Double], groups: [String]) {
        var generator = TestGenerator(seed: seed)
        let groups = (0..<400).map { $0 % 3 == 0 ? "x" : "y" }
        let p = groups.map { group in
            let unit = Double.random(in: 0..<1, using: &generator)
            return group == "x" ? 0.2 + 0.8 * unit : unit * 0.8
        }
        return (p.map { Double.random(in: 0..<1, using: &generator) < $0 }, p, groups)
    }

    @Test func bootstrapIntervals() throws {
        let (labels, p, groups) = Self.scored(4)
        let result = try FairnessAssessment.bootstrap(
            Bootstrap(replicates: 60, seed: 2), labels: labels, scores: p, threshold: 0.5,
            groups: groups
        ) { $0.demographicParityRatio }
        let plain = try FairnessAssessment(
            labels: labels, scores: p, threshold: 0.5, groups: groups)
        #expect(result.value == plain.demographicParityRatio)
        #expect(try result.interval().contains(result.value))
        #expect(result.standardError > 0.01 && result.standardError < 0.2)
        #expect(plain.aucDifference != nil && plain.calibrationDifference != nil)
    }

    @Test(arguments: [
        FairThresholds.Criterion.demographicParity, .falsePositiveRate, .truePositiveRate,
    ])
    func thresholdsMakeRatesEqual(criterion: FairThresholds.Criterion) throws {
        let (labels, p, groups) = Self.scored(7)
        let costs = try CostMatrix(falsePositive: 1, falseNegative: 2)
        let fair = try FairThresholds(
            labels: labels, scores: p, groups: groups, criterion: criterion, costs: costs)
        #expect(fair.gap <= 0.01 + 1e-9)
        // The decisions are those of the thresholds.
        var predictions: [Bool] = []
        for (score, group) in zip(p, groups) {
            predictions.append(try fair.predictsPositive(score: score, group: group))
        }
        let result = try FairnessAssessment(
            labels: labels, predictions: predictions, groups: groups)
        #expect(result.groups.map(\.matrix) == fair.groups.map(\.matrix))
        // Without the criterion it costs no more, and the rates are far apart.
        let free = try FairThresholds(
            labels: labels, scores: p, groups: groups, criterion: criterion, costs: costs,
            tolerance: 1)
        #expect(free.cost <= fair.cost)
        let matrix = try ConfusionMatrix(labels: labels, predictions: predictions)
        expectClose(costs.total(of: matrix), fair.cost, absolute: 1e-9)
        expectError(.unknownName, "\"z\"") { () throws(MetricsError) in
            try fair.predictsPositive(score: 0, group: "z")
        }
    }

    /// Groups of three and of four rows reach equal rates only at "none" and "all".
    @Test func ratesThatCannotBeEqual() throws {
        let labels = [true, false, false, true, true, false, false]
        let scores = [0.9, 0.4, 0.1, 0.8, 0.7, 0.3, 0.2]
        let groups = ["x", "x", "x", "y", "y", "y", "y"]
        let costs = try CostMatrix(falsePositive: 1, falseNegative: 1)
        func thresholds(_ tolerance: Double) throws -> FairThresholds {
            try FairThresholds(
                labels: labels, scores: scores, groups: groups, criterion: .demographicParity,
                costs: costs, tolerance: tolerance)
        }
        let strict = try thresholds(0.01)
        #expect(strict.gap == 0)
        #expect(strict.cost == 3)
        let loose = try thresholds(0.2)
        #expect(loose.cost == 0)
        expectClose(loose.gap, 0.5 - 1.0 / 3, absolute: 1e-15)
        #expect(loose.groups.map(\.threshold) == [0.9, 0.7])
    }

    /// Every pair of thresholds of two small groups, tried one by one.
    @Test(arguments: propertySeeds(20))
    func noChoiceIsCheaper(seed: UInt64) throws {
        var (first, second) = (MetricsInputs(seed: seed), MetricsInputs(seed: seed &+ 1))
        first.weights = first.weights.map { _ in 1 }
        second.weights = second.weights.map { _ in 1 }
        let costs = try CostMatrix(falsePositive: 1, falseNegative: 3)
        let points = try [first, second].map {
            try ThresholdCurve(labels: $0.labels, scores: $0.scores).points.map(\.matrix)
        }
        let tolerance = 0.1
        var least = Double.infinity
        for one in points[0] {
            for two in points[1]
            where abs(one.predictedPositiveRate - two.predictedPositiveRate) <= tolerance + 1e-12 {
                least = min(least, costs.total(of: one) + costs.total(of: two))
            }
        }
        let fair = try FairThresholds(
            labels: first.labels + second.labels, scores: first.scores + second.scores,
            groups: first.labels.map { _ in "a" } + second.labels.map { _ in "b" },
            criterion: .demographicParity, costs: costs, tolerance: tolerance)
        #expect(fair.cost == least)
        #expect(fair.gap <= tolerance + 1e-9)
    }

    @Test func badInput() {
        expectError(.invalidParameter, "1 groups") { () throws(MetricsError) in
            try FairnessAssessment(
                labels: [true, false], predictions: [true, false], groups: ["a", "a"])
        }
        expectError(.countMismatch, "2 labels but 1 groups") { () throws(MetricsError) in
            try FairnessAssessment(
                labels: [true, false], predictions: [true, false], groups: ["a"])
        }
        expectError(.oneClass, "all rows are negative") { () throws(MetricsError) in
            try FairThresholds(
                labels: [true, false, false], scores: [1, 0, 0], groups: ["a", "a", "b"],
                criterion: .demographicParity,
                costs: try CostMatrix(falsePositive: 1, falseNegative: 1))
        }
    }
}
