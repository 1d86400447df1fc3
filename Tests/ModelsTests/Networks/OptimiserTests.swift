// SPDX-License-Identifier: Apache-2.0

import Foundation
import Models
import Testing
import _CreditTestSupport

@Suite("NN1: optimisers")
struct OptimiserTests {
    static let optimisers: [String: Optimiser] = [
        "sgd": .gradientDescent(learningRate: 0.05),
        "momentum": .gradientDescent(learningRate: 0.05, momentum: 0.9),
        "nesterov": .gradientDescent(
            learningRate: 0.05, momentum: 0.9, isNesterov: true, weightDecay: 0.1),
        "adam": .adam(learningRate: 0.05),
        "adam-decay": .adam(
            learningRate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 1e-4, weightDecay: 0.1),
        "adamw": .adamW(learningRate: 0.05, weightDecay: 0.1),
        "rmsprop": .rmsProp(learningRate: 0.05),
        "rmsprop-momentum": .rmsProp(
            learningRate: 0.05, smoothing: 0.9, epsilon: 1e-6, momentum: 0.7, weightDecay: 0.1),
        "clipped": .gradientDescent(learningRate: 0.05, momentum: 0.9),
        "step": .gradientDescent(learningRate: 0.05),
        "cosine": .adam(learningRate: 0.05),
        "warm-up": .adam(learningRate: 0.05),
    ]

    @Test("NN1: the paths of all optimisers are PyTorch's")
    func paths() throws {
        let golden = try NetworkGolden.load()
        #expect(golden.optimisers.count == Self.optimisers.count)
        for path in golden.optimisers {
            let optimiser = try #require(Self.optimisers[path.name])
            expectClose(
                run(optimiser, path, as: Double.self), path.path.flatMap { $0 },
                relative: 1e-12, absolute: 1e-14, path.name)
            expectClose(
                run(optimiser, path, as: Float.self), path.path.flatMap { $0 }, relative: 1e-3,
                absolute: 1e-4, path.name)
        }
    }

    /// Every parameter after every step; the gradient is handed over four times too large.
    private func run<Scalar: NetworkScalar>(
        _ optimiser: Optimiser, _ path: NetworkGolden.Path, as type: Scalar.Type
    ) -> [Double] {
        let count = path.start.count
        var parameters = path.start.map { Scalar($0) }
        var run = OptimiserRun<Scalar>(optimiser, count: count)
        // Two blocks, so that the walk over blocks is part of it.
        let blocks = [
            ParameterBlock("a", columns: 1, isDecayed: true),
            ParameterBlock("b", columns: count - 1, isDecayed: true),
        ]
        return path.rates.flatMap { rate in
            let gradient = parameters.indices.map { index in
                4 * Scalar(path.curvature[index])
                    * (parameters[index] - Scalar(path.minimum[index]))
            }
            let scale = clippedScale(gradient, count: count, scale: 0.25, limit: path.clipping)
            run.step(
                blocks, parameters: &parameters, gradient: gradient, scale: scale, rate: rate)
            return parameters.map { Double($0) }
        }
    }

    @Test("NN1: weight decay leaves offsets alone")
    func decay() {
        for optimiser in [
            Optimiser.adamW(learningRate: 0.1, weightDecay: 0.5),
            .gradientDescent(learningRate: 0.1, weightDecay: 0.5),
        ] {
            var run = OptimiserRun<Double>(optimiser, count: 2)
            var parameters = [1.0, 1]
            run.step(
                [
                    ParameterBlock("weights", columns: 1, isDecayed: true),
                    ParameterBlock("offsets", columns: 1),
                ], parameters: &parameters, gradient: [0, 0], scale: 1, rate: 0.1)
            expectClose(parameters, [0.95, 1], relative: 1e-15)
        }
    }

    @Test("NN1: schedules are PyTorch's")
    func schedules() throws {
        let golden = try NetworkGolden.load()
        let schedules: [String: LearningRateSchedule] = [
            "step": LearningRateSchedule(.step(epochs: 7, factor: 0.5)),
            "cosine": LearningRateSchedule(.cosine(epochs: 20, floor: 0.1)),
            "warm-up": LearningRateSchedule(warmUpSteps: 10),
        ]
        for (name, schedule) in schedules {
            let path = try #require(golden.optimisers.first { $0.name == name })
            let rates = path.rates.indices.map {
                0.05 * schedule.factor(stepCount: $0, epochCount: $0, plateau: PlateauState())
            }
            expectClose(rates, path.rates, relative: 1e-14, name)
        }
        let plateau = golden.plateau
        let schedule = LearningRateSchedule(
            .plateau(patience: plateau.patience, factor: plateau.factor, floor: plateau.floor))
        var state = PlateauState()
        let factors = plateau.losses.map { loss in
            state = schedule.next(state, loss: loss)
            return schedule.factor(stepCount: 0, epochCount: 0, plateau: state)
        }
        expectClose(factors, plateau.factors, relative: 1e-14)
    }

    @Test(
        "NN1: optimisers and schedules out of range are refused",
        arguments: [
            Optimiser.adam(learningRate: 0), .adam(learningRate: .nan), .adam(beta1: 1),
            .adam(beta2: -0.1), .adam(epsilon: 0), .adamW(weightDecay: -1),
            .gradientDescent(learningRate: 1, momentum: 1), .rmsProp(smoothing: 1),
            .rmsProp(epsilon: .infinity),
        ])
    func invalid(optimiser: Optimiser) {
        let error = #expect(throws: ModelError.self) { try optimiser.validate() }
        #expect(error?.code == .invalidRecipe)
    }
}
