// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("Logistic regression against mpmath and scikit-learn")
struct LogisticGoldenTests {
    struct Golden: Decodable {
        struct Inference: Decodable {
            var coefficients, standardErrors, z, p: [Double]
            var intervals90: [[Double]]
            var logLikelihood, aic, bic, observations: Double
        }
        struct Ridge: Decodable {
            var C: Double
            var fitsIntercept: Bool
            var intercept: Double
            var coefficients, probabilities: [Double]
        }
        var features, standardised: [[Double]]
        var labels: [Bool]
        var weights: [Double]
        var maximumLikelihood, withoutIntercept: Inference
        var ridge: [Ridge]

        init() throws {
            let url = try #require(
                Bundle.module.url(
                    forResource: "logistic_regression", withExtension: "json",
                    subdirectory: "Golden"))
            self = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        }
    }

    let golden: Golden

    init() throws { golden = try Golden() }

    @Test("weighted maximum likelihood, a feature 300 deviations from zero")
    func maximumLikelihood() throws {
        let model = try LogisticRegression(penalty: .none).fit(
            features: Matrix(rows: golden.features), labels: golden.labels,
            weights: golden.weights)
        try expectSame(model, golden.maximumLikelihood, relative: 1e-11)
    }

    @Test("weighted maximum likelihood without an intercept")
    func withoutIntercept() throws {
        let model = try LogisticRegression(penalty: .none, fitsIntercept: false).fit(
            features: Matrix(rows: golden.standardised), labels: golden.labels,
            weights: golden.weights)
        try expectSame(model, golden.withoutIntercept, relative: 1e-12)
        #expect(model.intercept == 0)
        let inference = try #require(model.inference)
        expectClose(
            inference.nullLogLikelihood, -golden.weights.reduce(0, +) * log(2), relative: 1e-14)
        #expect(inference.likelihoodRatioDegreesOfFreedom == 3)
    }

    @Test("L2 fits from strong to weak, with and without an intercept")
    func ridge() throws {
        let features = Matrix(rows: golden.standardised)
        for fit in golden.ridge {
            let model = try LogisticRegression(
                penalty: .l2(C: fit.C), fitsIntercept: fit.fitsIntercept
            ).fit(features: features, labels: golden.labels, weights: golden.weights)
            expectClose(model.coefficients, fit.coefficients, relative: 1e-10)
            expectClose(model.intercept, fit.intercept, relative: 1e-9)
            expectClose(try model.probabilities(features), fit.probabilities, relative: 1e-9)
        }
    }

    private func expectSame(
        _ model: LogisticRegressionModel, _ expected: Golden.Inference, relative: Double
    ) throws {
        let estimates = try #require(model.estimates)
        let inference = try #require(model.inference)
        expectClose(estimates.map(\.value), expected.coefficients, relative: relative)
        expectClose(estimates.map(\.standardError), expected.standardErrors, relative: relative)
        expectClose(estimates.map(\.z), expected.z, relative: relative)
        expectClose(estimates.map(\.pValue), expected.p, relative: 100 * relative)
        let intervals = estimates.map { $0.confidenceInterval(level: 0.9) }
        expectClose(
            intervals.flatMap { [$0.lowerBound, $0.upperBound] },
            expected.intervals90.flatMap { $0 }, relative: 10 * relative)
        expectClose(inference.logLikelihood, expected.logLikelihood, relative: 1e-13)
        expectClose(inference.aic, expected.aic, relative: 1e-13)
        expectClose(inference.bic, expected.bic, relative: 1e-13)
        #expect(inference.observationCount == expected.observations)
    }
}
