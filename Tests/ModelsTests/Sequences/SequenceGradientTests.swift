// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LS1: gradients of whole networks that read sequences")
struct SequenceGradientTests {
    /// A network over random sequences, one of them empty, with static values.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var plan: SequencePlan
        var testDescription: String { name }

        init(
            _ name: String, _ cell: RecurrentCell, _ pooling: SequencePooling?,
            isBidirectional: Bool = false, layers: Int = 1, output: NetworkHead = .logistic(),
            dropout: Double = 0
        ) {
            self.name = name
            let shape = RecurrentShape(
                cell: cell, inputCount: 3, hiddenCount: 4, layerCount: layers,
                isBidirectional: isBidirectional)
            plan = SequencePlan(
                shape: shape, pooling: pooling, staticCount: 2,
                head: LayerStack([
                    DenseLayer(shape.outputCount + 2, 5, .tanh), DenseLayer(5, output.width),
                ]), output: output, betweenLayers: dropout, recurrentDropout: dropout)
        }
    }

    static let cases = [
        Case("last step of an LSTM", .lstm, .last),
        Case("last steps of both directions", .gru, .last, isBidirectional: true, layers: 2),
        Case("mean of both directions", .lstm, .mean, isBidirectional: true),
        Case("attention", .lstm, .attention, output: .softmax(classes: 3)),
        Case("attention on both directions", .gru, .attention, isBidirectional: true),
        Case("every step", .lstm, nil, layers: 2, output: .squared),
        Case("every step of both directions", .gru, nil, isBidirectional: true),
        Case("focal loss", .lstm, .mean, output: .logistic(focal: 1.5)),
        Case("dropout", .lstm, .attention, layers: 2, dropout: 0.4),
    ]

    struct Sample {
        let plan: SequencePlan
        let source: SequenceSource<Double>
        var parameters: [Double]
        let random: RandomStream?

        init(_ plan: SequencePlan, count: Int, seed: UInt64) {
            self.plan = plan
            var stream = RandomStream(seed: seed)
            // More than one part, and a sequence without steps.
            let lengths = (0..<count).map { $0 == 3 ? 0 : 1 + stream.integer(below: 6) }
            let offsets = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
            source = SequenceSource(
                values: (0..<offsets[count] * 3).map { _ in stream.normal() }, offsets: offsets,
                featureCount: 3, statics: (0..<count * 2).map { _ in stream.normal() },
                staticCount: 2)
            parameters = (0..<plan.parameterCount).map { _ in 0.5 * stream.normal() }
            random =
                plan.recurrentDropout > 0 ? RandomStream(seed: 3) : nil
        }

        /// The weighted loss and its gradient.
        func loss() -> (value: Double, gradient: [Double]) {
            let pass = SequencePass<Double>(plan)
            pass.arrange(Array(0..<source.count), of: source)
            pass.pack(parameters, forBackward: true)
            var state = [0.0]
            let outputs = pass.forward(
                source, parameters: parameters, state: &state, random: random)
            let rows = pass.targetRows
            let classes = max(2, plan.output.width)
            let targets = rows.map { Double($0 % classes) }
            let weights = rows.map { 1 + 0.25 * Double($0 % 3) }
            let value = plan.output.loss(
                rows.count, outputs: outputs, targets: targets, weights: weights,
                gradient: pass.outputGradient)
            var gradient = [Double](repeating: 0, count: parameters.count)
            pass.backward(source, parameters: parameters, into: &gradient)
            return (value, gradient)
        }
    }

    @Test("derivatives are differences of the loss", arguments: cases)
    func gradientCheck(_ given: Case) {
        let sample = Sample(given.plan, count: 37, seed: 21)
        let gradient = sample.loss().gradient
        let largest = gradient.map(abs).max() ?? 0
        #expect(largest > 0)
        let count = gradient.count
        let ends = [given.plan.attention.lowerBound, count - 1].filter { $0 < count }
        for index in Array(stride(from: 0, to: count, by: max(1, count / 40))) + ends {
            func at(_ step: Double) -> Double {
                var moved = sample
                moved.parameters[index] += step
                return moved.loss().value
            }
            let h = 1e-3
            let expected = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
            #expect(abs(gradient[index] - expected) < 1e-8 * largest, "parameter \(index)")
        }
    }

    @Test("gradients have the same bits on one thread and on two", arguments: cases)
    func threads(_ given: Case) {
        let sample = Sample(given.plan, count: 70, seed: 22)
        let limit = LoopThreads.limit
        defer { LoopThreads.limit = limit }
        LoopThreads.limit = 1
        let one = sample.loss()
        LoopThreads.limit = 2
        let two = sample.loss()
        #expect(one.value == two.value && one.gradient == two.gradient)
    }
}
