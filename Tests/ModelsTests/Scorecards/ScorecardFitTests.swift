// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("The fit of a scorecard")
struct ScorecardFitTests {
    private func fit(_ recipe: Scorecard, _ table: Table, weights: [Double]? = nil) throws
        -> ScorecardModel
    {
        try recipe.fit(table, target: "outcome", positive: "bad", weights: weights)
    }

    @Test("SC3: the card's coefficients, errors and p-values are those of the weights of evidence")
    func inference() throws {
        let table = try CardSample.make()
        let card = try fit(CardSample.recipe, table)
        #expect(card.variables.map(\.name) == ["income", "balance", "age", "home"])
        let bins = try CardSample.binning.fit(table, target: "outcome", positive: "bad")
        let evidence = try bins.transform(table)
        let reference = try LogisticRegression(penalty: .none).fit(
            features: evidence.matrix,
            labels: table.labels("outcome", positive: "bad"))
        #expect(card.regression.coefficients == reference.coefficients)
        let estimates = try #require(reference.estimates)
        let document = card.document
        let coefficients = [document.intercept] + document.variables.map(\.coefficient)
        #expect(coefficients.count == estimates.count)
        for (coefficient, estimate) in zip(coefficients, estimates) {
            #expect(coefficient.value == estimate.value)
            #expect(coefficient.standardError == estimate.standardError)
            #expect(coefficient.pValue == estimate.pValue)
            #expect(coefficient.lower95 == estimate.confidenceInterval().lowerBound)
            #expect(coefficient.upper95 == estimate.confidenceInterval().upperBound)
        }
        #expect(document.variables.allSatisfy { $0.coefficient.pValue! < 0.05 })
        // Weights of evidence explain the log-odds of one variable alone with a slope of -1.
        var alone = CardSample.recipe
        alone.binning.variables = ["home"]
        let single = try fit(alone, table)
        expectClose(single.regression.coefficients[0], -1, absolute: 1e-9)
    }

    @Test("A penalty leaves no p-values on the card")
    func penalty() throws {
        var recipe = CardSample.recipe
        recipe.regression = LogisticRegression(penalty: .l2(C: 1))
        let card = try fit(recipe, CardSample.make())
        #expect(card.document.variables.allSatisfy { $0.coefficient.pValue == nil })
        recipe.maximumPValue = 0.05
        #expect(modelError { try recipe.validate() }?.code == .invalidRecipe)
        for value in [0, -1, 1.5, .nan] as [Double] {
            let invalid = Scorecard(maximumPValue: value)
            #expect(modelError { try invalid.validate() }?.code == .invalidRecipe)
        }
    }

    /// `shadow` follows `income`, but beside it its effect is the other way round.
    private func suppressed() throws -> Table {
        var generator = TestGenerator(seed: 4)
        let incomes = (0..<800).map { _ in Double.random(in: 0...10, using: &generator) }
        let shadows = incomes.map { $0 + Double.random(in: -3...3, using: &generator) }
        let noise = incomes.map { _ in Double.random(in: 0...1, using: &generator).rounded() }
        let outcomes = zip(incomes, shadows).map { income, shadow in
            let logit = 4 - 1.4 * income + 0.7 * shadow
            return Double.random(in: 0...1, using: &generator) < 1 / (1 + exp(-logit))
                ? "bad" : "good"
        }
        return try Table([
            .numeric("income", incomes.map(Optional.some)),
            .numeric("shadow", shadows.map(Optional.some)),
            .numeric("noise", noise.map(Optional.some)),
            .numeric("flat", incomes.map { _ in 1 }),
            .categorical("outcome", outcomes.map(Optional.some)),
        ])
    }

