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

    @Test("more than two classes: each candidate's scores are those of its folds")
    func severalClasses() throws {
        var generator = TestGenerator(seed: 12)
        let codes = (0..<180).map { $0 % 3 }
        let rows = codes.map { code in
            (0..<3).map { Double.random(in: -1...1, using: &generator) + ($0 == code ? 0.7 : 0) }
        }
        let data = try ClassificationData(
            features: Matrix(rows: rows),
            labels: ClassLabels(codes: codes, classes: ["low", "middle", "high"]),
            weights: codes.map { Double($0 + 1) })
        let space = SearchSpace(MultinomialRegression())
            .varying("C", [0.001, 1.0]) { $0.penalty = .l2(C: $1) }
        let folds = try plan.split.folds(of: SplitRows(labels: data.labels))
        for (score, expected) in [
            (
                SelectionScore.logLoss,
                { try MultiClassScores.logLoss(labels: $0, probabilities: $1, weights: $2) }
            ),
            (
                .brierScore,
                { try MultiClassScores.brierScore(labels: $0, probabilities: $1, weights: $2) }
            ),
            (
                .rocAUC,
                {
                    try MultiClassScores.rocAUC(
                        labels: $0, probabilities: $1, kind: .pairs, weights: $2)
                }
            ),
            (
                .accuracy,
                { labels, probabilities, weights in
                    let hits = zip(labels, probabilities).map { label, row in
                        row[label] == row.max() ? 1.0 : 0
                    }
                    return zip(hits, weights).reduce(0) { $0 + $1.0 * $1.1 }
                        / weights.reduce(0, +)
                }
            ),
            (
                .balancedAccuracy,
                { labels, probabilities, weights in
                    (0..<3).reduce(0) { sum, code in
                        let own = labels.indices.filter { labels[$0] == code }
                        let hits = own.count { probabilities[$0][code] == probabilities[$0].max() }
                        return sum + Double(hits) / Double(own.count) / 3
                    }
                }
            ),
        ] as [(SelectionScore, ([Int], [[Double]], [Double]) throws -> Double)] {
            let report = try HyperparameterSearch(.grid, plan, score: score).run(space, on: data)
            let best = report.best
            let recipe = try #require(report.trials.first { $0.index == best.index }?.recipe)
            for (fold, found) in zip(folds, best.foldScores) {
                let model = try recipe.fit(data.selecting(rows: fold.training))
                let part = try model.classProbabilities(
                    data.features.gatheringRows(fold.validation))
                expectClose(
                    found,
                    try expected(
                        fold.validation.map { codes[$0] },
                        (0..<part.rowCount).map { part.row($0).elements },
                        fold.validation.map { data.weights[$0] }),
                    relative: 1e-12, "\(score.name)")
            }
            #expect(best.foldScores.count == 3)
            #expect(score.prefersLarger != ["logLoss", "brierScore"].contains(score.name))
        }
        let two = modelError {
            _ = try HyperparameterSearch(.grid, plan, score: .kolmogorovSmirnov)
                .run(space, on: data)
        }
        #expect(two?.code == .tooManyClasses)
        let halving = try HyperparameterSearch(
            .successiveHalving(count: 4, factor: 2, minimumRows: 60, seed: 2), plan,
            score: .accuracy
        ).run(
            SearchSpace(MultinomialRegression())
                .varying("C", .logUniform(1e-3...10)) { $0.penalty = .l2(C: $1) }, on: data)
        #expect(halving.best.rowCount == 180)
    }

    @Test("accuracy of two classes, of classifiers and of recipes for tables")
    func accuracy() throws {
        let data = try sample.data
        let report = try HyperparameterSearch(.grid, plan, score: .accuracy).run(grid, on: data)
        let folds = try plan.evaluate(report.best.recipe, on: data).folds
        for (fold, found) in zip(folds, report.best.foldScores) {
            let hits = zip(fold.rows, fold.probabilities).count {
                ($1 > 0.5) == (data.labels.codes[$0] == 1)
            }
            expectClose(found, Double(hits) / Double(fold.rows.count), relative: 1e-14)
        }
    }

    @Test("inner folds keep groups together and the order of time")
    func groupsAndTimes() throws {
        var table = try LoanTable.make(rows: 150)
        try table.append(.categorical("borrower", (0..<150).map { "b\($0 * 7 % 50)" }))
        try table.append(.numeric("day", (0..<150).map { Double($0 * 11 % 150) }))
        let plain = try table.removing(["borrower", "day"])
        let space = SearchSpace(LoanTable.recipe)
            .varying("C", [0.001, 1.0]) { $0.estimator.penalty = .l2(C: $1) }
        let byGroup = HyperparameterSearch(
            .grid, CrossValidation(GroupedKFold(foldCount: 4)), score: .logLoss)
        let grouped = try TunedRecipe(space, by: byGroup, groupColumn: "borrower").fit(
            table.removing(["day"]), target: "outcome", positive: "bad")
        let found = try byGroup.run(
            space, on: plain, target: "outcome", positive: "bad",
            groups: (0..<150).map { "b\($0 * 7 % 50)" })
        #expect(
            try grouped == found.best.recipe.fit(plain, target: "outcome", positive: "bad"))
        #expect(!grouped.inputNames.contains("borrower"))
        let byTime = HyperparameterSearch(
            .grid, CrossValidation(TimeOrderedSplit(foldCount: 3)), score: .logLoss)
        let dates = (0..<150).map { CalendarDate(daysSince1970: 20_000 + $0 * 11 % 150) }
        var dated = plain
        try dated.append(.date("day", dates))
        let inTime = try byTime.run(
            space, on: plain, target: "outcome", positive: "bad",
            times: (0..<150).map { Double($0 * 11 % 150) })
        for table in [try table.removing(["borrower"]), dated] {
            let model = try TunedRecipe(space, by: byTime, timeColumn: "day").fit(
                table, target: "outcome", positive: "bad")
            #expect(
                try model == inTime.best.recipe.fit(plain, target: "outcome", positive: "bad"))
        }
        // Nested in outer folds by the same groups.
        let outer = try CrossValidation(GroupedKFold(foldCount: 3)).evaluate(
            TunedRecipe(space, by: byGroup, groupColumn: "borrower"), on: table,
            target: "outcome", positive: "bad", groups: (0..<150).map { "b\($0 * 7 % 50)" })
        #expect(outer.folds.count == 3)
        func code(_ recipe: TunedRecipe<PipelineRecipe<LogisticRegression>, GroupedKFold>)
            -> ModelError.Code?
        {
            modelError { _ = try recipe.fit(plain, target: "outcome", positive: "bad") }?.code
        }
        #expect(code(TunedRecipe(space, by: byGroup)) == .invalidSplit)
        #expect(code(TunedRecipe(space, by: byGroup, groupColumn: "borrower")) == .features)
        let missing = modelError {
            _ = try TunedRecipe(space, by: byGroup, groupColumn: "home").fit(
                plain, target: "outcome", positive: "bad")
        }
        #expect(missing?.message == "row 8 has no group in 'home'")
        let level = modelError {
            _ = try TunedRecipe(space, by: byTime, timeColumn: "home").fit(
                plain, target: "outcome", positive: "bad")
        }
        #expect(level?.code == .invalidSplit)
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
