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

    @Test(
        "blocks of a larger problem lead to the minimum for any cache, with and without shrinking",
        arguments: [1.0, 300])
    func blocks(price: Double) throws {
        let large = LogisticSample(rows: 600, columns: 3, seed: 8)
        var objectives: [Double] = []
        for solver in [
            SupportVectorSolver(tolerance: 1e-5), .init(tolerance: 1e-5, shrinks: false),
            .init(tolerance: 1e-5, cacheBytes: 0), .init(tolerance: 1e-5, cacheBytes: 700_000),
        ] {
            let model = try SupportVectorClassifier(
                .c(price), kernel: .radialBasis(gamma: .value(0.3)), probabilities: .logistic,
                solver: solver
            ).fit(features: large.features, labels: large.labels)
            #expect(model.supportRows.count > 256)
            objectives.append(model.objectives[0])
            var factors = [Double](repeating: 0, count: 600)
            for (row, factor) in zip(model.supportRows, model.dualCoefficients.elements) {
                factors[row] = factor
            }
            #expect(abs(factors.reduce(0, +)) < 1e-8)
            let values = try model.decisionValues(large.features).elements
            for (row, isPositive) in large.labels.enumerated() {
                let sign = isPositive ? 1.0 : -1
                let (factor, margin) = (sign * factors[row], sign * values[row])
                #expect(factor >= 0 && factor <= price)
                if factor > 0 { #expect(margin <= 1 + 1e-3) }
                if factor < price { #expect(margin >= 1 - 1e-3) }
            }
        }
        for objective in objectives { expectClose(objective, objectives[0], relative: 1e-7) }
    }

    @Test("blocks with two sums to keep, for any cache")
    func groups() throws {
        let large = LogisticSample(rows: 400, columns: 3, seed: 9)
        let targets = large.features.matmul(Vector([0.5, -0.2, 1])).elements
        let models = try [200_000_000, 0].map { bytes in
            try SupportVectorRegressor(
                .nu(c: 5, nu: 0.6), kernel: .radialBasis(gamma: .value(0.3)),
                solver: .init(tolerance: 1e-6, cacheBytes: bytes)
            ).fit(
                features: large.features,
                targets: zip(targets, large.labels).map { $0 + ($1 ? 1 : 0) })
        }
        #expect(models[0].supportRows.count > 200)
        expectClose(models[0].width, models[1].width, absolute: 1e-4)
        expectClose(
            try models[0].predictions(large.features), try models[1].predictions(large.features),
            absolute: 1e-3)
    }

    @Test("the bytes do not depend on the number of threads")
    func threads() throws {
        // Kernel values take most of the time of the first, sums of rows that of the second.
        for sample in [
            LogisticSample(rows: 1300, columns: 100, seed: 2),
            LogisticSample(rows: 2500, columns: 2, seed: 2),
        ] {
            let scaled = sample.features / Double(sample.features.columnCount)
            func bytes(_ limit: Int) throws -> [UInt8] {
                let before = LoopThreads.limit
                defer { LoopThreads.limit = before }
                LoopThreads.limit = limit
                return try SupportVectorClassifier(probabilities: .logistic)
                    .fit(features: scaled, labels: sample.labels).fileBytes
            }
            #expect(try bytes(1) == bytes(2))
        }
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