    @Test("Variables leave the card for a contradicting sign, a p-value, or one weight of evidence")
    func eliminations() throws {
        let table = try suppressed()
        var recipe = Scorecard(
            BinningProcess(OptimalBinning(trend: .automaticMonotone)), requiresAgreeingSigns: false)
        let all = try fit(recipe, table)
        #expect(all.variables.map(\.name) == ["income", "shadow", "noise"])
        #expect(all.regression.coefficients[1] > 0)
        #expect(all.eliminations.map(\.variable) == ["flat"])
        #expect(all.eliminations.first?.reason == .constant)

        recipe.requiresAgreeingSigns = true
        recipe.maximumPValue = 0.01
        let card = try fit(recipe, table)
        #expect(card.variables.map(\.name) == ["income"])
        #expect(card.eliminations.map(\.variable) == ["flat", "shadow", "noise"])
        guard case .contradictingSign(let coefficient) = card.eliminations[1].reason else {
            Issue.record("\(card.eliminations[1])")
            return
        }
        #expect(coefficient == all.regression.coefficients[1])
        #expect(card.eliminations[1].description.contains("\(coefficient)"))

        recipe.binning.minimumInformationValue = 0.1
        let selected = try fit(recipe, table)
        #expect(selected.eliminations.map(\.variable).prefix(2) == ["noise", "flat"])
        guard case .notSelected(let decision, let value) = selected.eliminations[0].reason else {
            Issue.record("\(selected.eliminations[0])")
            return
        }
        #expect(decision == .informationValueTooSmall && value < 0.1)
    }

    @Test("A card without variables is refused, and the message says why")
    func nothingLeft() throws {
        let table = try suppressed().selecting(["flat", "outcome"])
        let error = modelError { _ = try fit(CardSample.recipe, table) }
        #expect(error?.code == .empty)
        #expect(error?.message.contains("flat has one weight of evidence") == true)
    }

    @Test("The order of the rows does not matter, and weights are repetitions")
    func rows() throws {
        let table = try CardSample.make()
        let reference = try fit(CardSample.recipe, table)
        var generator = TestGenerator(seed: 8)
        let order = (0..<table.rowCount).shuffled(using: &generator)
        expectSame(try fit(CardSample.recipe, table[rows: order]), reference)

        let repeated = (0..<table.rowCount).flatMap { [Int](repeating: $0, count: $0 % 3) }
        let weights = (0..<table.rowCount).map { Double($0 % 3) }
        expectSame(
            try fit(CardSample.recipe, table, weights: weights),
            try fit(CardSample.recipe, table[rows: repeated]))
    }

    private func expectSame(_ card: ScorecardModel, _ reference: ScorecardModel) {
        #expect(card.variables.map(\.labels) == reference.variables.map(\.labels))
        #expect(card.variables.map(\.points) == reference.variables.map(\.points))
        expectClose(
            card.regression.coefficients, reference.regression.coefficients, relative: 1e-9)
    }

    @Test("Targets without two classes and tables without the variables are refused")
    func refusals() throws {
        let table = try CardSample.make()
        func error(_ target: String, _ positive: String, _ table: Table) -> ModelError? {
            modelError {
                _ = try CardSample.recipe.fit(table, target: target, positive: positive)
            }
        }
        #expect(error("gone", "bad", table)?.code == .invalidLabels)
        #expect(error("outcome", "late", table)?.code == .invalidLabels)
        let labels = try table.labels("outcome", positive: "bad")
        for value in [true, false] {
            let one = table[rows: labels.indices.filter { labels[$0] == value }]
            #expect(error("outcome", "bad", one)?.code == .oneClass)
        }
        #expect(error("outcome", "bad", table[rows: []])?.code == .empty)
        for weights in [[1], [Double](repeating: -1, count: 500)] as [[Double]] {
            let error = modelError { _ = try fit(CardSample.recipe, table, weights: weights) }
            #expect(error?.code == .invalidWeights)
        }
        let card = try CardSample.fitted()
        let missing = modelError { _ = try card.scores(in: table.removing(["age"])) }
        #expect(missing?.code == .features)
        #expect((missing?.underlying as? FeatureError)?.column == "age")
        let kind = modelError {
            var changed = try table.removing(["age"])
            try changed.append(.categorical("age", [String?](repeating: "old", count: 500)))
            _ = try card.scores(in: changed)
        }
        #expect((kind?.underlying as? FeatureError)?.code == .wrongKind)
    }

    @Test("A fit is ended by its observer and by cancelling its task")
    func cancellation() async throws {
        let table = try CardSample.make()
        let stopped = modelError {
            _ = try CardSample.recipe.fit(table, target: "outcome", positive: "bad") { $0.stop() }
        }
        #expect(stopped?.code == .cancelled)
        let task = Task { () -> ModelError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return modelError { _ = try CardSample.fitted() }?.code
        }
        #expect(await task.value == .cancelled)
    }
}
