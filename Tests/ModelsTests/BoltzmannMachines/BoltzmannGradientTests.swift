// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("RB1: gradients of Boltzmann machines")
struct BoltzmannGradientTests {
    let golden: BoltzmannGolden

    init() throws { golden = try BoltzmannGolden() }

    /// The sampled gradients of all parameters, from one step of rate 1 over `chains` rows.
    private func gradients(
        _ machine: BoltzmannGolden.Machine, _ recipe: RestrictedBoltzmannMachine, chains: Int,
        seeds: Range<UInt64>
    ) throws -> [[Double]] {
        let start = try machine.model(recipe)
        let rows = Matrix<Double>(
            rows: (0..<chains).map { machine.rows[$0 % machine.rows.count] })
        return try seeds.map { seed in
            let moved = try start.updated(with: rows, seed: seed)
            var change = zip(moved.weights.elements, start.weights.elements).map { $0 - $1 }
            change += zip(moved.visibleBiases.elements, start.visibleBiases.elements).map {
                $0 - $1
            }
            change += zip(moved.hiddenBiases.elements, start.hiddenBiases.elements).map { $0 - $1 }
            var doubles = change.map(Double.init)
            if case .gaussianLearned(_, let rate) = recipe.visibleUnits {
                let ratios = zip(moved.deviations.elements, start.deviations.elements)
                    .map { Double($0) / Double($1) }
                doubles += Vector(ratios).log().elements.map { $0 / rate }
            }
            return doubles
        }
    }

    private func exact(_ gradient: BoltzmannGolden.Gradient) -> [Double] {
        gradient.weights.flatMap { $0 } + gradient.visibleBiases + gradient.hiddenBiases
            + (gradient.logDeviations ?? [])
    }

    private func expectUnbiased(
        _ runs: [[Double]], _ expected: [Double], _ comment: String
    ) {
        let count = Double(runs.count)
        for index in expected.indices {
            let values = runs.map { $0[index] }
            let mean = values.reduce(0, +) / count
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
            let error = (variance / count).squareRoot()
            #expect(error > 0 && error < 0.02, "\(comment), parameter \(index): error \(error)")
            #expect(
                abs(mean - expected[index]) < 4 * error,
                "\(comment), parameter \(index): \(mean), not \(expected[index]) +- \(error)")
        }
    }

    @Test("the mean of CD-20 is the exact gradient of 3 x 2 units, for bits and for numbers")
    func contrastiveDivergence() throws {
        let cases: [(BoltzmannGolden.Machine, VisibleUnits)] = [
            (golden.bernoulli, .bernoulli), (golden.gaussian, .gaussianLearned(rate: 0.01)),
        ]
        for (machine, units) in cases {
            let recipe = RestrictedBoltzmannMachine(
                hiddenCount: 2, visibleUnits: units,
                negativePhase: .contrastiveDivergence(steps: 20), learningRate: 1,
                batchSize: 1000, epochCount: 1)
            let runs = try gradients(machine, recipe, chains: 1000, seeds: 0..<30)
            expectUnbiased(runs, exact(machine.gradient), "\(units)")
        }
    }

    @Test("persistent chains give the exact gradient too")
    func persistent() throws {
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: 2, negativePhase: .persistent(steps: 20), learningRate: 1,
            batchSize: 1000, epochCount: 1)
        let runs = try gradients(golden.bernoulli, recipe, chains: 1000, seeds: 0..<30)
        expectUnbiased(runs, exact(golden.bernoulli.gradient), "persistent")
    }

    @Test("one Gibbs step alone is biased, which the test above would notice")
    func bias() throws {
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: 2, visibleUnits: .gaussian(),
            negativePhase: .contrastiveDivergence(steps: 1), learningRate: 1, batchSize: 1000,
            epochCount: 1)
        let runs = try gradients(golden.gaussian, recipe, chains: 1000, seeds: 0..<30)
        let expected = exact(golden.gaussian.gradient).prefix(11)
        let far = expected.indices.filter { index in
            let values = runs.map { $0[index] }
            let mean = values.reduce(0, +) / 30
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
            return abs(mean - expected[index]) > 4 * (variance / 30).squareRoot()
        }
        #expect(far.count > 5)
    }

    @Test("weights of rows are those of repeated rows, in the mean")
    func rowWeights() throws {
        let machine = golden.bernoulli
        let recipe = RestrictedBoltzmannMachine(
            hiddenCount: 2, negativePhase: .contrastiveDivergence(steps: 20), learningRate: 1,
            batchSize: 1000, epochCount: 1)
        let start = try machine.model(recipe)
        // The five rows of the golden gradient, the third and the last one by weight.
        let kept = [0, 1, 2]
        let rows = Matrix<Double>(rows: (0..<999).map { machine.rows[kept[$0 % 3]] })
        let weights = (0..<999).map { [3.0, 1, 1][$0 % 3] }
        // Rows 0, 3 and 4 of the golden file are equal.
        #expect(machine.rows[3] == machine.rows[0] && machine.rows[4] == machine.rows[0])
        let runs = try (0..<30).map { seed in
            let moved = try start.updated(with: rows, weights: weights, seed: UInt64(seed))
            return zip(moved.weights.elements, start.weights.elements).map { Double($0 - $1) }
                + zip(moved.visibleBiases.elements, start.visibleBiases.elements).map {
                    Double($0 - $1)
                }
                + zip(moved.hiddenBiases.elements, start.hiddenBiases.elements).map {
                    Double($0 - $1)
                }
        }
        expectUnbiased(runs, exact(machine.gradient), "weighted")
    }

    @Test("the printed rule repeats the last gradient, not the last step, and decays the step")
    func printedRule() throws {
        let rows = golden.bits.features
        func model(
            _ rule: BoltzmannUpdateRule, momentum: Double, l2: Double = 0, epochs: Int
        ) throws -> [Float] {
            try RestrictedBoltzmannMachine(
                hiddenCount: 6, learningRate: 0.1, momentum: momentum, l2: l2, updateRule: rule,
                batchSize: 8, epochCount: epochs, seed: 4
            ).fit(rows).weights.elements
        }
        let start = try RestrictedBoltzmannMachine(
            hiddenCount: 6, learningRate: 1e-12, batchSize: 8, epochCount: 1, seed: 4
        ).fit(rows).weights.elements
        let gradient = zip(try model(.corrected, momentum: 0, epochs: 1), start)
            .map { ($0 - $1) / 0.1 }
        // r g - d g for d = 0.04: the weights themselves do not shrink.
        let decayed = zip(
            try model(.zhongAsPrinted(), momentum: 0, l2: 0.04, epochs: 1), start
        ).map { $0 - $1 }
        expectClose(decayed, gradient.map { 0.06 * $0 }, relative: 1e-3, absolute: 1e-6)
        let halved = zip(
            try model(.zhongAsPrinted(hiddenDeviation: 2), momentum: 0, epochs: 1), start
        ).map { $0 - $1 }
        expectClose(halved, gradient.map { 0.05 * $0 }, relative: 1e-3, absolute: 1e-6)
        // After two steps m g' + r g is the corrected rule with the momentum m / r.
        expectClose(
            try model(.zhongAsPrinted(), momentum: 0.05, epochs: 2),
            try model(.corrected, momentum: 0.5, epochs: 2), absolute: 1e-6)
        // After three it is not.
        let difference = zip(
            try model(.zhongAsPrinted(), momentum: 0.05, epochs: 3),
            try model(.corrected, momentum: 0.5, epochs: 3)
        ).map { abs($0 - $1) }.max()
        #expect(try #require(difference) > 1e-4)
    }
}
