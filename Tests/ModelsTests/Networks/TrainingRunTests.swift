// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NN1: the trainer")
struct TrainingRunTests {
    let stack = LayerStack([DenseLayer(3, 8, .tanh), DenseLayer(8, 1)])

    private func rows(
        _ count: Int, seed: UInt64, weights: [Double]? = nil
    ) -> LayerProblem<Double>.Rows {
        var generator = TestGenerator(seed: seed)
        let inputs = (0..<(3 * count)).map { _ in Double.random(in: -1...1, using: &generator) }
        let targets = (0..<count).map { row in
            inputs[3 * row] * inputs[3 * row + 1] > 0.1 ? 1.0 : 0
        }
        return LayerProblem<Double>.Rows(
            inputs: inputs, targets: targets,
            weights: weights ?? [Double](repeating: 1, count: count))
    }

    private func problem(
        _ rows: LayerProblem<Double>.Rows, validation: LayerProblem<Double>.Rows? = nil,
        training: NetworkTraining
    ) -> LayerProblem<Double> {
        LayerProblem(
            stack, head: .logistic(), training: rows, validation: validation,
            batchSize: training.batchSize)
    }

    @Test("NN1: a network with normalisations is trained as by PyTorch")
    func golden() throws {
        let golden = try NetworkGolden.load().network
        let stack = LayerStack([
            DenseLayer(3, 6), BatchNormalisationLayer(6), ActivationLayer(6, .tanh),
            DenseLayer(6, 5, .gelu), LayerNormalisationLayer(5), DenseLayer(5, 3),
        ])
        let training = NetworkTraining(
            epochLimit: 15, batchSize: 100,
            optimiser: .adam(learningRate: 0.02, weightDecay: 0.02))
        let problem = LayerProblem<Double>(
            stack, head: .softmax(classes: 3),
            training: .init(
                inputs: golden.inputs, targets: golden.targets, weights: golden.weights),
            batchSize: training.batchSize)
        var run = TrainingRun(
            training, parameters: golden.start, state: GradientCheck.initial(stack, seed: 0).1)
        while !run.isFinished { try run.advance(problem) }
        expectClose(run.history.map(\.loss), golden.losses, relative: 1e-10)
        expectClose(run.parameters, golden.parameters, relative: 1e-7, absolute: 1e-9)
        expectClose(run.state, golden.state, relative: 1e-9)
        let outputs = StackRun(
            stack, rows: golden.targets.count, parameters: run.parameters, state: run.state,
            input: golden.inputs, seed: nil
        ).output
        expectClose(outputs, golden.outputs, relative: 1e-7, absolute: 1e-8)
    }

    @Test("NN1: gradients of batches that are accumulated are those of one batch")
    func accumulation() throws {
        let rows = rows(60, seed: 1)
        func parameters(batchSize: Int, perStep: Int) throws -> [Double] {
            let training = NetworkTraining(
                epochLimit: 4, batchSize: batchSize,
                optimiser: .gradientDescent(learningRate: 0.5, momentum: 0.9),
                gradientNormLimit: 0.2, batchesPerStep: perStep, seed: 3)
            let problem = problem(rows, training: training)
            var run = TrainingRun(training, for: problem)
            while !run.isFinished { try run.advance(problem) }
            return run.parameters
        }
        let whole = try parameters(batchSize: 60, perStep: 1)
        expectClose(
            try parameters(batchSize: 10, perStep: 6), whole, relative: 1e-9, absolute: 1e-12)
        // Steps after 4 and after the other 2 batches are not the same.
        #expect(try parameters(batchSize: 10, perStep: 4) != whole)
    }

    @Test("NN1: with whole batches a weight of 2 is the row twice")
    func weights() throws {
        let training = NetworkTraining(
            epochLimit: 20, batchSize: 200, optimiser: .gradientDescent(learningRate: 0.5),
            seed: 3)
        func run(_ rows: LayerProblem<Double>.Rows) throws -> TrainingRun<Double> {
            let problem = problem(rows, training: training)
            var run = TrainingRun(training, for: problem)
            while !run.isFinished { try run.advance(problem) }
            return run
        }
        let twice = rows(40, seed: 5)
        let repeated = LayerProblem<Double>.Rows(
            inputs: twice.inputs.values + twice.inputs.values,
            targets: twice.targets.values + twice.targets.values,
            weights: [Double](repeating: 1, count: 80))
        let weighted = rows(40, seed: 5, weights: [Double](repeating: 2, count: 40))
        let (a, b) = (try run(repeated), try run(weighted))
        expectClose(a.parameters, b.parameters, relative: 1e-10, absolute: 1e-13)
        expectClose(a.history.map(\.loss), b.history.map(\.loss), relative: 1e-12)
    }

    @Test("NN1: early stopping keeps the epoch of the lowest validation loss")
    func earlyStopping() throws {
        let training = NetworkTraining(
            epochLimit: 400, batchSize: 8, optimiser: .adam(learningRate: 0.05),
            earlyStopping: EarlyStopping(patience: 5), seed: 2)
        let problem = problem(rows(24, seed: 1), validation: rows(40, seed: 2), training: training)
        var run = TrainingRun(training, for: problem)
        var kept: [[Double]] = []
        while !run.isFinished {
            try run.advance(problem)
            kept.append(run.parameters)
        }
        let losses = run.history.compactMap(\.validationLoss)
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
        #expect(losses.count == best + 1 + 5)
        #expect(losses.count < 400)
        #expect(run.result.parameters == kept[best])
        #expect(run.parameters == kept.last)
    }

    @Test("NN1: an exploding loss names epoch and batch and leaves the last good epoch")
    func divergence() throws {
        let training = NetworkTraining(
            epochLimit: 50, batchSize: 8,
            optimiser: .gradientDescent(learningRate: 1e150, momentum: 0.9), seed: 2)
        let stack = LayerStack([DenseLayer(3, 8), DenseLayer(8, 1)])
        let problem = LayerProblem<Double>(
            stack, head: .squared, training: rows(40, seed: 1), batchSize: training.batchSize)
        let start = TrainingRun(training, for: problem)
        var run = start
        let error = modelError { while !run.isFinished { try run.advance(problem) } }
        #expect(error?.code == .diverged)
        #expect(error?.message.contains("epoch 1, batch 2") == true)
        #expect(run == start)
    }

    @Test("NN1: the plateau schedule follows the validation loss, and steps are warmed up")
    func schedule() throws {
        var training = NetworkTraining(
            epochLimit: 6, batchSize: 20, optimiser: .gradientDescent(learningRate: 1e-12),
            schedule: LearningRateSchedule(.plateau(patience: 1, factor: 0.1, floor: 0.01)))
        let rows = rows(40, seed: 1)
        var run = TrainingRun(training, for: problem(rows, training: training))
        while !run.isFinished {
            try run.advance(problem(rows, validation: rows, training: training))
        }
        // Nothing changes by more than a share of 1e-4: after the first epoch every second waits.
        expectClose(
            run.history.map(\.learningRate), [1e-12, 1e-12, 1e-12, 1e-13, 1e-13, 1e-14],
            relative: 1e-12)
        training.schedule = LearningRateSchedule(warmUpSteps: 8)
        run = TrainingRun(training, for: problem(rows, training: training))
        while !run.isFinished { try run.advance(problem(rows, training: training)) }
        expectClose(
            run.history.map(\.learningRate), [0.25e-12, 0.5e-12, 0.75e-12, 1e-12, 1e-12, 1e-12],
            relative: 1e-12)
    }
}
