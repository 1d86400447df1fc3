// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("NN1: normalisation and embedding")
struct NormalisationTests {
    @Test("NN1: normalisations and embeddings have exact gradients")
    func gradients() {
        // More columns than a block of the kernel.
        let stacks = [
            LayerStack([DenseLayer(3, 70), BatchNormalisationLayer(70), DenseLayer(70, 2)]),
            LayerStack([DenseLayer(3, 9), LayerNormalisationLayer(9), DenseLayer(9, 2)]),
            LayerStack([BatchNormalisationLayer(4), ActivationLayer(4, .gelu)]),
        ]
        for stack in stacks {
            let errors = GradientCheck.errors(stack, rows: 7, seed: 31)
            #expect(errors.parameters < 1e-7)
            #expect(errors.input < 1e-7)
        }
        let embedding = LayerStack([
            EmbeddingLayer([nil, (levels: 3, width: 4), nil, nil, (levels: 2, width: 2)]),
            DenseLayer(9, 3, .tanh),
        ])
        var generator = TestGenerator(seed: 4)
        // The last row has codes that are no levels.
        let codes: [(Double, Double)] = [(0, 0), (1, 1), (2, 0), (0, 1), (1, 0), (3, -1)]
        let input: [Double] = codes.flatMap { first, second -> [Double] in
            [Double.random(in: -1...1, using: &generator), first, 0.5, -0.25, second]
        }
        let errors = GradientCheck.errors(embedding, rows: 6, seed: 32, input: input)
        #expect(errors.parameters < 1e-7)
    }

    @Test("NN1: an embedding keeps other columns and gives zeros for unknown codes")
    func embedding() {
        let stack = LayerStack([EmbeddingLayer([nil, (levels: 2, width: 2), nil])])
        let run = StackRun(
            stack, rows: 4, parameters: [1, 2, 3, 4], state: [],
            input: [7, 0, 8, 7, 1, 8, 7, 2, 8, 7, -1, 8], seed: nil)
        #expect(run.output == [7, 1, 2, 8, 7, 3, 4, 8, 7, 0, 0, 8, 7, 0, 0, 8])
    }

    @Test("NN1: batch normalisation standardises in training and by running means afterwards")
    func batchNormalisation() {
        let stack = LayerStack([BatchNormalisationLayer(1)])
        let values = [1.0, 2, 3, 6]
        let run = StackRun(
            stack, rows: 4, parameters: [2, 10], state: [0, 1], input: values, seed: 1)
        // Mean 3, variance 14 / 4.
        let deviation = (3.5 + 1e-5).squareRoot()
        expectClose(
            run.output, values.map { 10 + 2 * ($0 - 3) / deviation }, relative: 1e-14)
        // A tenth of the mean and of the variance without bias, 14 / 3.
        expectClose(run.state.values, [0.3, 0.9 + 1.4 / 3], relative: 1e-14)
        let still = StackRun(
            stack, rows: 1, parameters: [2, 10], state: [0.3, 4], input: [5], seed: nil)
        expectClose(still.output, [10 + 2 * 4.7 / (4 + 1e-5).squareRoot()], relative: 1e-14)
        #expect(still.state.values == [0.3, 4])
    }

    @Test("NN1: layer normalisation standardises every row")
    func layerNormalisation() {
        let run = StackRun(
            LayerStack([LayerNormalisationLayer(3)]), rows: 2, parameters: [1, 1, 2, 0, 0, 5],
            state: [], input: [1, 2, 3, -4, 0, 4], seed: nil)
        let (small, large) = ((2.0 / 3 + 1e-5).squareRoot(), (32.0 / 3 + 1e-5).squareRoot())
        expectClose(
            run.output, [-1 / small, 0, 5 + 2 / small, -4 / large, 0, 5 + 8 / large],
            relative: 1e-14, absolute: 1e-15)
    }
}
