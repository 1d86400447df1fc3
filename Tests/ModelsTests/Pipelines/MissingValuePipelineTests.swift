// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RF3: missing values through pipelines of tables")
struct MissingValuePipelineTests {
    /// Loans whose purpose has no order, with missing amounts and purposes.
    private func loans(_ rows: Int, seed: UInt64) throws -> Table {
        var generator = TestGenerator(seed: seed)
        var amounts: [Double?] = []
        var purposes: [String?] = []
        var outcomes: [String] = []
        for _ in 0..<rows {
            let amount = Double.random(in: 0...10, using: &generator)
            let purpose = ["car", "home", "boat", "study"].randomElement(using: &generator)!
            let isKnown = Double.random(in: 0...1, using: &generator) > 0.25
            let risk = amount + (purpose == "car" || purpose == "study" ? 4 : 0) + (isKnown ? 0 : 5)
            amounts.append(isKnown ? amount : nil)
            let isNamed = Double.random(in: 0...1, using: &generator) > 0.1
            purposes.append(isNamed ? purpose : nil)
            let noise = Double.random(in: -2...2, using: &generator)
            outcomes.append(risk + noise > 8 ? "bad" : "good")
        }
        return try Table([
            .numeric("amount", amounts), .categorical("purpose", purposes),
            .categorical("outcome", outcomes),
        ])
    }

    private let pipeline = Pipeline(.ordinal(unknown: .missing), .keepMissing())
    private var boosting: PipelineRecipe<GradientBoostingClassifier> {
        pipeline.then(
            GradientBoostingClassifier(
                BoostingGrowth(roundCount: 30, leafLimit: 6, nominal: ["purpose"])))
    }

    @Test("what the pipeline keeps reaches the trees: the model of the bare matrix")
    func sameAsMatrix() throws {
        let table = try loans(400, seed: 1)
        let model = try boosting.fit(table, target: "outcome", positive: "bad")
        #expect(model.pipeline.allowsMissing)
        let features = try model.features(of: table).matrix
        #expect(features.elements.contains { $0.isNaN })
        let labels = try table.labels("outcome", positive: "bad")
        let bare = try boosting.estimator.fit(
            ClassificationData(
                features: features,
                labels: ClassLabels(labels, negative: "good", positive: "bad"),
                featureNames: ["amount", "purpose"], allowsMissing: true))
        #expect(model.model.digest == bare.digest)
        let risk = try model.probabilities(in: table)
        let right = zip(risk, labels).count { ($0 > 0.5) == $1 }
        #expect(right > 330, "\(right) of 400")
    }

    @Test("single rows, unknown levels and files")
    func rows() throws {
        let table = try loans(300, seed: 2)
        let model = try boosting.fit(table, target: "outcome", positive: "bad")
        let batch = try model.probabilities(in: table)
        for row in stride(from: 0, to: 300, by: 23) {
            #expect(try model.probability(of: table[row]) == batch[row])
        }
        var scorer = model.rowScorer()
        let missing = try scorer.probability(of: [.missing, .missing])
        #expect(try scorer.probability(of: [.missing, .level("yacht")]) == missing)
        let copy = try PipelineModel<GradientBoostingClassifier>(fileBytes: model.fileBytes)
        #expect(copy == model)
        #expect(copy.pipeline.allowsMissing)
        #expect(try copy.probabilities(in: table) == batch)
        #expect(try PipelineRecipe(fileBytes: boosting.fileBytes) == boosting)
    }

    @Test("cross-validation takes such a recipe; forests and single trees too")
    func estimators() throws {
        let table = try loans(300, seed: 3)
        let report = try CrossValidation(foldCount: 4).evaluate(
            boosting, on: table, target: "outcome", positive: "bad")
        #expect(report.summary(of: \.rocAUC).mean > 0.85)
        let forest = try pipeline.then(RandomForestClassifier(treeCount: 15))
            .fit(table, target: "outcome", positive: "bad")
        #expect(try forest.probabilities(in: table).allSatisfy { (0...1).contains($0) })
    }

    @Test("nothing is kept unless it is asked for, and only where it was")
    func refusals() throws {
        let table = try loans(100, seed: 4)
        func error(_ pipeline: Pipeline) -> ModelError? {
            modelError {
                _ = try pipeline.then(DecisionTreeClassifier())
                    .fit(table, target: "outcome", positive: "bad")
            }
        }
        #expect(error(pipeline) == nil)
        #expect(error(Pipeline(.ordinal(unknown: .missing)))?.code == .features)
        #expect(
            error(Pipeline(.ordinal(unknown: .missing), .keepMissing(only: ["purpose"])))?.code
                == .features)
        #expect(error(Pipeline(.ordinal(), .keepMissing(only: ["nothing"])))?.code == .features)
        // Columns behind a step keep what it was given.
        let scaled = try Pipeline(.keepMissing(only: ["amount"]), .standardise(), .oneHot())
            .fitTransform(
                Table([
                    .numeric("amount", [1, nil, 3]), .categorical("purpose", ["a", "b", "a"]),
                ]))
        #expect(scaled.features.matrix.column(0)[1].isNaN)
        #expect(scaled.pipeline.allowsMissing)
    }
}
