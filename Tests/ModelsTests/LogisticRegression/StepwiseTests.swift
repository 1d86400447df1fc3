// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR5: stepwise choice and variance inflation")
struct StepwiseTests {
    /// Eight features of which the classes follow four; the last is a sum of two others and noise.
    private func data(seed: UInt64) throws -> ClassificationData {
        let sample = LogisticSample(rows: 150, columns: 4, seed: seed)
        var generator = TestGenerator(seed: seed &+ 1)
        let rows = (0..<150).map { row -> [Double] in
            let values = sample.features.row(row).elements
            let noise = (0..<4).map { _ in Double.random(in: -1...1, using: &generator) }
            return values + noise.prefix(3) + [values[0] + values[1] + noise[3] * 0.1]
        }
        return try ClassificationData(
            features: Matrix(rows: rows), labels: ClassLabels(sample.labels))
    }

    private func value(
        _ features: [Int], _ data: ClassificationData, _ criterion: StepwiseSelection.Criterion
    ) throws -> Double {
        guard !features.isEmpty else {
            let likelihood = data.classWeights.reduce(0) {
                $0 + $1 * log($1 / Double(data.rowCount))
            }
            return (criterion == .aic ? 2 : log(Double(data.rowCount))) - 2 * likelihood
        }
        let model = try LogisticRegression(penalty: .none).fit(
            ClassificationData(
                features: data.features.gatheringColumns(features), labels: data.labels))
        let inference = try #require(model.inference)
        return criterion == .aic ? inference.aic : inference.bic
    }

