// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("EX1: permutation importance")
struct PermutationImportanceTests {
    let golden: ExplanationGolden

    init() throws { golden = try .load() }

    @Test("the mean loss of the Brier score is that over all pairs of rows")
    func expectation() throws {
        let model = try golden.bayes
        let x = golden.matrix[0..<40]
        let labels = golden.labels[0..<40].map { $0 == 1 }
        let data = try ClassificationData(features: x, labels: ClassLabels(labels))
        let importances = try PermutationImportance(repeatCount: 400, seed: 3)
            .importances(of: model, on: data, score: .brierScore)
        let baseline = try model.probabilities(x)
        func squares(_ probabilities: [Double]) -> Double {
            zip(probabilities, labels).reduce(0) { sum, pair in
                let error = pair.0 - (pair.1 ? 1 : 0)
                return sum + error * error
            }
        }
        expectClose(importances.score, squares(baseline) / 40, relative: 1e-12)
        for column in 0..<5 {
            // In a random order each row gets the value of each row equally often.
            var sum = 0.0
            for source in 0..<40 {
                var changed = x
                for row in 0..<40 { changed[row, column] = x[source, column] }
                sum += squares(try model.probabilities(changed))
            }
            let expected = sum / 1600 - squares(baseline) / 40
            let summary = importances.features[column].summary
            let error = summary.standardDeviation / 20
            #expect(abs(summary.mean - expected) < 4 * error, "column \(column)")
        }
        #expect(importances.ranked.first?.name == "x1")
    }

    @Test("seeds, groups and columns that the model does not use")
    func groups() throws {
        let table = try LoanTable.make()
        let model = try LoanTable.fitted()
        let plan = PermutationImportance(repeatCount: 3, seed: 5)
        let importances = try plan.importances(of: model, on: table)
        #expect(importances.features.map(\.name) == ["amount", "age", "home"])
        #expect(try plan.importances(of: model, on: table) == importances)
        #expect(
            try PermutationImportance(repeatCount: 3, seed: 6).importances(of: model, on: table)
                != importances)
        #expect(importances.features.allSatisfy { $0.losses.count == 3 })
        let grouped = try plan.importances(
            of: model, on: table, groups: [FeatureGroup("all", ["amount", "age", "home"])])
        #expect(grouped.features.count == 1)
        #expect(grouped.features[0].importance > importances.features[1].importance)
        let unused = TableFunction(target: "outcome", inputNames: ["amount", "age"]) {
            (try $0["age"].number!) / 100
        }
        let ages = try plan.importances(of: unused, on: table)
        #expect(ages.features[0].losses == [0, 0, 0])
        #expect(ages.features[1].losses != [0, 0, 0])
    }

    @Test("any score, any number of classes")
    func scores() throws {
        let codes = golden.features.map { $0[0] < -0.5 ? 0 : $0[0] < 0.5 ? 1 : 2 }
        let data = try ClassificationData(
            features: golden.matrix, labels: ClassLabels(codes: codes, classes: ["a", "b", "c"]))
        let model = try NaiveBayes(.gaussian()).fit(data)
        let plan = PermutationImportance(repeatCount: 2)
        for score in [ImportanceScore.accuracy, .logLoss] {
            let importances = try plan.importances(of: model, on: data, score: score)
            #expect(importances.ranked[0].name == "x0")
            #expect(importances.ranked[0].importance > 0.2)
        }
        let hits = try zip(model.predictedClasses(golden.matrix), codes)
            .filter { $0 == ["a", "b", "c"][$1] }.count
        let accuracy = try plan.importances(of: model, on: data, score: .accuracy).score
        expectClose(accuracy, Double(hits) / 150, relative: 1e-14)
        #expect(
            modelError { _ = try plan.importances(of: model, on: data) }?.code == .tooManyClasses)
        let own = ImportanceScore("share of c") { _, probabilities, _ in probabilities[0, 2] }
        #expect(try plan.importances(of: model, on: data, score: own).scoreName == "share of c")
        struct Failure: Error {}
        let failing = ImportanceScore("failing") { _, _, _ in throw Failure() }
        let error = modelError {
            _ = try plan.importances(of: model, on: data, score: failing)
        }
        #expect(error?.code == .incompatible)
        #expect(error?.underlying is Failure)
        #expect(
            modelError {
                _ = try PermutationImportance(repeatCount: 0).importances(of: model, on: data)
            }?.code == .invalidRecipe)
        #expect(
            modelError {
                _ = try plan.importances(of: model, on: data, score: .accuracy) { $0.stop() }
            }?.code == .cancelled)
    }
}
