// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("A pipeline followed by an estimator")
struct PipelineModelTests {
    @Test("the model is the estimator fitted to the pipeline's features")
    func composition() throws {
        let table = try LoanTable.make()
        let model = try LoanTable.fitted()
        let labels = try table.labels("outcome", positive: "bad")
        let fitted = try LoanTable.recipe.pipeline.fit(table, target: "outcome")
        let features = try fitted.transform(table)
        let reference = try LoanTable.recipe.estimator.fit(
            features: features.matrix, labels: labels)
        #expect(model.model.coefficients == reference.coefficients)
        #expect(model.pipeline == fitted)
        #expect(try model.features(of: table) == features)
        #expect(
            try model.probabilities(in: table) == reference.probabilities(features.matrix))
        #expect(model.classes == ["good", "bad"])
        #expect(model.positiveClass == "bad")
        #expect(model.target == "outcome")
        #expect(model.inputNames == ["amount", "age", "home"])
        #expect(model.featureNames == ["amount", "age", "home=free", "home=own", "home=rent"])
        #expect(model.recipe == LoanTable.recipe)
    }

    @Test("the positive class decides the direction")
    func direction() throws {
        let table = try LoanTable.make()
        let bad = try LoanTable.fitted()
        let good = try LoanTable.recipe.fit(table, target: "outcome", positive: "good")
        #expect(good.classes == ["bad", "good"])
        expectClose(
            try good.probabilities(in: table), try bad.probabilities(in: table).map { 1 - $0 },
            relative: 1e-9)
    }

    @Test("one row has the bits that it has in its table, in a part of it and without a target")
    func rows() throws {
        let table = try LoanTable.make()
        let model: any TableModel = try LoanTable.fitted()
        let batch = try model.probabilities(in: table)
        let bare = try table.removing(["outcome"])
        #expect(try model.probabilities(in: bare) == batch)
        for row in 0..<table.rowCount {
            let alone = try model.probability(of: table[row])
            #expect(alone.bitPattern == batch[row].bitPattern)
            #expect(try model.probabilities(in: bare[rows: [row]]) == [alone])
        }
    }

    @Test("SC5: a row scorer gives the bits of the table, from a row and from bare values")
    func rowScorer() throws {
        let table = try LoanTable.make()
        let model = try LoanTable.fitted()
        let batch = try model.probabilities(in: table)
        var scorer = model.rowScorer()
        #expect(scorer.inputs.map(\.name) == model.inputNames)
        for row in 0..<table.rowCount {
            let values = try model.inputNames.map { try table[row][$0] }
            let alone = try [scorer.probability(of: values), scorer.probability(of: table[row])]
            #expect(
                alone.map(\.bitPattern)
                    == [Double](repeating: batch[row], count: 2).map(\.bitPattern))
        }
        // Another order of columns, after the scorer has seen the first.
        let reversed = try Table(table.columns.reversed())
        #expect(try scorer.probability(of: reversed[5]) == batch[5])
        let error = modelError { _ = try scorer.probability(of: [.number(1)]) }
        #expect(error?.code == .features)
        #expect((error?.underlying as? FeatureError)?.code == .raggedRow)
        let text = modelError {
            _ = try scorer.probability(of: [.number(1), .text("x"), .missing])
        }
        #expect((text?.underlying as? FeatureError)?.column == "age")
    }

    @Test("rows that the pipeline drops are dropped from labels and weights too")
    func droppedRows() throws {
        let table = try LoanTable.make()
        let elimination = OutlierElimination(
            .interquartileRange(multiple: 0.2), columns: ["age"])
        let outliers = Set(try elimination.outliers(in: table).rows)
        let kept = (0..<table.rowCount).filter { !outliers.contains($0) }
        #expect(!outliers.isEmpty)
        let weights = (0..<table.rowCount).map { Double(1 + $0 % 3) }
        let filtered = try Pipeline(
            steps: [.eliminateOutliers(.interquartileRange(multiple: 0.2), only: ["age"])]
                + LoanTable.recipe.pipeline.steps
        ).then(LogisticRegression(penalty: .l2(C: 2)))
            .fit(table, target: "outcome", positive: "bad", weights: weights)
        let alone = try LoanTable.recipe.fit(
            table[rows: kept], target: "outcome", positive: "bad",
            weights: kept.map { weights[$0] })
        #expect(filtered.model == alone.model)
        #expect(
            try filtered.probabilities(in: table) == alone.probabilities(in: table))
        #expect(try PipelineModel<LogisticRegression>(fileBytes: filtered.fileBytes) == filtered)
    }

    @Test("a pipeline that is stopped says so")
    func stopped() throws {
        let error = modelError {
            _ = try Pipeline(.imputeFromNeighbours(), .impute(), .oneHot())
                .then(LogisticRegression())
                .fit(LoanTable.make(), target: "outcome", positive: "bad") { progress in
                    if progress.stage != nil { progress.stop() }
                }
        }
        #expect(error?.code == .cancelled)
    }

    @Test("weights mean repetition where the pipeline learns nothing from the rows")
    func weights() throws {
        let table = try LoanTable.make()
        let recipe = Pipeline(.exclude("home", "amount")).then(LogisticRegression(penalty: .none))
        let weighted = try recipe.fit(
            table, target: "outcome", positive: "bad",
            weights: (0..<table.rowCount).map { Double(1 + $0 % 2) })
        let repeated = try recipe.fit(
            table[rows: (0..<table.rowCount).flatMap { [Int](repeating: $0, count: 1 + $0 % 2) }],
            target: "outcome", positive: "bad")
        expectClose(
            weighted.model.coefficients, repeated.model.coefficients, relative: 1e-10)
        expectClose(
            try #require(weighted.model.estimates).map(\.standardError),
            try #require(repeated.model.estimates).map(\.standardError), relative: 1e-10)
    }

    @Test("errors name what does not fit")
    func refusals() throws {
        let table = try LoanTable.make()
        let recipe = LoanTable.recipe
        func error(_ target: String, _ positive: String, _ table: Table) -> ModelError? {
            modelError { _ = try recipe.fit(table, target: target, positive: positive) }
        }
        #expect(error("income", "bad", table)?.code == .invalidLabels)
        #expect(error("outcome", "late", table)?.code == .invalidLabels)
        #expect(error("home", "rent", table)?.code == .invalidLabels)
        let labels = try table.labels("outcome", positive: "bad")
        let onlyGood = table[rows: labels.indices.filter { !labels[$0] }]
        let onlyBad = table[rows: labels.indices.filter { labels[$0] }]
        #expect(error("outcome", "bad", onlyGood)?.code == .oneClass)
        #expect(error("outcome", "bad", onlyBad)?.code == .oneClass)
        #expect(error("outcome", "bad", table[rows: []])?.code == .empty)
        let model = try LoanTable.fitted()
        let missing = modelError {
            _ = try model.probabilities(in: table.removing(["age"]))
        }
        #expect(missing?.code == .features)
        #expect((missing?.underlying as? FeatureError)?.column == "age")
        #expect("\(missing!)".contains("'age'"))
        let invalid = modelError {
            _ = try recipe.pipeline.then(LogisticRegression(penalty: .l2(C: -1)))
                .fit(table, target: "outcome", positive: "bad")
        }
        #expect(invalid?.code == .invalidRecipe)
    }

    @Test("recipes and models survive JSON")
    func json() throws {
        let recipe = LoanTable.recipe
        let decoded = try JSONDecoder().decode(
            PipelineRecipe<LogisticRegression>.self, from: JSONEncoder().encode(recipe))
        #expect(decoded == recipe)
        let model = try LoanTable.fitted()
        let copy = try JSONDecoder().decode(
            PipelineModel<LogisticRegression>.self, from: JSONEncoder().encode(model))
        #expect(copy == model)
        #expect(copy.digest == model.digest)
    }

    @Test("progress of the estimator reaches the caller")
    func progress() throws {
        var objectives: [Double] = []
        _ = try LoanTable.recipe.fit(
            LoanTable.make(), target: "outcome", positive: "bad"
        ) { progress in
            objectives.append(progress.objective ?? .nan)
        }
        #expect(objectives.count >= 3)
        #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 * (1 + 1e-12) >= $1 })
    }
}