    @Test("every step is the best of all steps, and at the end none is left", arguments: [1, 2])
    func greedy(seed: UInt64) throws {
        let data = try data(seed: seed)
        for criterion in [StepwiseSelection.Criterion.aic, .bic] {
            for direction in StepwiseSelection.Direction.allCases {
                let result = try StepwiseSelection(direction: direction, criterion: criterion)
                    .select(data)
                var chosen = direction == .backward ? Array(0..<8) : []
                for step in result.steps + [nil] {
                    let current = try value(chosen, data, criterion)
                    let moves = (0..<8).filter {
                        chosen.contains($0) ? direction != .forward : direction != .backward
                    }
                    let values = try moves.map { try value(toggling($0, chosen), data, criterion) }
                    guard let step else {
                        #expect(values.allSatisfy { $0 > current - 1e-9 })
                        continue
                    }
                    let column = try #require(data.featureNames.firstIndex(of: step.feature))
                    expectClose(step.value, try #require(values.min()), relative: 1e-10)
                    #expect(step.isAddition == !chosen.contains(column))
                    chosen = toggling(column, chosen)
                }
                #expect(result.featureNames == chosen.map { data.featureNames[$0] })
                #expect(result.model?.featureNames == result.featureNames)
            }
        }
    }

    private func toggling(_ column: Int, _ chosen: [Int]) -> [Int] {
        chosen.contains(column) ? chosen.filter { $0 != column } : (chosen + [column]).sorted()
    }

    @Test("by p-values: those in are below the limit, those out above")
    func pValues() throws {
        let data = try data(seed: 3)
        let plan = StepwiseSelection(criterion: .pValue(enter: 0.05, remove: 0.1))
        let result = try plan.select(data)
        let model = try #require(result.model)
        let all = try #require(model.inference)
        #expect(!result.featureNames.isEmpty && result.featureNames.count < 8)
        let chosen = result.featureNames.compactMap { data.featureNames.firstIndex(of: $0) }
        for column in 0..<8 {
            let features = toggling(column, chosen)
            let other = try LogisticRegression(penalty: .none).fit(
                ClassificationData(
                    features: data.features.gatheringColumns(features), labels: data.labels))
            let inference = try #require(other.inference)
            let test =
                chosen.contains(column)
                ? try all.likelihoodRatioTest(against: inference)
                : try inference.likelihoodRatioTest(against: all)
            #expect(chosen.contains(column) ? test.pValue <= 0.1 : test.pValue >= 0.05)
        }
        let error = modelError {
            _ = try StepwiseSelection(criterion: .pValue(enter: 0.2, remove: 0.1)).select(data)
        }
        #expect(error?.code == .invalidRecipe)
    }

    @Test("nothing to find: the empty model; a dependent feature never comes in")
    func edges() throws {
        var generator = TestGenerator(seed: 8)
        let noise = Matrix<Double>(rowCount: 100, columnCount: 2) { _, _ in
            Double.random(in: -1...1, using: &generator)
        }
        let labels = (0..<100).map { $0 % 2 == 0 }
        let empty = try StepwiseSelection(criterion: .pValue(enter: 1e-6, remove: 1e-6)).select(
            ClassificationData(features: noise, labels: ClassLabels(labels)))
        #expect(empty.featureNames.isEmpty && empty.model == nil && empty.steps.isEmpty)
        let sample = LogisticSample()
        let doubled = try ClassificationData(
            features: .concatenated([sample.features, sample.features], axis: 1),
            labels: ClassLabels(sample.labels))
        let result = try StepwiseSelection(direction: .forward).select(doubled)
        #expect(result.featureNames.allSatisfy { ["x0", "x1", "x2", "x3"].contains($0) })
        let backward = modelError {
            _ = try StepwiseSelection(direction: .backward).select(doubled)
        }
        #expect(backward?.code == .rankDeficient)
        let stopped = modelError { _ = try StepwiseSelection().select(doubled) { $0.stop() } }
        #expect(stopped?.code == .cancelled)
    }

    @Test("variance inflation is 1 / (1 - R²); infinite for dependent features")
    func varianceInflation() throws {
        let data = try data(seed: 5)
        let factors = data.varianceInflationFactors()
        for column in 0..<8 {
            let others = (0..<8).filter { $0 != column }
            let design = Matrix<Double>.concatenated(
                [.ones(150, 1), data.features.gatheringColumns(others)], axis: 1)
            let target = data.features.column(column)
            let solution = try design.gram().cholesky()
                .solve(design.transposed.matmul(target))
            let residual = target - design.matmul(solution)
            let centred = target - target.sum() / 150
            expectClose(
                factors[column], centred.dot(centred) / residual.dot(residual), relative: 1e-7)
        }
        let rows = (0..<150).map { row -> [Double] in
            let values = data.features.row(row).elements
            return [values[0], values[4], 2 * values[0] + 1, 7]
        }
        let dependent = try ClassificationData(features: Matrix(rows: rows), labels: data.labels)
            .varianceInflationFactors()
        #expect(dependent[0] == .infinity && dependent[2] == .infinity && dependent[3] == .infinity)
        #expect(dependent[1] >= 1 && dependent[1] < 1.2)
    }

    @Test(
        "an updated model: the posterior of the new rows, near the fit to all",
        arguments: propertySeeds(3))
    func update(seed: UInt64) throws {
        let sample = LogisticSample(rows: 2000, columns: 3, seed: seed)
        let recipe = LogisticRegression(penalty: .none)
        func part(_ rows: Range<Int>) throws -> ClassificationData {
            try ClassificationData(
                features: sample.features.gatheringRows(Array(rows)),
                labels: ClassLabels(sample.labels)[rows: Array(rows)])
        }
        let old = try recipe.fit(part(0..<1500))
        let new = try old.updated(with: part(1500..<2000))
        let all = try recipe.fit(part(0..<2000))
        let errors = try #require(all.inference).standardErrors
        let pairs = zip([new.intercept] + new.coefficients, [all.intercept] + all.coefficients)
        for (index, pair) in pairs.enumerated() {
            expectClose(pair.0, pair.1, absolute: 0.1 * errors[index])
        }
        let updated = try #require(new.inference)
        expectClose(updated.standardErrors, errors, relative: 0.05)
        expectClose(
            updated.logLikelihood, try #require(all.inference).logLikelihood, relative: 1e-3)
        #expect(updated.observationCount == 2000)
        // The slope of the log posterior vanishes: Xᵀ residuals = precision * (new - old).
        let residuals = Vector(
            zip(sample.labels[1500...], try new.probabilities(part(1500..<2000).features))
                .map { ($0 ? 1 : 0) - $1 })
        let precision = try #require(old.inference).covariance.inverse()
        let moved = Vector(
            zip([new.intercept] + new.coefficients, [old.intercept] + old.coefficients).map(-))
        let slopes =
            [residuals.sum()]
            + (try part(1500..<2000).features.transposed.matmul(residuals).elements)
        expectClose(slopes, precision.matmul(moved).elements, absolute: 1e-5)
        let ridge = try LogisticRegression().fit(part(0..<100))
        #expect(
            modelError { _ = try ridge.updated(with: part(100..<200)) }?.code == .invalidRecipe)
    }
}
