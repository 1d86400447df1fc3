// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RB1: training of Boltzmann machines")
struct BoltzmannTrainingTests {
    private func bits(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Double> {
        var generator = TestGenerator(seed: seed)
        return Matrix(rowCount: rows, columnCount: columns) { _, column in
            Double.random(in: 0...1, using: &generator) < 0.2 + 0.6 * Double(column % 2) ? 1 : 0
        }
    }

    @Test("bars and stripes are learned as well as by scikit-learn, by both negative phases")
    func bars() throws {
        let golden = try BoltzmannGolden()
        let rows = Matrix<Double>(rows: golden.bars.rows)
        for phase in [NegativePhase.persistent(steps: 1), .contrastiveDivergence(steps: 5)] {
            let model = try RestrictedBoltzmannMachine(
                hiddenCount: 12, negativePhase: phase, learningRate: 0.05, batchSize: 14,
                epochCount: 4000, initialDeviation: 0.1, seed: 1
            ).fit(rows)
            let mean =
                try model.logLikelihoods(rows, logPartition: model.exactLogPartition())
                .reduce(0, +) / 14
            // The 14 pictures alone would have log(1 / 14) = -2.64.
            #expect(mean > golden.bars.meanLogLikelihood - 0.1 && mean < -2.6, "\(phase): \(mean)")
        }
    }

    @Test("learned deviations are those of the noise", arguments: propertySeeds(2))
    func deviations(_ seed: UInt64) throws {
        var stream = RandomStream(seed: seed)
        // Two clusters, and noise of another size in every column.
        let noise = [0.5, 1, 2]
        let rows = Matrix<Double>(
            rows: (0..<2000).map { row in
                noise.map { (row % 2 == 0 ? 3 : -3) * $0 + $0 * stream.normal() }
            })
        let model = try RestrictedBoltzmannMachine(
            hiddenCount: 1, visibleUnits: .gaussianLearned(rate: 0.5), learningRate: 0.05,
            epochCount: 80, initialDeviation: 0.1, seed: seed
        ).fit(rows)
        expectClose(
            model.deviations.elements.map(Double.init), noise, relative: 0.15, "seed \(seed)")
        let fixed = try RestrictedBoltzmannMachine(
            hiddenCount: 1, visibleUnits: .gaussian(deviation: 3), epochCount: 1
        ).fit(rows)
        #expect(fixed.deviations.elements == [3, 3, 3])
    }

    @Test("the sparsity target, l1 and l2 do what they say")
    func penalties() throws {
        let rows = bits(600, 12, seed: 2)
        let recipe = RestrictedBoltzmannMachine(hiddenCount: 8, epochCount: 20, seed: 3)
        func meanActivity(_ recipe: RestrictedBoltzmannMachine) throws -> Double {
            let hidden = try recipe.fit(rows).hiddenProbabilities(rows).elements
            return hidden.reduce(0, +) / Double(hidden.count)
        }
        var sparse = recipe
        sparse.sparsity = SparsityTarget(share: 0.1, strength: 2)
        #expect(try meanActivity(recipe) > 0.3)
        expectClose(try meanActivity(sparse), 0.1, absolute: 0.02)
        func size(_ l1: Double, _ l2: Double) throws -> Float {
            var penalised = recipe
            (penalised.l1, penalised.l2) = (l1, l2)
            let weights = try penalised.fit(rows).weights.elements
            return weights.reduce(0) { $0 + abs($1) } / Float(weights.count)
        }
        let free = try size(0, 0)
        #expect(try size(0.05, 0) < 0.5 * free)
        #expect(try size(0, 0.5) < 0.7 * free)
    }

    @Test("bytes do not depend on the number of threads, nor on rows of weight 0")
    func determinism() throws {
        let rows = bits(500, 40, seed: 5)
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: 70, negativePhase: .persistent(), batchSize: 128, epochCount: 2, seed: 6)
        let before = LoopThreads.limit
        defer { LoopThreads.limit = before }
        LoopThreads.limit = 1
        let single = try recipe.fit(rows)
        LoopThreads.limit = 4
        #expect(try recipe.fit(rows).fileBytes == single.fileBytes)
        let doubled = Matrix<Double>(
            rows: (0..<1000).map { row in (0..<40).map { rows[row / 2, $0] } })
        let weights = (0..<1000).map { $0 % 2 == 0 ? 2.5 : 0 }
        #expect(try recipe.fit(doubled, weights: weights).fileBytes == single.fileBytes)
        var other = recipe
        other.seed = 7
        #expect(try other.fit(rows).weights != single.weights)
        let one = Matrix<Double>(rows: [(0..<40).map { rows[17, $0] }])
        let all = try single.hiddenProbabilities(rows)
        #expect(try single.hiddenProbabilities(one).elements == all.row(17).elements)
    }

