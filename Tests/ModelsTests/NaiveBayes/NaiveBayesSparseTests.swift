// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NB1: naive Bayes of sparse rows")
struct NaiveBayesSparseTests {
    /// Counts of 12 words in 90 texts, most of them 0.
    private func sample(seed: UInt64) throws -> (ClassificationData, SparseClassificationData) {
        var generator = TestGenerator(seed: seed)
        let counts = Matrix<Double>(rowCount: 90, columnCount: 12) { row, column in
            guard Int.random(in: 0..<4, using: &generator) == 0 else { return 0 }
            return Double(Int.random(in: 1...(column % 3 == row % 3 ? 6 : 2), using: &generator))
        }
        let labels = try ClassLabels(codes: (0..<90).map { $0 % 3 }, classes: ["a", "b", "c"])
        let weights = (0..<90).map { Double($0 % 4) / 2 }
        return (
            try ClassificationData(features: counts, labels: labels, weights: weights),
            try SparseClassificationData(
                features: SparseMatrix(counts), labels: labels, weights: weights)
        )
    }

    private static let recipes: [NaiveBayes] = [
        NaiveBayes(.multinomial(smoothing: 0.5)),
        NaiveBayes(.complement(), priors: .uniform),
        NaiveBayes(.complement(smoothing: 2, normalised: true)),
        NaiveBayes(.bernoulli(threshold: 0.5)), NaiveBayes(.bernoulli(threshold: 2)),
        // What is not stored is above this threshold.
        NaiveBayes(.bernoulli(threshold: -0.5)),
        NaiveBayes(.multinomial(), except: [.init(["x1", "x7"], .bernoulli())]),
    ]

    @Test("the model and the probabilities of dense rows", arguments: propertySeeds(2))
    func dense(seed: UInt64) throws {
        let (dense, sparse) = try sample(seed: seed)
        for recipe in Self.recipes {
            let (expected, model) = (try recipe.fit(dense), try recipe.fit(sparse))
            expectClose(model.logPriors, expected.logPriors, relative: 1e-14)
            let reference = try expected.jointLogLikelihoods(dense.features).elements
            expectClose(
                Array(try model.jointLogLikelihoods(dense.features).elements), Array(reference),
                relative: 1e-12)
            expectClose(
                Array(try model.jointLogLikelihoods(sparse.features).elements), Array(reference),
                relative: 1e-12)
            expectClose(
                Array(try expected.classProbabilities(sparse.features).elements),
                Array(try expected.classProbabilities(dense.features).elements), relative: 1e-10)
        }
    }

    @Test("flags are Bernoulli by themselves; other numbers, densities and categories are refused")
    func refusals() throws {
        let (dense, sparse) = try sample(seed: 3)
        let flags = dense.features.map { $0 > 0 ? 1.0 : 0 }
        let own = try SparseClassificationData(
            features: SparseMatrix(flags), labels: dense.labels, weights: dense.weights)
        let model = try NaiveBayes().fit(own)
        let expected = try NaiveBayes().fit(
            ClassificationData(features: flags, labels: dense.labels, weights: dense.weights))
        expectClose(
            Array(try model.classProbabilities(own.features).elements),
            Array(try expected.classProbabilities(flags).elements), relative: 1e-10)
        for recipe in [NaiveBayes(), NaiveBayes(.gaussian()), NaiveBayes(.categorical())] {
            #expect(modelError { _ = try recipe.fit(sparse) }?.code == .invalidRecipe)
        }
        let gaussian = try NaiveBayes(.gaussian()).fit(dense)
        #expect(
            modelError { _ = try gaussian.classProbabilities(sparse.features) }?.code
                == .invalidRecipe)
        let negative = try SparseMatrix<Double>(
            rowCount: 1, columnCount: 12, entries: [.init(row: 0, column: 5, value: -1)])
        let counted = try NaiveBayes(.multinomial()).fit(sparse)
        let error = modelError { _ = try counted.classProbabilities(negative) }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("row 0, column 5") == true)
        #expect(
            modelError { _ = try counted.classProbabilities(SparseMatrix<Double>.zeros(1, 3)) }?
                .code == .wrongWidth)
        let stopped = modelError { _ = try NaiveBayes(.multinomial()).fit(sparse) { $0.stop() } }
        #expect(stopped?.code == .cancelled)
    }
}
