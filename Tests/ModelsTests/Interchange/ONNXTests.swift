// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SE1: ONNX files, scored by onnxruntime")
struct ONNXTests {
    struct Golden: Decodable {
        struct Outputs: Decodable {
            var probabilities: [Double?]
            var label: [String]
            var score: [Double?]?
        }
        struct Loans: Decodable {
            var amount, age: [Double?]
            var home: [String?]
        }
        var features: [[Double]]
        var loans: Loans
        var logistic, multinomial, ordinal, pipeline, scaled, scorecard: Outputs
    }

    /// Every kind of step that can be written.
    static let scaledRecipe = Pipeline(
        .impute(.median, indicators: true, only: ["amount", "home"]),
        .clip(quantiles: 0.05...0.95, only: ["amount"]), .robustScale(only: ["amount"]),
        .minMaxScale(clip: true, only: ["age"]), .oneHot(dropFirst: true, unknown: .ownLevel)
    ).then(LogisticRegression())

    let golden: Golden

    init() throws {
        golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: Self.url("onnx.json")))
    }

    private static func url(_ name: String) throws -> URL {
        let parts = name.split(separator: ".").map(String.init)
        return try #require(
            Bundle.module.url(
                forResource: parts[0], withExtension: parts[1], subdirectory: "Golden"))
    }

    /// The exports of the model files beside the golden values, by the names of their files.
    static func exports(from url: (String) throws -> URL) throws -> [(String, [UInt8])] {
        [
            (
                "logistic-regression-v1",
                try LogisticRegressionModel(
                    contentsOf: url("logistic-regression-model-v1.credit")
                ).onnx()
            ),
            (
                "multinomial-regression-v1",
                try MultinomialRegressionModel(
                    contentsOf: url("multinomial-regression-model-v1.credit")
                ).onnx()
            ),
            (
                "ordinal-regression-v1",
                try OrdinalRegressionModel(
                    contentsOf: url("ordinal-regression-model-v1.credit")
                ).onnx()
            ),
            (
                "pipeline-v1",
                try PipelineModel<LogisticRegression>(
                    contentsOf: url("pipeline-model-v1.credit")
                ).onnx()
            ),
            (
                "scaled-pipeline-v1",
                try PipelineModel<LogisticRegression>(
                    contentsOf: url("scaled-pipeline-model-v1.credit")
                ).onnx()
            ),
            (
                "scorecard-v1",
                try ScorecardModel(contentsOf: url("scorecard-model-v1.credit")).onnx()
            ),
        ]
    }

    @Test("exports are the files that onnxruntime has scored, byte by byte")
    func bytes() throws {
        for (name, bytes) in try Self.exports(from: Self.url) {
            #expect(try Data(bytes) == Data(contentsOf: Self.url(name + ".onnx")), "\(name)")
        }
    }

    private func expectSame(
        _ model: some ClassifierModel, _ rows: [[Double]], _ outputs: Golden.Outputs
    ) throws {
        let features = Matrix(rows: rows)
        expectClose(
            try model.classProbabilities(features).elements, outputs.probabilities.map { $0! },
            relative: 1e-12, absolute: 1e-15)
        #expect(try model.predictedClasses(features) == outputs.label)
    }

    @Test("linear models have the same probabilities and classes there")
    func linear() throws {
        struct Rows: Decodable { var rows: [[Double]] }
        let given = try JSONDecoder().decode(
            Rows.self, from: Data(contentsOf: Self.url("model_file_v1.json")))
        try expectSame(
            LogisticRegressionModel(
                contentsOf: Self.url("logistic-regression-model-v1.credit")),
            given.rows, golden.logistic)
        try expectSame(
            MultinomialRegressionModel(
                contentsOf: Self.url("multinomial-regression-model-v1.credit")),
            golden.features, golden.multinomial)
        try expectSame(
            OrdinalRegressionModel(
                contentsOf: Self.url("ordinal-regression-model-v1.credit")),
            golden.features, golden.ordinal)
    }

    private func table(_ loans: Golden.Loans) throws -> Table {
        try Table([
            .numeric("amount", loans.amount), .numeric("age", loans.age),
            .categorical("home", loans.home),
        ])
    }

    @Test("pipelines: missing values, levels, unknown levels; NaN where we refuse")
    func pipelines() throws {
        let given = try JSONDecoder().decode(
            Golden.Loans.self, from: Data(contentsOf: Self.url("pipeline_model_v1.json")))
        for (file, loans, outputs) in [
            ("pipeline-model-v1.credit", given, golden.pipeline),
            ("scaled-pipeline-model-v1.credit", golden.loans, golden.scaled),
        ] {
            let model = try PipelineModel<LogisticRegression>(contentsOf: Self.url(file))
            let table = try table(loans)
            var refusals = 0
            for row in 0..<table.rowCount {
                let found = outputs.probabilities[2 * row + 1]
                guard let own = try? model.probability(of: table[row]) else {
                    #expect(found == nil, "\(file), row \(row)")
                    refusals += 1
                    continue
                }
                expectClose(
                    try #require(found), own, relative: 1e-12, absolute: 1e-15, "row \(row)")
                #expect(outputs.label[row] == (own > 0.5 ? "bad" : "good"))
            }
            // The scaled pipeline refuses a missing age.
            #expect(refusals == (file.hasPrefix("scaled") ? 1 : 0))
        }
    }

    @Test("scorecards: points of every bin, special codes and rare levels")
    func scorecard() throws {
        struct Rows: Decodable {
            var income, balance, age: [Double?]
            var home: [String?]
            var scores: [Double]
        }
        let given = try JSONDecoder().decode(
            Rows.self, from: Data(contentsOf: Self.url("scorecard_model_v1.json")))
        let card = try ScorecardModel(contentsOf: Self.url("scorecard-model-v1.credit"))
        #expect(golden.scorecard.score == given.scores)
        let table = try Table([
            .numeric("income", given.income), .numeric("balance", given.balance),
            .numeric("age", given.age), .categorical("home", given.home),
        ])
        let positive = stride(from: 1, to: 2 * table.rowCount, by: 2)
            .map { golden.scorecard.probabilities[$0]! }
        expectClose(positive, try card.probabilities(in: table), relative: 1e-12)
    }

    @Test("what ONNX cannot hold is refused by name")
    func refusals() throws {
        let table = try LoanTable.make()
        let logarithm = try Pipeline(
            .impute(.median), .logarithm(only: ["amount"]), .oneHot(unknown: .ignore)
        ).then(LogisticRegression()).fit(table, target: "outcome", positive: "bad")
        let error = modelError { _ = try logarithm.onnx() }
        #expect(error?.code == .features)
        #expect("\(error!)".contains("FittedLogarithmTransformation"))
        let empty = try Table([
            .categorical("home", ["", "a", "", "b", "a", "b"]),
            .categorical("outcome", ["x", "y", "y", "x", "y", "x"]),
        ])
        let levels = try Pipeline(.oneHot()).then(LogisticRegression())
            .fit(empty, target: "outcome", positive: "y")
        #expect(modelError { _ = try levels.onnx() }?.message.contains("'home'") == true)
        let named = try Table([
            .numeric("score", [1, 2, 3, 4, 5, 6] as [Double]),
            .categorical("outcome", ["x", "y", "y", "x", "y", "x"]),
        ])
        let clash = try Pipeline(.standardise()).then(LogisticRegression())
            .fit(named, target: "outcome", positive: "y")
        #expect(modelError { _ = try clash.onnx() }?.message.contains("'score'") == true)
    }
}
