// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR3: multinomial and ordinal regression against statsmodels and scikit-learn")
struct MultinomialOrdinalTests {
    private struct Golden: Decodable {
        struct Multinomial: Decodable {
            var parameters, standardErrors: [[Double]]
            var logLikelihood, nullLogLikelihood, aic, bic, likelihoodRatioP: Double
        }
        struct Ridge: Decodable {
            var C: Double
            var intercepts: [Double]
            var coefficients, probabilities: [[Double]]
        }
        struct Ordinal: Decodable {
            var thresholds, coefficients, standardErrors: [Double]
            var logLikelihood, nullLogLikelihood: Double
            var probabilities: [[Double]]
        }
        var features: [[Double]]
        var levels, kinds: [Int]
        var multinomial: Multinomial
        var ridge: Ridge
        var ordinal: Ordinal
    }

    private let golden: Golden
    private let kinds: ClassificationData
    private let levels: ClassificationData

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "multinomial_ordinal", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let features = Matrix(rows: golden.features)
        kinds = try ClassificationData(
            features: features,
            labels: ClassLabels(codes: golden.kinds, classes: ["paid", "late", "lost"]))
        levels = try ClassificationData(
            features: features,
            labels: ClassLabels(codes: golden.levels, classes: ["E", "D", "C", "B", "A"]))
    }

    @Test("softmax by maximum likelihood: every number of MNLogit")
    func multinomial() throws {
        let expected = golden.multinomial
        let model = try MultinomialRegression(penalty: .none).fit(kinds)
        for (index, name) in ["late", "lost"].enumerated() {
            let estimates = try #require(model.estimates(of: name))
            expectClose(
                estimates.map(\.value), expected.parameters[index], relative: 1e-8, absolute: 1e-11)
            expectClose(
                estimates.map(\.standardError), expected.standardErrors[index], relative: 1e-8)
            #expect(estimates.map(\.name) == ["intercept", "x0", "x1", "x2"])
        }
        #expect(model.estimates(of: "paid") == nil)
        #expect(model.coefficients.row(0).elements.allSatisfy { $0 == 0 })
        let likelihood = try #require(model.inference).likelihood
        expectClose(likelihood.logLikelihood, expected.logLikelihood, relative: 1e-12)
        expectClose(likelihood.nullLogLikelihood, expected.nullLogLikelihood, relative: 1e-9)
        expectClose(likelihood.aic, expected.aic, relative: 1e-12)
        expectClose(likelihood.bic, expected.bic, relative: 1e-12)
        expectClose(
            likelihood.likelihoodRatioTest.pValue, expected.likelihoodRatioP, relative: 1e-6)
    }

    @Test("softmax with L2: scikit-learn's coefficients of every class")
    func ridge() throws {
        let expected = golden.ridge
        let model = try MultinomialRegression(penalty: .l2(C: expected.C)).fit(kinds)
        expectClose(
            Array(model.coefficients.elements), expected.coefficients.flatMap { $0 },
            relative: 1e-6, absolute: 1e-9)
        expectClose(model.intercepts, expected.intercepts, relative: 1e-6, absolute: 1e-9)
        #expect(model.inference == nil)
        let probabilities = try model.classProbabilities(Matrix(rows: golden.features))
        for (row, values) in expected.probabilities.enumerated() {
            expectClose(probabilities.row(row).elements, values, relative: 1e-6)
        }
    }

    @Test("two classes: the binary regression, whose C is twice as large")
    func binary() throws {
        // Two vectors w / 2 and -w / 2 have half the squared length of w.
        let sample = LogisticSample()
        let pair = try MultinomialRegression(penalty: .l2(C: 0.5))
            .fit(features: sample.features, labels: sample.labels)
        let single = try LogisticRegression(penalty: .l2(C: 1))
            .fit(features: sample.features, labels: sample.labels)
        expectClose(
            try pair.probabilities(sample.features), try single.probabilities(sample.features),
            relative: 1e-8)
        let ordinal = try OrdinalRegression(penalty: .l2(C: 1))
            .fit(features: sample.features, labels: sample.labels)
        expectClose(ordinal.coefficients, single.coefficients, relative: 1e-8)
        expectClose(ordinal.thresholds[0], -single.intercept, relative: 1e-8)
    }

    @Test("more than a thousand parameters go to L-BFGS, whose slopes vanish")
    func manyParameters() throws {
        var generator = TestGenerator(seed: 4)
        let features = Matrix<Double>(rowCount: 40, columnCount: 501) { _, _ in
            Double.random(in: -1...1, using: &generator)
        }
        let labels = (0..<40).map { ["a", "b", "c"][($0 * 7) % 3] }
        let recipe = MultinomialRegression(penalty: .l2(C: 0.1), gradientTolerance: 1e-8)
        let model = try recipe.fit(features: features, labels: labels)
        #expect(model.gradientNorm <= 1e-8)
        let probabilities = try model.classProbabilities(features)
        for (place, name) in model.classes.enumerated() {
            let residuals = Vector(
                labels.indices.map { (labels[$0] == name ? 1 : 0) - probabilities[$0, place] })
            let slope =
                features.transposed.matmul(residuals) * 0.1 - model.coefficients.row(place)
            expectClose(residuals.sum(), 0, absolute: 1e-6)
            expectClose(slope.elements, slope.elements.map { _ in 0 }, absolute: 1e-6)
        }
    }

    @Test("five risk levels: every number of OrderedModel")
    func ordinal() throws {
        let expected = golden.ordinal
        let model = try OrdinalRegression(penalty: .none).fit(levels)
        expectClose(model.thresholds, expected.thresholds, relative: 1e-6)
        expectClose(model.coefficients, expected.coefficients, relative: 1e-6)
        let estimates = try #require(model.estimates)
        expectClose(
            estimates.suffix(3).map(\.standardError), expected.standardErrors, relative: 1e-5)
        #expect(estimates.map(\.name) == ["t1", "t2", "t3", "t4", "x0", "x1", "x2"])
        let likelihood = try #require(model.inference).likelihood
        expectClose(likelihood.logLikelihood, expected.logLikelihood, relative: 1e-10)
        expectClose(likelihood.nullLogLikelihood, expected.nullLogLikelihood, relative: 1e-8)
        let probabilities = try model.classProbabilities(Matrix(rows: golden.features))
        for (row, values) in expected.probabilities.enumerated() {
            expectClose(probabilities.row(row).elements, values, relative: 1e-5)
        }
    }

    @Test("ordinal: units and places of the features change nothing but their coefficients")
    func units() throws {
        let recipe = OrdinalRegression(penalty: .none)
        let plain = try recipe.fit(levels)
        let moved = try recipe.fit(
            ClassificationData(
                features: Matrix(
                    rows: golden.features.map { [$0[0] * 1000 + 5e6, $0[1], $0[2]] }),
                labels: levels.labels))
        expectClose(moved.coefficients[0] * 1000, plain.coefficients[0], relative: 1e-7)
        let errors = try #require(moved.estimates).map(\.standardError)
        let others = try #require(plain.estimates).map(\.standardError)
        expectClose(errors[4] * 1000, others[4], relative: 1e-6)
        expectClose(errors[5], others[5], relative: 1e-6)
    }

    @Test("a class without a row is refused by name")
    func emptyClass() throws {
        let data = try ClassificationData(
            features: Matrix(rows: golden.features),
            labels: ClassLabels(codes: golden.kinds, classes: ["paid", "late", "lost", "sold"]))
        for error in [
            modelError { _ = try OrdinalRegression().fit(data) },
            modelError { _ = try MultinomialRegression().fit(data) },
        ] {
            #expect(error?.code == .invalidLabels)
            #expect(error?.message.contains("sold") == true)
        }
    }

    @Test("files of both, with and without inference")
    func files() throws {
        let multinomial = try MultinomialRegression(penalty: .none).fit(kinds)
        #expect(
            try MultinomialRegressionModel(fileBytes: multinomial.fileBytes) == multinomial)
        let ordinal = try OrdinalRegression(penalty: .none).fit(levels)
        #expect(try OrdinalRegressionModel(fileBytes: ordinal.fileBytes) == ordinal)
    }
}
