// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR3: offsets, warm starts and sparse rows of multinomial and ordinal regression")
struct MulticlassOffsetTests {
    private let sample = LogisticSample(rows: 240, columns: 3, seed: 23)

    /// Rows of three classes, each of which occurs.
    private func data() throws -> ClassificationData {
        let codes = (0..<240).map { row in
            (sample.labels[row] ? 1 : 0) + (sample.features[row, 1] > 3 && row % 3 != 0 ? 1 : 0)
        }
        return try ClassificationData(
            features: sample.features,
            labels: ClassLabels(codes: codes, classes: ["low", "middle", "high"]),
            weights: (0..<240).map { Double($0 % 4) })
    }

    private func sparse(_ data: ClassificationData) throws -> SparseClassificationData {
        try SparseClassificationData(
            features: SparseMatrix(data.features), labels: data.labels, weights: data.weights)
    }

    @Test("of two classes both are logistic regression with that offset")
    func twoClasses() throws {
        let offsets = (0..<240).map { Double($0 % 5) * 0.3 - 1 }
        let data = try sample.data
        let logistic = try LogisticRegression(penalty: .none).fit(data, offsets: offsets)
        let expected = try #require(logistic.inference)
        let table = Matrix(rowCount: 240, columnCount: 2) { $1 == 0 ? 2 : 2 + offsets[$0] }
        let multinomial = try MultinomialRegression(penalty: .none).fit(data, offsets: table)
        expectClose(
            multinomial.coefficients.row(1).elements, logistic.coefficients, relative: 1e-8)
        expectClose(multinomial.intercepts[1], logistic.intercept, relative: 1e-8)
        let likelihood = try #require(multinomial.inference).likelihood
        expectClose(likelihood.logLikelihood, expected.logLikelihood, relative: 1e-10)
        expectClose(likelihood.nullLogLikelihood, expected.nullLogLikelihood, relative: 1e-10)
        let ordinal = try OrdinalRegression(penalty: .none).fit(data, offsets: offsets)
        expectClose(ordinal.coefficients, logistic.coefficients, relative: 1e-8)
        expectClose(ordinal.thresholds[0], -logistic.intercept, relative: 1e-8)
        let own = try #require(ordinal.inference).likelihood
        expectClose(own.nullLogLikelihood, expected.nullLogLikelihood, relative: 1e-10)
        // Prediction takes the offsets as the fit did.
        let logits = Vector(try logistic.logOdds(sample.features, offsets: offsets))
        let probabilities = logits.sigmoid().elements
        expectClose(
            try multinomial.classProbabilities(sample.features, offsets: table).column(1).elements,
            probabilities, relative: 1e-7)
        expectClose(
            try ordinal.classProbabilities(sample.features, offsets: offsets).column(1).elements,
            probabilities, relative: 1e-7)
    }

    @Test("a feature at its own coefficient, as an offset, leaves the others where they were")
    func knownFeature() throws {
        let data = try data()
        let others = try ClassificationData(
            features: data.features.gatheringColumns([0, 1]), labels: data.labels,
            weights: data.weights)
        let whole = try MultinomialRegression(penalty: .none).fit(data)
        let table = Matrix(rowCount: 240, columnCount: 3) {
            data.features[$0, 2] * whole.coefficients[$1, 2]
        }
        let part = try MultinomialRegression(penalty: .none).fit(others, offsets: table)
        expectClose(
            Array(part.coefficients.elements),
            Array(whole.coefficients.gatheringColumns([0, 1]).elements), relative: 1e-7,
            absolute: 1e-12)
        expectClose(part.intercepts, whole.intercepts, relative: 1e-7, absolute: 1e-12)
        let level = try OrdinalRegression(penalty: .none).fit(data)
        let scores = (0..<240).map { data.features[$0, 2] * level.coefficients[2] }
        let rest = try OrdinalRegression(penalty: .none).fit(others, offsets: scores)
        expectClose(rest.coefficients, Array(level.coefficients.prefix(2)), relative: 1e-7)
        expectClose(rest.thresholds, level.thresholds, relative: 1e-7)
    }