    @Test("progress counts epochs, errors fall, and the observer can end it")
    func progress() throws {
        // Five bits, each of them twice.
        let five = bits(300, 5, seed: 8)
        let rows = Matrix<Double>(rowCount: 300, columnCount: 10) { five[$0, $1 / 2] }
        var errors: [Double] = []
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: 10, learningRate: 0.5, batchSize: 10, epochCount: 15,
            initialDeviation: 0.1)
        _ = try recipe.fit(rows) { step in
            #expect(step.step == errors.count + 1 && step.stepLimit == 15)
            errors.append(step.objective ?? .nan)
        }
        #expect(errors.count == 15 && errors[14] < 0.9 * errors[0], "\(errors)")
        let ended = modelError {
            _ = try RestrictedBoltzmannMachine(hiddenCount: 4).fit(rows) { $0.stop() }
        }
        #expect(ended?.code == .cancelled)
    }

    @Test("bad recipes and bad rows are refused")
    func refusals() throws {
        let rows = bits(20, 3, seed: 9)
        let good = RestrictedBoltzmannMachine(hiddenCount: 2)
        func refused(_ change: (inout RestrictedBoltzmannMachine) -> Void) -> ModelError.Code? {
            var recipe = good
            change(&recipe)
            return modelError { _ = try recipe.fit(rows) }?.code
        }
        let changes: [(inout RestrictedBoltzmannMachine) -> Void] = [
            { $0.hiddenCount = 0 }, { $0.batchSize = 0 }, { $0.epochCount = 0 },
            { $0.learningRate = 0 }, { $0.learningRate = .nan }, { $0.momentum = 1 },
            { $0.l1 = -1 }, { $0.l2 = .infinity }, { $0.initialDeviation = -1 },
            { $0.negativePhase = .persistent(steps: 0) },
            { $0.visibleUnits = .gaussian(deviation: 0) },
            { $0.visibleUnits = .gaussianLearned(rate: 0) },
            { $0.sparsity = SparsityTarget(share: 1) },
            { $0.updateRule = .zhongAsPrinted(hiddenDeviation: 0) },
            { ($0.updateRule, $0.l1) = (.zhongAsPrinted(), 0.1) },
        ]
        for (index, change) in changes.enumerated() {
            #expect(refused(change) == .invalidRecipe, "change \(index)")
        }
        var broken = rows
        broken[4, 1] = 1.5
        let error = modelError { _ = try good.fit(broken) }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.contains("row 4, column 1 (x1) is 1.5") == true)
        broken[4, 1] = .nan
        #expect(modelError { _ = try good.fit(broken) }?.code == .nonFinite)
        #expect(modelError { _ = try good.fit(.zeros(0, 3)) }?.code == .empty)
        #expect(modelError { _ = try good.fit(rows, weights: [1]) }?.code == .invalidWeights)
        #expect(
            modelError { _ = try good.fit(rows, featureNames: ["a"]) }?.code == .wrongWidth)
        let model = try good.fit(rows)
        #expect(modelError { _ = try model.reconstruction(.zeros(1, 2)) }?.code == .wrongWidth)
        #expect(
            modelError {
                _ = try RestrictedBoltzmannModel(
                    recipe: good, featureNames: ["a"], weights: .zeros(1, 3), visibleBiases: [0],
                    hiddenBiases: [0, 0])
            }?.code == .wrongWidth)
    }

    @Test("an exploding machine names epoch and batch")
    func explosion() throws {
        let rows = Matrix<Double>(
            rows: (0..<200).map { [Double($0 % 7) * 40, Double($0 % 3) * -90] })
        let error = modelError {
            _ = try RestrictedBoltzmannMachine(
                hiddenCount: 5, visibleUnits: .gaussian(), learningRate: 50, batchSize: 50
            ).fit(rows)
        }
        #expect(error?.code == .diverged)
        let message = error?.message ?? ""
        #expect(message.contains("epoch ") && message.contains("batch "))
    }

    @Test("files of recipes and models are stable, and forged ones are refused")
    func files() throws {
        let rows = bits(40, 3, seed: 10)
        let recipes = [
            RestrictedBoltzmannMachine(hiddenCount: 2, epochCount: 2),
            RestrictedBoltzmannMachine(
                hiddenCount: 5, visibleUnits: .gaussianLearned(),
                negativePhase: .persistent(steps: 3), momentum: 0.5, l1: 1e-4, l2: 1e-3,
                sparsity: SparsityTarget(share: 0.2), epochCount: 2, seed: 3),
            RestrictedBoltzmannMachine(
                hiddenCount: 3, visibleUnits: .gaussian(deviation: 2), l2: 0.01,
                updateRule: .zhongAsPrinted(hiddenDeviation: 0.5), epochCount: 1),
        ]
        for recipe in recipes {
            #expect(try RestrictedBoltzmannMachine(fileBytes: recipe.fileBytes) == recipe)
            #expect(
                try JSONDecoder().decode(
                    RestrictedBoltzmannMachine.self, from: JSONEncoder().encode(recipe)) == recipe)
            let model = try recipe.fit(rows)
            #expect(try RestrictedBoltzmannModel(fileBytes: model.fileBytes) == model)
            #expect(
                try JSONDecoder().decode(
                    RestrictedBoltzmannModel.self, from: JSONEncoder().encode(model)) == model)
            checkSomeBytes(model)
        }
    }
}
