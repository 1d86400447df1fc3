// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("CV1: hyperparameter search")
struct HyperparameterSearchTests {
    private let plan = CrossValidation(foldCount: 3, seeds: [4])
    private let sample = LogisticSample(rows: 240, columns: 3, seed: 6)
    private let grid = SearchSpace(LogisticRegression())
        .varying("C", [0.001, 0.1, 10.0]) { $0.penalty = .l2(C: $1) }
        .varying("intercept", \.fitsIntercept, [true, false])

    @Test("a grid is every combination, each judged as cross-validation judges it")
    func exhaustive() throws {
        let data = try sample.data
        let report = try HyperparameterSearch(.grid, plan, score: .logLoss).run(grid, on: data)
        #expect(report.trials.count == 6)
        #expect(report.score == "logLoss")
        var best = Double.infinity
        for (index, combination) in [
            (0.001, true), (0.001, false), (0.1, true), (0.1, false), (10, true), (10, false),
        ].enumerated() {
            let recipe = LogisticRegression(
                penalty: .l2(C: combination.0), fitsIntercept: combination.1)
            let trial = try #require(report.trials.first { $0.index == index })
            #expect(trial.recipe == recipe)
            #expect(trial.values.map(\.value) == ["\(combination.0)", "\(combination.1)"])
            let scores = try plan.evaluate(recipe, on: data).folds.map(\.scores.logLoss)
            #expect(trial.foldScores == scores)
            best = min(best, scores.reduce(0, +) / 3)
        }
        #expect(report.best.meanScore == best)
        let means = report.trials.compactMap(\.meanScore)
        #expect(means == means.sorted())
        let larger = try HyperparameterSearch(.grid, plan).run(grid, on: data)
        let areas = larger.trials.compactMap(\.meanScore)
        #expect(areas == areas.sorted(by: >))
    }

    @Test("random search draws from ranges, and the seed decides")
    func random() throws {
        let data = try sample.data
        let space = SearchSpace(LogisticRegression())
            .varying("C", .logUniform(0.001...100)) { $0.penalty = .l2(C: $1) }
            .varying("limit", \.iterationLimit, .integers(50...60))
            .varying("tolerance", \.gradientTolerance, .uniform(1e-10...1e-9))
        func run(_ count: Int, _ seed: UInt64) throws -> SearchReport<LogisticRegression> {
            try HyperparameterSearch(.random(count: count, seed: seed), plan).run(space, on: data)
        }
        let report = try run(12, 3)
        let again = try run(12, 3)
        #expect(again.trials.map(\.recipe) == report.trials.map(\.recipe))
        #expect(try run(12, 4).trials.map(\.recipe) != report.trials.map(\.recipe))
        // More candidates leave the first ones as they are.
        let more = try run(15, 3).trials.filter { $0.index < 12 }
        #expect(Set(more.map(\.recipe)) == Set(report.trials.map(\.recipe)))
        var strengths: [Double] = []
        for trial in report.trials {
            guard case .l2(let strength) = trial.recipe.penalty else { continue }
            strengths.append(strength)
            #expect((50...60).contains(trial.recipe.iterationLimit))
            #expect((1e-10...1e-9).contains(trial.recipe.gradientTolerance))
        }
        #expect(strengths.allSatisfy { (0.001...100).contains($0) })
        // On the logarithm: some below and some above the middle 0.3.
        #expect(strengths.contains { $0 < 0.3 } && strengths.contains { $0 > 0.3 })
    }

    @Test("successive halving keeps the best third on three times the rows")
    func halving() throws {
        let data = try sample.data
        let space = SearchSpace(LogisticRegression())
            .varying("C", .logUniform(1e-4...10)) { $0.penalty = .l2(C: $1) }
        let report = try HyperparameterSearch(
            .successiveHalving(count: 9, factor: 3, minimumRows: 60, seed: 5), plan,
            score: .logLoss
        ).run(space, on: data)
        let rounds = (0...1).map { round in report.trials.filter { $0.round == round } }
        #expect(rounds.map(\.count) == [9, 3])
        #expect(rounds[0].allSatisfy { $0.rowCount == 60 })
        #expect(rounds[1].allSatisfy { $0.rowCount == 240 })
        #expect(Set(rounds[1].map(\.index)) == Set(rounds[0].prefix(3).map(\.index)))
        #expect(report.best.index == rounds[1][0].index)
        let full = try plan.evaluate(report.best.recipe, on: data)
        #expect(report.best.meanScore == full.summary(of: \.logLoss).mean)
    }

