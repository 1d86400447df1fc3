// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LR1: L1, elastic net, solvers, offsets and signs against scikit-learn and statsmodels")
struct LogisticPenaltyTests {
    private struct Golden: Decodable {
        struct Fit: Decodable {
            var C, l1Ratio: Double?
            var fitsIntercept: Bool?
            var intercept: Double
            var coefficients: [Double]
        }
        struct Offset: Decodable {
            var coefficients, standardErrors: [Double]
            var logLikelihood, nullLogLikelihood: Double
        }
        var features: [[Double]]
        var labels: [Bool]
        var weights, offsets: [Double]
        var penalised: [Fit]
        var factors, allNonNegative, mixedSigns: Fit
        var withOffset: Offset
    }

    private let golden: Golden
    private let data: ClassificationData
    private let sparse: SparseClassificationData

    init() throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "logistic_penalties", withExtension: "json", subdirectory: "Golden"))
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
        let features = Matrix(rows: golden.features)
        let labels = ClassLabels(golden.labels)
        data = try ClassificationData(
            features: features, labels: labels, weights: golden.weights)
        sparse = try SparseClassificationData(
            features: SparseMatrix(features), labels: labels, weights: golden.weights)
    }

    private func expectSame(
        _ model: LogisticRegressionModel, _ fit: Golden.Fit, absolute: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectClose(
            [model.intercept] + model.coefficients, [fit.intercept] + fit.coefficients,
            relative: absolute, absolute: absolute, sourceLocation: sourceLocation)
        #expect(
            model.coefficients.map { $0 == 0 } == fit.coefficients.map { $0 == 0 },
            sourceLocation: sourceLocation)
    }

    @Test("L1 and elastic net, dense and sparse, with the same zeros")
    func penalised() throws {
        for fit in golden.penalised {
            let (strength, ratio) = (try #require(fit.C), try #require(fit.l1Ratio))
            let recipe = LogisticRegression(
                penalty: ratio == 1 ? .l1(C: strength) : .elasticNet(C: strength, l1Ratio: ratio),
                fitsIntercept: try #require(fit.fitsIntercept as Bool?))
            expectSame(try recipe.fit(data), fit, absolute: 1e-8)
            expectSame(try recipe.fit(sparse), fit, absolute: 1e-8)
            #expect(try recipe.fit(data).inference == nil)
        }
    }

    @Test("a penalty that keeps every feature out leaves the log-odds of the classes")
    func nothingEnters() throws {
        let model = try LogisticRegression(penalty: .l1(C: 0.02)).fit(data)
        #expect(model.coefficients.allSatisfy { $0 == 0 })
        expectClose(
            model.intercept, log(data.classWeights[1] / data.classWeights[0]), relative: 1e-12)
    }

    @Test("LR3: class weights multiply the rows' own")
    func classWeights() throws {
        let recipe = LogisticRegression(
            penalty: .elasticNet(C: 0.2, l1Ratio: 0.7), classWeighting: .factors([0.6, 1.7]))
        expectSame(try recipe.fit(data), golden.factors, absolute: 1e-8)
        let balanced = try LogisticRegression(classWeighting: .balanced).fit(data)
        let sums = data.classWeights
        let weights = zip(data.weights, data.labels.codes).map { weight, code in
            weight * (sums[0] + sums[1]) / (2 * sums[code])
        }
        let byHand = try LogisticRegression().fit(
            ClassificationData(features: data.features, labels: data.labels, weights: weights))
        expectClose(balanced.coefficients, byHand.coefficients, relative: 1e-12)
        expectClose(
            balanced.probabilityMean(data, weights: weights), 0.5, absolute: 1e-9)
        let error = modelError {
            _ = try LogisticRegression(classWeighting: .factors([1, 2, 3])).fit(data)
        }
        #expect(error?.code == .invalidRecipe)
        #expect(error?.message == "3 class weights for 2 classes")
    }

    @Test("LR3: offsets, with their own null model")
    func offsets() throws {
        let recipe = LogisticRegression(penalty: .none)
        for model in [
            try recipe.fit(data, offsets: golden.offsets),
            try recipe.fit(sparse, offsets: golden.offsets),
        ] {
            let expected = golden.withOffset
            expectClose(
                [model.intercept] + model.coefficients, expected.coefficients, relative: 1e-9)
            let inference = try #require(model.inference)
            expectClose(inference.standardErrors, expected.standardErrors, relative: 1e-9)
            expectClose(inference.logLikelihood, expected.logLikelihood, relative: 1e-12)
            expectClose(inference.nullLogLikelihood, expected.nullLogLikelihood, relative: 1e-12)
            let logOdds = try model.logOdds(data.features, offsets: golden.offsets)
            let residuals = logOdds.indices.map { row in
                data.weights[row] * ((golden.labels[row] ? 1 : 0) - 1 / (1 + exp(-logOdds[row])))
            }
            expectClose(residuals.reduce(0, +), 0, absolute: 1e-9)
        }
        let constant = try recipe.fit(
            data, offsets: [Double](repeating: 0.75, count: data.rowCount))
        expectClose(constant.intercept, try recipe.fit(data).intercept - 0.75, relative: 1e-12)
        #expect(modelError { _ = try recipe.fit(data, offsets: [1]) }?.code == .wrongWidth)
        var broken = golden.offsets
        broken[7] = .nan
        let error = modelError { _ = try recipe.fit(data, offsets: broken) }
        #expect(error?.code == .nonFinite)
        #expect(error?.message.contains("row 7") == true)
    }

    @Test("LR5: signs hold, and the rest is where the bounded minimum is")
    func signs() throws {
        let all = LogisticRegression(penalty: .l2(C: 0.5), signs: .all(.nonNegative))
        expectSame(try all.fit(data), golden.allNonNegative, absolute: 1e-8)
        let mixed = LogisticRegression(
            penalty: .none,
            signs: .features(["x0": .nonNegative, "x1": .nonNegative, "x3": .nonPositive]))
        let model = try mixed.fit(data)
        expectSame(model, golden.mixedSigns, absolute: 1e-8)
        #expect(model.inference == nil)
        expectSame(try mixed.fit(sparse), golden.mixedSigns, absolute: 1e-8)
        let error = modelError {
            _ = try LogisticRegression(signs: .features(["income": .nonPositive])).fit(data)
        }
        #expect(error?.code == .invalidRecipe)
        #expect(error?.message.contains("income") == true)
    }

    @Test("SAGA ends at the minimum of coordinate descent, dense and sparse, with the same zeros")
    func stochastic() throws {
        for fit in golden.penalised {
            let (strength, ratio) = (try #require(fit.C), try #require(fit.l1Ratio))
            let recipe = LogisticRegression(
                penalty: .elasticNet(C: strength, l1Ratio: ratio),
                fitsIntercept: fit.fitsIntercept ?? true, solver: .saga, gradientTolerance: 1e-9,
                seed: 7)
            for model in [try recipe.fit(data), try recipe.fit(sparse)] {
                expectSame(model, fit, absolute: 1e-6)
                #expect(model.gradientNorm <= 1e-9)
            }
        }
        // A seed changes the way, not the minimum.
        var recipe = LogisticRegression(solver: .saga, gradientTolerance: 1e-9)
        let one = try recipe.fit(data)
        recipe.seed = 1
        let other = try recipe.fit(data)
        #expect(one != other)
        expectClose(one.coefficients, other.coefficients, relative: 1e-6)
        let newton = try LogisticRegression().fit(data)
        expectClose(one.coefficients, newton.coefficients, relative: 1e-6)
        // An offset and a start are taken in.
        let offset = try LogisticRegression(solver: .newton).fit(data, offsets: golden.offsets)
        let started = try recipe.fit(data, offsets: golden.offsets, start: newton)
        expectClose(started.coefficients, offset.coefficients, relative: 1e-6, absolute: 1e-8)
        for refused in [
            LogisticRegression(penalty: .none, solver: .saga),
            LogisticRegression(penalty: .firth, solver: .saga),
            LogisticRegression(signs: .all(.nonNegative), solver: .saga),
        ] {
            #expect(modelError { _ = try refused.fit(data) }?.code == .invalidRecipe)
        }
    }

    @Test("SAGA on many sparse features, most of which stay out", arguments: propertySeeds(2))
    func stochasticSparse(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var entries: [SparseMatrix<Double>.Entry] = []
        var labels: [Bool] = []
        for row in 0..<400 {
            let columns = (0..<8).map { _ in Int.random(in: 0..<150, using: &generator) }
            let isFirst = columns.contains { $0 < 20 }
            for column in Set(columns).sorted() {
                entries.append(.init(row: row, column: column, value: 1))
            }
            labels.append(Double.random(in: 0...1, using: &generator) < (isFirst ? 0.7 : 0.2))
        }
        let data = try SparseClassificationData(
            features: SparseMatrix(rowCount: 400, columnCount: 150, entries: entries),
            labels: ClassLabels(labels))
        for penalty in [
            LogisticRegression.Penalty.l1(C: 0.3), .elasticNet(C: 0.5, l1Ratio: 0.4), .l2(C: 0.5),
        ] {
            let exact = try LogisticRegression(penalty: penalty, solver: .coordinateDescent)
                .fit(data)
            let model = try LogisticRegression(
                penalty: penalty, solver: .saga, gradientTolerance: 1e-9, seed: seed
            ).fit(data)
            expectClose(
                [model.intercept] + model.coefficients, [exact.intercept] + exact.coefficients,
                absolute: 1e-6)
            #expect(model.coefficients.map { $0 == 0 } == exact.coefficients.map { $0 == 0 })
        }
    }

    @Test("every solver finds the same minimum")
    func solvers() throws {
        let penalties: [LogisticRegression.Penalty] = [
            .none, .l2(C: 0.3), .elasticNet(C: 2, l1Ratio: 0),
        ]
        for penalty in penalties {
            let newton = try LogisticRegression(penalty: penalty, solver: .newton).fit(data)
            for solver in [LogisticRegression.Solver.lbfgs, .coordinateDescent] {
                let recipe = LogisticRegression(penalty: penalty, solver: solver)
                for model in [try recipe.fit(data), try recipe.fit(sparse)] {
                    expectClose(
                        [model.intercept] + model.coefficients,
                        [newton.intercept] + newton.coefficients, relative: 1e-6, absolute: 1e-7)
                    #expect((model.inference == nil) == (newton.inference == nil))
                }
            }
        }
        for solver in [LogisticRegression.Solver.newton, .lbfgs] {
            let recipe = LogisticRegression(penalty: .l1(C: 1), solver: solver)
            #expect(modelError { _ = try recipe.fit(data) }?.code == .invalidRecipe)
        }
    }

    @Test("LR3: a warm start saves steps and changes nothing")
    func warmStart() throws {
        for penalty in [
            LogisticRegression.Penalty.none, .l2(C: 0.3), .l1(C: 0.3),
        ] {
            let recipe = LogisticRegression(penalty: penalty)
            let cold = try recipe.fit(data)
            let warm = try recipe.fit(data, offsets: nil, start: cold)
            #expect(warm.iterationCount < cold.iterationCount)
            expectClose(warm.coefficients, cold.coefficients, relative: 1e-10, absolute: 1e-12)
        }
        let other = try LogisticRegression().fit(
            features: data.features.gatheringColumns([0]), labels: golden.labels)
        let error = modelError {
            _ = try LogisticRegression().fit(data, offsets: nil, start: other)
        }
        #expect(error?.code == .wrongWidth)
    }

    @Test("sparse rows and single rows score as dense ones")
    func scores() throws {
        let model = try LogisticRegression().fit(data)
        let batch = try model.probabilities(data.features)
        let single = try (0..<data.rowCount).map {
            try model.probability(data.features.row($0).elements)
        }
        #expect(single.map(\.bitPattern) == batch.map(\.bitPattern))
        expectClose(try model.probabilities(sparse.features), batch, relative: 1e-14)
        #expect(modelError { _ = try model.probability([1]) }?.code == .wrongWidth)
        let refused = modelError { _ = try model.probability([1, 2, .nan, 0, 0, 0]) }
        #expect(refused?.code == .nonFinite)
        #expect(refused?.message.contains("column 2") == true)
    }

    @Test(
        "many features: those that stay out satisfy their conditions", arguments: propertySeeds(1))
    func manyFeatures(seed: UInt64) throws {
        let sample = LogisticSample(rows: 60, columns: 200, seed: seed)
        let strength = 0.05
        let model = try LogisticRegression(penalty: .l1(C: strength)).fit(
            features: sample.features, labels: sample.labels)
        let probabilities = try model.probabilities(sample.features)
        let residuals = Vector(zip(sample.labels, probabilities).map { ($0 ? 1 : 0) - $1 })
        let slopes = sample.features.transposed.matmul(residuals) * strength
        expectClose(residuals.sum(), 0, absolute: 1e-7)
        var zeros = 0
        for (slope, value) in zip(slopes.elements, model.coefficients) {
            if value == 0 {
                zeros += 1
                #expect(abs(slope) <= 1 + 1e-6)
            } else {
                expectClose(slope, value > 0 ? 1 : -1, absolute: 1e-6)
            }
        }
        #expect(zeros > 100 && zeros < 200)
    }

    @Test("constant and dependent sparse columns are refused as dense ones are")
    func sparseRank() throws {
        var rows = golden.features
        for row in rows.indices { rows[row][2] = 5 }
        let constant = try SparseClassificationData(
            features: SparseMatrix(Matrix(rows: rows)), labels: data.labels)
        let error = modelError { _ = try LogisticRegression(penalty: .none).fit(constant) }
        #expect(error?.code == .rankDeficient)
        #expect(error?.message.hasSuffix("others: x2") == true)
    }
}

extension LogisticRegressionModel {
    fileprivate func probabilityMean(_ data: ClassificationData, weights: [Double]) -> Double {
        let sum = zip((try? probabilities(data.features)) ?? [], weights).reduce(0) {
            $0 + $1.0 * $1.1
        }
        return sum / weights.reduce(0, +)
    }
}
