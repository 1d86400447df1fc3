// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NB1: naive Bayes against scikit-learn")
struct NaiveBayesGoldenTests {
    struct Golden: Decodable {
        var real, binary, counts, categories: [[Double]]
        var labels: [Int]
        var weights, given: [Double]
        var forms: [String: [[Double]]]
        var gaussianJoint, mixedJoint: [[Double]]
    }

    let golden: Golden

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "naive_bayes", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    private func fit(
        _ recipe: NaiveBayes, _ rows: [[Double]], names: [String]? = nil
    ) throws -> NaiveBayesModel {
        try recipe.fit(
            ClassificationData(
                features: Matrix(rows: rows),
                labels: ClassLabels(codes: golden.labels, classes: ["a", "b", "c"]),
                weights: golden.weights, featureNames: names))
    }

    private func expectParity(
        _ recipe: NaiveBayes, _ rows: [[Double]], _ form: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try #require(golden.forms[form])
        let model = try fit(recipe, rows)
        let features = Matrix(rows: rows)
        expectClose(
            try model.logProbabilities(features).elements, expected.flatMap { $0 },
            relative: 1e-10, absolute: 1e-12, form, sourceLocation: sourceLocation)
        expectClose(
            try model.classProbabilities(features).elements,
            expected.flatMap { $0 }.map { exp($0) }, relative: 1e-10, form,
            sourceLocation: sourceLocation)
    }

    @Test("Gaussian, a column whose mean is 50,000 deviations from zero")
    func gaussian() throws {
        try expectParity(NaiveBayes(.gaussian()), golden.real, "gaussian")
        try expectParity(
            NaiveBayes(.gaussian(varianceSmoothing: 0.01), priors: .given(golden.given)),
            golden.real, "gaussianSmoothed")
        let joint = try fit(NaiveBayes(.gaussian()), golden.real)
            .jointLogLikelihoods(Matrix(rows: golden.real))
        expectClose(
            joint.elements, golden.gaussianJoint.flatMap { $0 }, relative: 1e-10)
    }

    @Test("Bernoulli")
    func bernoulli() throws {
        try expectParity(NaiveBayes(.bernoulli(threshold: 0.5)), golden.binary, "bernoulli")
        try expectParity(NaiveBayes(.automatic), golden.binary, "bernoulli")
        try expectParity(
            NaiveBayes(.bernoulli(threshold: 1, smoothing: 0.3), priors: .given(golden.given)),
            golden.counts, "bernoulliThreshold")
    }

    @Test("multinomial and complement")
    func counts() throws {
        try expectParity(NaiveBayes(.multinomial()), golden.counts, "multinomial")
        try expectParity(
            NaiveBayes(.multinomial(smoothing: 0.01), priors: .uniform), golden.counts,
            "multinomialUniform")
        try expectParity(
            NaiveBayes(.complement(), priors: .uniform), golden.counts, "complement")
        try expectParity(
            NaiveBayes(.complement(smoothing: 2, normalised: true), priors: .uniform),
            golden.counts, "complementNormalised")
    }

    @Test("categorical")
    func categorical() throws {
        try expectParity(NaiveBayes(.categorical()), golden.categories, "categorical")
        try expectParity(
            NaiveBayes(.categorical(smoothing: 0.5, minimumCount: 7), priors: .uniform),
            golden.categories, "categoricalMinimum")
    }

    @Test("mixed columns add what each form gives alone")
    func mixed() throws {
        let rows = golden.labels.indices.map {
            golden.counts[$0] + golden.real[$0] + golden.categories[$0] + golden.binary[$0]
        }
        let names = ["c0", "c1", "c2", "c3", "r0", "r1", "r2", "k0", "k1", "b0", "b1"]
        let recipe = NaiveBayes(
            .automatic,
            except: [
                .init(["c0", "c1", "c2", "c3"], .multinomial()),
                .init(["k0", "k1"], .categorical()),
            ])
        let joint = try fit(recipe, rows, names: names).jointLogLikelihoods(Matrix(rows: rows))
        expectClose(joint.elements, golden.mixedJoint.flatMap { $0 }, relative: 1e-10)
    }
}