    @Test("sparse rows give the fit and the probabilities of dense ones")
    func sparseRows() throws {
        let data = try data()
        let sparse = try sparse(data)
        for recipe in [
            MultinomialRegression(penalty: .none), MultinomialRegression(penalty: .l2(C: 0.3)),
        ] {
            let (dense, other) = (try recipe.fit(data), try recipe.fit(sparse))
            expectClose(
                Array(other.coefficients.elements), Array(dense.coefficients.elements),
                relative: 1e-7, absolute: 1e-10)
            expectClose(other.intercepts, dense.intercepts, relative: 1e-7, absolute: 1e-10)
            if let inference = other.inference {
                expectClose(
                    Array(inference.covariance.elements),
                    Array(try #require(dense.inference).covariance.elements), relative: 1e-6,
                    absolute: 1e-9)
            }
            expectClose(
                Array(try other.classProbabilities(sparse.features).elements),
                Array(try other.classProbabilities(data.features).elements), relative: 1e-12)
        }
        for recipe in [
            OrdinalRegression(penalty: .none), OrdinalRegression(penalty: .l2(C: 0.3)),
        ] {
            let (dense, other) = (try recipe.fit(data), try recipe.fit(sparse))
            expectClose(other.coefficients, dense.coefficients, relative: 1e-7)
            expectClose(other.thresholds, dense.thresholds, relative: 1e-7)
            expectClose(
                Array(try other.classProbabilities(sparse.features).elements),
                Array(try other.classProbabilities(data.features).elements), relative: 1e-12)
        }
    }

    @Test("many sparse features: the softmax of L-BFGS satisfies its conditions")
    func manyFeatures() throws {
        var generator = TestGenerator(seed: 5)
        var entries: [SparseMatrix<Double>.Entry] = []
        for row in 0..<120 {
            for column in Set((0..<9).map { _ in Int.random(in: 0..<600, using: &generator) }) {
                entries.append(.init(row: row, column: column, value: 1))
            }
        }
        let features = try SparseMatrix(rowCount: 120, columnCount: 600, entries: entries)
        let codes = (0..<120).map { $0 % 3 }
        let data = try SparseClassificationData(
            features: features, labels: ClassLabels(codes: codes, classes: ["a", "b", "c"]))
        let model = try MultinomialRegression(penalty: .l2(C: 2)).fit(data)
        // C * sum of (1[class] - p) x is the coefficient of the class.
        let probabilities = try model.classProbabilities(features)
        let residuals = Matrix(rowCount: 120, columnCount: 3) {
            (codes[$0] == $1 ? 1 : 0) - probabilities[$0, $1]
        }
        let slopes = features.transposed.matmul(residuals) * 2
        for code in 0..<3 {
            expectClose(
                slopes.column(code).elements, model.coefficients.row(code).elements,
                absolute: 1e-5)
        }
        #expect(model.coefficients.elements.contains { abs($0) > 0.1 })
    }

    @Test("a warm start at the end takes one step and stays there")
    func warmStart() throws {
        let data = try data()
        for recipe in [
            MultinomialRegression(penalty: .none), MultinomialRegression(penalty: .l2(C: 0.3)),
        ] {
            let cold = try recipe.fit(data)
            let warm = try recipe.fit(data, offsets: nil, start: cold)
            #expect(warm.iterationCount == 1 && cold.iterationCount > 2)
            expectClose(
                Array(warm.coefficients.elements), Array(cold.coefficients.elements),
                relative: 1e-9, absolute: 1e-12)
        }
        let cold = try OrdinalRegression().fit(data)
        let warm = try OrdinalRegression().fit(data, offsets: nil, start: cold)
        #expect(warm.iterationCount == 1 && cold.iterationCount > 2)
        expectClose(warm.thresholds, cold.thresholds, relative: 1e-9)
    }

    @Test("offsets and starts that do not fit are refused")
    func refusals() throws {
        let data = try data()
        let model = try MultinomialRegression().fit(data)
        let narrow = try ClassificationData(
            features: data.features.gatheringColumns([0]), labels: data.labels,
            weights: data.weights)
        let errors = [
            modelError { _ = try MultinomialRegression().fit(data, offsets: .zeros(240, 2)) },
            modelError { _ = try MultinomialRegression().fit(data, offsets: .zeros(3, 3)) },
            modelError { _ = try MultinomialRegression().fit(narrow, offsets: nil, start: model) },
            modelError { _ = try model.logits(data.features, offsets: .zeros(1, 3)) },
            modelError { _ = try OrdinalRegression().fit(data, offsets: [1]) },
            modelError { _ = try model.logits(SparseMatrix<Double>.zeros(1, 9)) },
        ]
        for error in errors { #expect(error?.code == .wrongWidth) }
        var broken = Matrix<Double>.zeros(240, 3)
        broken[4, 1] = .nan
        let error = modelError { _ = try MultinomialRegression().fit(data, offsets: broken) }
        #expect(error?.code == .nonFinite)
        #expect(error?.message.contains("row 4") == true)
    }
}