    @Test("a failing candidate is kept with its error; if all fail the search does")
    func failures() throws {
        let data = try sample.data
        let space = SearchSpace(LogisticRegression())
            .varying("C", [-1, 1.0]) { $0.penalty = .l2(C: $1) }
        let report = try HyperparameterSearch(.grid, plan).run(space, on: data)
        #expect(report.best.values == [report.trials[0].values[0]])
        #expect(report.trials[1].error?.code == .invalidRecipe)
        #expect(report.trials[1].meanScore == nil)
        let none = SearchSpace(LogisticRegression())
            .varying("C", [-1, -2.0]) { $0.penalty = .l2(C: $1) }
        let error = modelError { _ = try HyperparameterSearch(.grid, plan).run(none, on: data) }
        #expect(error?.code == .invalidRecipe)
        let endless = SearchSpace(LogisticRegression())
            .varying("C", .uniform(1...2)) { $0.penalty = .l2(C: $1) }
        let grid = modelError { _ = try HyperparameterSearch(.grid, plan).run(endless, on: data) }
        #expect(grid?.message.contains("'C' has no list") == true)
        let wide = modelError {
            _ = try HyperparameterSearch(
                .successiveHalving(count: 3, minimumRows: 241, seed: 0), plan
            ).run(endless, on: data)
        }
        #expect(wide?.code == .invalidRecipe)
    }

    @Test("a score of one's own decides")
    func ownScore() throws {
        let table = try LoanTable.make(rows: 150)
        let profit = SelectionScore("profit") { labels, probabilities, _ in
            zip(labels, probabilities).reduce(0) { sum, row in
                row.1 >= 0.4 ? sum : sum + (row.0 ? -3 : 1)
            }
        }
        let space = SearchSpace(LoanTable.recipe)
            .varying("C", [0.001, 1.0]) { $0.estimator.penalty = .l2(C: $1) }
        let report = try HyperparameterSearch(.grid, plan, score: profit).run(
            space, on: table, target: "outcome", positive: "bad")
        let folds = try plan.evaluate(
            report.best.recipe, on: table, target: "outcome", positive: "bad"
        ).folds
        let expected = folds.map { fold in
            zip(fold.rows, fold.probabilities).reduce(0.0) { sum, row in
                let isBad = (try? table.labels("outcome", positive: "bad")[row.0]) ?? false
                return row.1 >= 0.4 ? sum : sum + (isBad ? -3 : 1)
            }
        }
        #expect(report.best.foldScores == expected)
    }

    @Test("nested tuning searches inside every outer fold")
    func nested() throws {
        let table = try LoanTable.make(rows: 150)
        let space = SearchSpace(LoanTable.recipe)
            .varying("C", [0.0001, 0.01, 1.0]) { $0.estimator.penalty = .l2(C: $1) }
        let search = HyperparameterSearch(.grid, plan, score: .logLoss)
        let tuned = TunedRecipe(space, by: search)
        let report = try CrossValidation(foldCount: 3, seeds: [8]).evaluate(
            tuned, on: table, target: "outcome", positive: "bad")
        for fold in report.folds {
            let training = (0..<150).filter { !fold.rows.contains($0) }
            let best = try search.run(
                space, on: table[rows: training], target: "outcome", positive: "bad"
            ).best.recipe
            let model = try best.fit(table[rows: training], target: "outcome", positive: "bad")
            #expect(try model.probabilities(in: table[rows: fold.rows]) == fold.probabilities)
        }
    }

    @Test("progress counts the candidates; a stop and a cancelled task end the search")
    func ending() async throws {
        let data = try sample.data
        var steps: [Int] = []
        _ = try HyperparameterSearch(.grid, plan).run(grid, on: data) { steps.append($0.step) }
        #expect(steps == Array(1...6))
        let stopped = modelError {
            _ = try HyperparameterSearch(.grid, plan).run(grid, on: data) { $0.stop() }
        }
        #expect(stopped?.code == .cancelled)
        let task = Task { () -> ModelError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return modelError { _ = try HyperparameterSearch(.grid, plan).run(grid, on: data) }?
                .code
        }
        #expect(await task.value == .cancelled)
    }
}
