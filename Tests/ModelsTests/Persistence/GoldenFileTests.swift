// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Model files of released formats stay readable for ever")
struct GoldenFileTests {
    private struct Expected: Decodable {
        var digest: String
        var classes, featureNames: [String]
        var intercept: Double
        var coefficients: [Double]
        var iterationCount: Int
        var gradientNorm: Double
        var covariance: [[Double]]
        var logLikelihood, nullLogLikelihood, observationCount: Double
        var rows: [[Double]]
    }

    private func url(_ name: String, _ suffix: String) throws -> URL {
        try #require(
            Bundle.module.url(forResource: name, withExtension: suffix, subdirectory: "Golden"))
    }

    @Test("version 1, written by another program from the description of the format")
    func logisticRegressionVersion1() throws {
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: url("model_file_v1", "json")))
        let file = try url("logistic-regression-model-v1", "credit")
        let model = try LogisticRegressionModel(contentsOf: file)
        #expect("\(model.digest)" == expected.digest)
        #expect(model.classes == expected.classes)
        #expect(model.featureNames == expected.featureNames)
        #expect(model.intercept == expected.intercept)
        #expect(model.coefficients == expected.coefficients)
        #expect(model.iterationCount == expected.iterationCount)
        #expect(model.gradientNorm == expected.gradientNorm)
        let inference = try #require(model.inference)
        #expect(inference.covariance == Matrix(rows: expected.covariance))
        #expect(inference.hasIntercept)
        #expect(inference.logLikelihood == expected.logLikelihood)
        #expect(inference.nullLogLikelihood == expected.nullLogLikelihood)
        #expect(inference.observationCount == expected.observationCount)
        #expect(try model.fileBytes == Array(Data(contentsOf: file)))
        let logOdds = try model.logOdds(Matrix(rows: expected.rows))
        for (row, value) in zip(expected.rows, logOdds) {
            let exact = zip(row, expected.coefficients).reduce(expected.intercept) {
                $0 + $1.0 * $1.1
            }
            expectClose(value, exact, relative: 1e-14)
        }
    }

    private struct ExpectedScores: Decodable {
        var digest: String
        var amount, age: [Double?]
        var home: [String?]
        var probabilityBits: [String]
    }

    @Test("version 1 of a pipeline model, and the bits of its scores on every machine")
    func pipelineVersion1() throws {
        let expected = try JSONDecoder().decode(
            ExpectedScores.self, from: Data(contentsOf: url("pipeline_model_v1", "json")))
        let file = try url("pipeline-model-v1", "credit")
        let model = try PipelineModel<LogisticRegression>(contentsOf: file)
        #expect("\(model.digest)" == expected.digest)
        #expect(try model.fileBytes == Array(Data(contentsOf: file)))
        #expect(model.recipe == LoanTable.recipe)
        let table = try Table([
            .numeric("amount", expected.amount), .numeric("age", expected.age),
            .categorical("home", expected.home),
        ])
        let bits = try model.probabilities(in: table).map { String($0.bitPattern, radix: 16) }
        #expect(bits == expected.probabilityBits)
    }
}
