// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Metrics
import Models
import Testing
import _CreditTestSupport

@Suite("Cross-validation of a recipe")
struct CrossValidationTests {
    private let plan = CrossValidation(foldCount: 4, seeds: [3, 9])

    private func evaluate(
        _ table: Table, weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws -> CrossValidationReport {
        try plan.evaluate(
            LoanTable.recipe, on: table, target: "outcome", positive: "bad", weights: weights,
            progress: progress)
    }

    /// A copy with an outlier and an unknown level in `row`.
    private func spoiled(_ table: Table, row: Int) throws -> Table {
        var amounts = try #require(table[column: "amount"].numbers).map { $0.isNaN ? nil : $0 }
        amounts[row] = 1e9
        var homes = try #require(table[column: "home"].texts)
        homes[row] = "castle"
        return try Table([
            .numeric("amount", amounts), table[column: "age"], .categorical("home", homes),
            table[column: "outcome"],
        ])
    }

    @Test("each fold is the recipe fitted to its training rows, and scored on the others")
    func folds() throws {
        let table = try LoanTable.make()
        let labels = try table.labels("outcome", positive: "bad")
        let report = try evaluate(table)
        #expect(report.labels == labels)
        #expect(report.folds.count == 8)
        #expect(report.seeds == [3, 9])
        for (index, result) in report.folds.enumerated() {
            let fold = try StratifiedKFold(foldCount: 4, seed: result.seed)
                .folds(of: labels)[index % 4]
            #expect(result.rows == fold.validation)
            let model = try LoanTable.recipe.fit(
                table[rows: fold.training], target: "outcome", positive: "bad")
            let expected = try model.probabilities(in: table[rows: fold.validation])
            #expect(result.probabilities == expected)
            let held = fold.validation.map { labels[$0] }
            let roc = try ROC(labels: held, scores: expected)
            #expect(result.scores.rocAUC == roc.auc)
            #expect(result.scores.gini == roc.gini)
            #expect(result.scores.kolmogorovSmirnov == roc.kolmogorovSmirnov.statistic)
            #expect(
                try result.scores.brierScore == brierScore(labels: held, probabilities: expected))
            #expect(try result.scores.logLoss == logLoss(labels: held, probabilities: expected))
        }
    }

    @Test("a held-out row leaves no trace in the pipeline or the model of its fold")
    func leakage() throws {
        let table = try LoanTable.make()
        let report = try evaluate(table)
        for row in [0, 31, 89] {
            let other = try evaluate(spoiled(table, row: row))
            for (before, after) in zip(report.folds, other.folds) {
                #expect(before.rows == after.rows)
                let isHeldOut = before.rows.contains(row)
                let unchanged = zip(before.rows, zip(before.probabilities, after.probabilities))
                    .filter { $0.0 != row }
                    .allSatisfy { $0.1.0.bitPattern == $0.1.1.bitPattern }
                // Where the row was trained on it must have had an effect.
                #expect(unchanged == isHeldOut)
            }
        }
    }

    @Test("means and standard deviations over folds and over seeds")
    func summaries() throws {
        let report = try evaluate(LoanTable.make())
        let areas = report.folds.map(\.scores.rocAUC)
        let summary = report.summary(of: \.rocAUC)
        let mean = areas.reduce(0, +) / 8
        expectClose(summary.mean, mean, relative: 1e-15)
        let variance = areas.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 7
        expectClose(summary.standardDeviation, variance.squareRoot(), relative: 1e-14)
        #expect(summary.count == 8)
        let first = areas[..<4].reduce(0, +) / 4
        let second = areas[4...].reduce(0, +) / 4
        let overSeeds = report.summaryOverSeeds(of: \.rocAUC)
        expectClose(overSeeds.mean, (first + second) / 2, relative: 1e-15)
        expectClose(
            overSeeds.standardDeviation, abs(first - second) / 2.0.squareRoot(), relative: 1e-10)
        #expect(overSeeds.count == 2)
        #expect(ScoreSummary([3]).standardDeviation == 0)
    }

    @Test("out-of-fold probabilities cover every row once per seed")
    func outOfFold() throws {
        let table = try LoanTable.make()
        let report = try evaluate(table)
        let probabilities = try #require(report.outOfFoldProbabilities(seed: 9))
        #expect(probabilities.count == table.rowCount)
        for fold in report.folds where fold.seed == 9 {
            #expect(fold.rows.map { probabilities[$0] } == fold.probabilities)
        }
        #expect(report.outOfFoldProbabilities(seed: 4) == nil)
        #expect(try ROC(labels: report.labels, scores: probabilities).auc > 0.6)
    }

    @Test("equal seeds give equal reports")
    func repeatable() throws {
        #expect(try evaluate(LoanTable.make()) == evaluate(LoanTable.make()))
    }

    @Test("weights reach the fits and the scores")
    func weights() throws {
        let table = try LoanTable.make()
        let plain = try evaluate(table)
        let weights = (0..<table.rowCount).map { Double(1 + $0 % 2) }
        let weighted = try evaluate(table, weights: weights)
        let ones = [Double](repeating: 1, count: table.rowCount)
        #expect(
            try evaluate(table, weights: ones).folds[0].probabilities
                == plain.folds[0].probabilities)
        let fold = weighted.folds[0]
        #expect(fold.probabilities != plain.folds[0].probabilities)
        let expected = try brierScore(
            labels: fold.rows.map { weighted.labels[$0] }, probabilities: fold.probabilities,
            weights: fold.rows.map { weights[$0] })
        #expect(fold.scores.brierScore == expected)
        let error = modelError { _ = try evaluate(table, weights: [1]) }
        #expect(error?.code == .invalidWeights)
        #expect(error?.message == "1 weights for 90 rows")
    }

    @Test("progress counts the folds, and stops")
    func progress() throws {
        var steps: [Int] = []
        _ = try evaluate(LoanTable.make()) { progress in
            steps.append(progress.step)
            #expect(progress.stepLimit == 8)
        }
        #expect(steps == Array(1...8))
        var seen = 0
        let error = modelError {
            _ = try evaluate(LoanTable.make()) { progress in
                seen += 1
                if progress.step == 3 { progress.stop() }
            }
        }
        #expect(error?.code == .cancelled)
        #expect(seen == 3)
    }

    @Test("a cancelled task ends the run")
    func cancellation() async {
        let task = Task { () -> ModelError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return modelError { _ = try evaluate(LoanTable.make()) }?.code
        }
        #expect(await task.value == .cancelled)
    }

    @Test("bad plans and targets are refused; a failing fold is named")
    func refusals() throws {
        let table = try LoanTable.make()
        func code(_ plan: CrossValidation<Repeated<StratifiedKFold>>) -> ModelError.Code? {
            modelError {
                _ = try plan.evaluate(
                    LoanTable.recipe, on: table, target: "outcome", positive: "bad")
            }?.code
        }
        #expect(code(CrossValidation(foldCount: 4, seeds: [])) == .invalidSplit)
        #expect(code(CrossValidation(foldCount: 4, seeds: [1, 1])) == .invalidSplit)
        #expect(code(CrossValidation(foldCount: 89)) == .invalidSplit)
        let strict = Pipeline(.impute(.median), .oneHot(unknown: .error))
            .then(LogisticRegression())
        let error = modelError {
            _ = try plan.evaluate(
                strict, on: spoiled(table, row: 31), target: "outcome", positive: "bad")
        }
        #expect(error?.code == .features)
        #expect(error?.message.hasPrefix("fold ") == true)
        #expect((error?.underlying as? FeatureError)?.value == "castle")
    }
}
