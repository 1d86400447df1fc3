// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NN1: layers")
struct LayerTests {
    @Test("NN1: dense layers have exact gradients", arguments: Activation.allCases)
    func dense(activation: Activation) {
        let stack = LayerStack([DenseLayer(5, 7, activation), DenseLayer(7, 3)])
        let errors = GradientCheck.errors(stack, rows: 6, seed: 11)
        #expect(errors.parameters < 1e-7)
        #expect(errors.input < 1e-7)
    }

    @Test("NN1: activation layers have exact gradients", arguments: Activation.allCases)
    func activations(activation: Activation) {
        let stack = LayerStack([DenseLayer(4, 6), ActivationLayer(6, activation)])
        let errors = GradientCheck.errors(stack, rows: 5, seed: 12)
        #expect(errors.parameters < 1e-7)
        #expect(errors.input < 1e-7)
    }

    @Test("NN1: dropout has the gradient of its own mask, and keeps the mean")
    func dropout() {
        let stack = LayerStack([DenseLayer(4, 9, .tanh), DropoutLayer(9, rate: 0.4)])
        let errors = GradientCheck.errors(stack, rows: 5, seed: 13)
        #expect(errors.parameters < 1e-7)
        #expect(errors.input < 1e-7)

        let count = 40_000
        let run = StackRun(
            LayerStack([DropoutLayer(count, rate: 0.4)]), rows: 1, parameters: [], state: [],
            input: [Double](repeating: 1, count: count), seed: 5)
        let kept = run.output.filter { $0 != 0 }
        // Five standard errors of a share of 0.6.
        #expect(abs(Double(kept.count) / Double(count) - 0.6) < 5 * 0.00245)
        #expect(kept.allSatisfy { abs($0 - 1 / 0.6) < 1e-4 })
        let still = StackRun(
            LayerStack([DropoutLayer(3, rate: 0.4)]), rows: 1, parameters: [], state: [],
            input: [1, -2, 3], seed: nil)
        #expect(still.output == [1, -2, 3])
    }

    @Test("NN1: outputs outside training depend on the row alone, and equal the products")
    func orderedProduct() {
        let stack = LayerStack([DenseLayer(37, 45, .relu), DenseLayer(45, 70)])
        let (parameters, state) = GradientCheck.initial(stack, seed: 3)
        var generator = TestGenerator(seed: 3)
        let rows = 11
        let input = (0..<(rows * 37)).map { _ in Double.random(in: -2...2, using: &generator) }
        func run(_ rows: Int, _ input: [Double], seed: UInt64?) -> [Double] {
            StackRun(
                stack, rows: rows, parameters: parameters, state: state, input: input, seed: seed
            ).output
        }
        let batch = run(rows, input, seed: nil)
        for row in 0..<rows {
            let alone = run(1, Array(input[(row * 37)..<((row + 1) * 37)]), seed: nil)
            #expect(alone == Array(batch[(row * 70)..<((row + 1) * 70)]), "row \(row)")
        }
        expectClose(batch, run(rows, input, seed: 1), relative: 1e-12, absolute: 1e-12)
    }

    @Test(
        "NN1: heads have exact gradients",
        arguments: [
            NetworkHead.logistic(), .logistic(focal: 2), .logistic(focal: 0.5),
            .softmax(classes: 3), .softmax(classes: 3, focal: 2),
            .softmax(classes: 3, focal: 0.7), .squared, .huber(delta: 0.8), .poisson,
        ])
    func heads(head: NetworkHead) {
        let rows = 8
        var generator = TestGenerator(seed: 21)
        let outputs = (0..<(rows * head.width)).map { _ in
            Double.random(in: -3...3, using: &generator)
        }
        let targets = (0..<rows).map { Double($0 % max(2, head.width)) }
        let weights = (0..<rows).map { _ in Double.random(in: 0.1...2, using: &generator) }
        var gradient = outputs
        func loss(_ outputs: [Double]) -> Double {
            head.loss(
                rows, outputs: outputs, targets: targets, weights: weights, gradient: &gradient)
        }
        _ = loss(outputs)
        let analytic = gradient
        let error = GradientCheck.relativeError(analytic, at: outputs, of: loss)
        #expect(error < 1e-7)
    }

    @Test("NN1: losses and gradients equal PyTorch's in Float and Double")
    func headsOfPyTorch() throws {
        let golden = try NetworkGolden.load()
        for example in golden.heads {
            let head = example.head
            var gradient = example.outputs
            let loss = head.loss(
                example.targets.count, outputs: example.outputs, targets: example.targets,
                weights: example.weights, gradient: &gradient)
            expectClose(loss, example.loss, relative: 1e-13, absolute: 1e-14, example.name)
            expectClose(
                gradient, example.gradient, relative: 1e-12, absolute: 1e-14, example.name)
            var singleGradient = example.outputs.map { Float($0) }
            let single = head.loss(
                example.targets.count, outputs: singleGradient,
                targets: example.targets.map { Float($0) },
                weights: example.weights.map { Float($0) }, gradient: &singleGradient)
            expectClose(single, example.loss, relative: 1e-5, example.name)
        }
    }

    @Test("NN1: logits far from 0 give finite losses and gradients")
    func extremes() {
        for value in [-1000.0, 1000] {
            for target in [0.0, 1] {
                for focal in [0, 2.0] {
                    var gradient = [0.0]
                    let loss = NetworkHead.logistic(focal: focal).loss(
                        1, outputs: [value], targets: [target], weights: [1],
                        gradient: &gradient)
                    let isRight = (value > 0) == (target > 0)
                    #expect(loss == (isRight ? 0 : 1000))
                    #expect(gradient[0] == (isRight ? 0 : value > 0 ? 1 : -1))
                    var pair = [0.0, 0]
                    let same = NetworkHead.softmax(classes: 2, focal: focal).loss(
                        1, outputs: [0, value], targets: [target], weights: [1],
                        gradient: &pair)
                    #expect(same == loss)
                    #expect(pair == [-gradient[0], gradient[0]])
                }
            }
        }
    }
}
