// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("SV1, SV2: what support vector machines promise")
struct SupportVectorTests {
    private let sample = LogisticSample(rows: 150, columns: 3, seed: 5)

    private func fit(_ solver: SupportVectorSolver) throws -> SupportVectorModel {
        try SupportVectorClassifier(
            .c(20), kernel: .radialBasis(gamma: .value(0.3)), probabilities: .logistic,
            solver: solver
        ).fit(features: sample.features, labels: sample.labels)
    }

    @Test("the minimum meets its conditions: brute force over the rows")
    func conditions() throws {
        let tolerance = 1e-6
        let model = try fit(.init(tolerance: tolerance))
        let values = try model.decisionValues(sample.features).elements
        var factors = [Double](repeating: 0, count: values.count)
        for (row, factor) in zip(model.supportRows, model.dualCoefficients.elements) {
            factors[row] = factor
        }
        #expect(abs(factors.reduce(0, +)) < 1e-9)
        for (row, isPositive) in sample.labels.enumerated() {
            let sign = isPositive ? 1.0 : -1
            let (price, margin) = (sign * factors[row], sign * values[row])
            #expect(price >= 0 && price <= 20)
            if price > 0 { #expect(margin <= 1 + 1e-4) }
            if price < 20 { #expect(margin >= 1 - 1e-4) }
        }
        // The dual objective from its definition.
        let kernelPart = zip(factors, values).reduce(0) {
            $0 + $1.0 * ($1.1 - model.intercepts[0])
        }
        let prices = factors.reduce(0) { $0 + abs($1) }
        expectClose(model.objectives[0], kernelPart / 2 - prices, relative: 1e-5)
    }

    @Test("neither shrinking nor the size of the cache changes the minimum")
    func settings() throws {
        let reference = try fit(.init(tolerance: 1e-8, shrinks: false))
        for solver in [
            SupportVectorSolver(tolerance: 1e-8), .init(tolerance: 1e-8, cacheBytes: 0),
            .init(tolerance: 1e-8, cacheBytes: 20_000),
        ] {
            let model = try fit(solver)
            #expect(model.supportRows == reference.supportRows)
            expectClose(
                try model.decisionValues(sample.features).elements,
                try reference.decisionValues(sample.features).elements, absolute: 1e-6)
        }
    }

    @Test("the bytes do not depend on the number of threads")
    func threads() throws {
        let wide = LogisticSample(rows: 1300, columns: 300, seed: 2)
        let scaled = wide.features / 300
        func bytes(_ limit: Int) throws -> [UInt8] {
            let before = LoopThreads.limit
            defer { LoopThreads.limit = before }
            LoopThreads.limit = limit
            return try SupportVectorClassifier(probabilities: .logistic)
                .fit(features: scaled, labels: wide.labels).fileBytes
        }
        #expect(try bytes(1) == bytes(2))
    }

    @Test("the most probable class is the predicted one, of three classes")
    func consistency() throws {
        let golden = try SupportVectorGolden()
        let labels = try ClassLabels(codes: golden.three, classes: ["a", "b", "c"])
        let x = Matrix(rows: golden.features)
        for method in [SupportVectorProbabilities.platt(folds: 3), .isotonic(folds: 3)] {
            let model = try SupportVectorClassifier(
                kernel: .radialBasis(gamma: .value(0.4)), probabilities: method
            ).fit(ClassificationData(features: x, labels: labels))
            let shares = try model.classProbabilities(x)
            for (row, name) in try model.predictedClasses(x).enumerated() {
                let code = try #require(model.classes.firstIndex(of: name))
                #expect((0..<3).allSatisfy { shares[row, code] >= shares[row, $0] })
                expectClose(shares.row(row).sum(), 1, absolute: 1e-12)
            }
        }
    }

    @Test("SV2: coupled probabilities minimise the disagreement of the pairs")
    func coupling() throws {
        let golden = try SupportVectorGolden()
        let labels = try ClassLabels(codes: golden.three, classes: ["a", "b", "c"])
        let model = try SupportVectorClassifier(probabilities: .logistic)
            .fit(ClassificationData(features: Matrix(rows: golden.features), labels: labels))
        let queries = Matrix(rows: golden.queries)
        let ofSecond = try model.decisionValues(queries).sigmoid()
        let shares = try model.classProbabilities(queries)
        for row in 0..<queries.rowCount {
            var against = Matrix<Double>.zeros(3, 3)
            for (pair, (first, second)) in [(0, 1), (0, 2), (1, 2)].enumerated() {
                against[second, first] = ofSecond[row, pair]
                against[first, second] = 1 - ofSecond[row, pair]
            }
            // The conditions of the minimum with the sum of 1 as a constraint.
            var equations = Matrix<Double>.zeros(4, 4)
            for i in 0..<3 {
                for j in 0..<3 where j != i {
                    equations[i, i] += against[j, i] * against[j, i]
                    equations[i, j] = -against[j, i] * against[i, j]
                }
                equations[i, 3] = 1
                equations[3, i] = 1
            }
            let solution = try equations.lu().solve(Vector([0, 0, 0, 1]))
            expectClose(
                shares.row(row).elements, Array(solution.elements.prefix(3)), absolute: 1e-9)
        }
    }

    @Test("a share that the classes do not allow is refused with its limit")
    func impossibleShare() throws {
        let labels = (0..<150).map { $0 < 15 }
        let error = modelError {
            _ = try SupportVectorClassifier(.nu(0.5)).fit(
                features: sample.features, labels: labels)
        }
        #expect(error?.code == .invalidRecipe)
        #expect(error?.message.contains("at most 0.2") == true)
    }

    @Test("an iteration limit, too few rows for the folds and huge values are refused")
    func refusals() throws {
        #expect(modelError { _ = try fit(.init(iterationLimit: 3)) }?.code == .notConverged)
        let few = (0..<150).map { $0 < 3 }
        let error = modelError {
            _ = try SupportVectorClassifier().fit(features: sample.features, labels: few)
        }
        #expect(error?.code == .invalidSplit)
        #expect(error?.message.contains("3 rows for 5 folds") == true)
        var huge = sample.features
        huge[4, 0] = 1e20
        let range = modelError {
            _ = try SupportVectorClassifier(kernel: .linear, probabilities: .logistic)
                .fit(features: huge, labels: sample.labels)
        }
        #expect(range?.code == .invalidValue)
        #expect(range?.message.contains("row 4") == true)
    }

    @Test("a tube wider than the targets needs no support vectors")
    func wideTube() throws {
        let targets = (0..<150).map { Double($0 % 3) }
        let recipe = SupportVectorRegressor(.epsilon(c: 1, width: 5))
        let model = try recipe.fit(features: sample.features, targets: targets)
        #expect(model.supportRows.isEmpty)
        #expect(try model.predictions(sample.features).allSatisfy { abs($0 - 1) <= 4 })
        #expect(try SupportVectorRegressorModel(fileBytes: model.fileBytes) == model)
    }

    @Test("one-class models survive their files and refuse bad input")
    func oneClassFiles() throws {
        let recipe = OneClassSupportVectorMachine(nu: 0.1)
        #expect(try OneClassSupportVectorMachine(fileBytes: recipe.fileBytes) == recipe)
        let model = try recipe.fit(features: sample.features)
        #expect(try OneClassSupportVectorModel(fileBytes: model.fileBytes) == model)
        #expect(modelError { try OneClassSupportVectorMachine(nu: 0).validate() } != nil)
        #expect(modelError { _ = try model.isOutlier(.zeros(1, 2)) }?.code == .wrongWidth)
        #expect(modelError { _ = try recipe.fit(features: .zeros(0, 2)) }?.code == .empty)
    }
}
