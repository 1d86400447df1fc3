// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing

@Suite("LS1, TX1: gradients of networks that join several parts")
struct FusionGradientTests {
    /// A fused network and random rows of its parts.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var plan: FusionPlan
        var testDescription: String { name }

        init(
            _ name: String, sequence: SequencePooling? = nil, isBidirectional: Bool = false,
            text: Bool = false, hasVectors: Bool = false, columns: [Int] = [],
            isLayered: Bool = false, output: NetworkHead = .logistic(), dropout: Double = 0
        ) {
            self.name = name
            let shape = RecurrentShape(
                cell: .lstm, inputCount: 3, hiddenCount: 4, layerCount: 2,
                isBidirectional: isBidirectional)
            let branch = sequence.map {
                SequencePlan(
                    shape: shape, pooling: $0, staticCount: 0,
                    head: LayerStack([
                        isLayered
                            ? DenseLayer(shape.outputCount, 3, .tanh)
                            : ActivationLayer(shape.outputCount, .identity)
                    ]), output: .squared, betweenLayers: dropout, recurrentDropout: dropout)
            }
            var layers: [any NetworkLayer] = [ActivationLayer(5, .tanh)]
            if dropout > 0 { layers.append(DropoutLayer(5, rate: dropout)) }
            if isLayered { layers += [LayerNormalisationLayer(5), DenseLayer(5, 2, .gelu)] }
            let words = TextPlan(
                sums: TermSums(termCount: 11, width: 5, hasOffsets: !hasVectors),
                stack: hasVectors ? nil : LayerStack(layers))
            let parts = columns.enumerated().map { index, count in
                FusionPlan.Columns(
                    "columns \(index)", count: count,
                    stack: isLayered ? LayerStack([DenseLayer(count, 3, .sigmoid)]) : nil)
            }
            let width =
                (branch?.head.outputWidth ?? 0) + (text ? words.outputWidth : 0)
                + parts.reduce(0) { $0 + ($1.stack?.outputWidth ?? $1.count) }
            plan = FusionPlan(
                sequence: branch, text: text ? words : nil, columns: parts,
                head: LayerStack([DenseLayer(width, 6, .tanh), DenseLayer(6, output.width)]),
                output: output)
        }
    }

    static let cases = [
        Case("all parts", sequence: .last, text: true, columns: [2, 3]),
        Case(
            "all parts with layers of their own", sequence: .attention, text: true,
            columns: [2, 3], isLayered: true, output: .softmax(classes: 3)),
        Case(
            "both directions and vectors of terms", sequence: .mean, isBidirectional: true,
            text: true, hasVectors: true, columns: [1], output: .logistic(focal: 1.5)),
        Case("text alone", text: true),
        Case("text and columns", text: true, columns: [2], isLayered: true),
        Case(
            "dropout in every part", sequence: .mean, text: true, columns: [2], dropout: 0.4),
    ]

    struct Sample {
        let plan: FusionPlan
        let source: FusionSource<Double>
        var parameters: [Double]
        let count: Int
        let random: RandomStream?

        init(_ given: Case, count: Int, seed: UInt64) {
            plan = given.plan
            self.count = count
            var stream = RandomStream(seed: seed)
            var sequences: SequenceSource<Double>?
            var terms: TermRows<Double>?
            if plan.sequence != nil {
                // More than one part, and a sequence without steps.
                let lengths = (0..<count).map { $0 == 3 ? 0 : 1 + stream.integer(below: 5) }
                let offsets = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
                sequences = SequenceSource(
                    values: (0..<offsets[count] * 3).map { _ in stream.normal() },
                    offsets: offsets, featureCount: 3, statics: [], staticCount: 0)
            }
            if plan.text != nil {
                var (offsets, columns, values): ([Int], [Int], [Double]) = ([0], [], [])
                for row in 0..<count {
                    // A text without known terms.
                    let kept = row == 5 ? [] : (0..<11).filter { _ in stream.uniform() < 0.4 }
                    columns += kept
                    values += kept.map { _ in stream.normal() }
                    offsets.append(columns.count)
                }
                terms = TermRows(offsets: offsets, columns: columns, values: values)
            }
            let columns = plan.columns.map { part in
                (0..<count * part.count).map { _ in stream.normal() }
            }
            source = FusionSource(sequences: sequences, terms: terms, columns: columns)
            parameters = (0..<plan.parameterCount).map { _ in 0.5 * stream.normal() }
            random = given.name.hasPrefix("dropout") ? RandomStream(seed: 3) : nil
        }

        /// The weighted loss and its gradient.
        func loss() -> (value: Double, gradient: [Double]) {
            let pass = FusionPass<Double>(plan)
            pass.arrange(Array(0..<count), of: source)
            pass.pack(parameters, forBackward: true)
            let state = ScalarBuffer<Double>(plan.stateCount)
            // Dropout takes its masks from the training pass; everything else is the same without.
            let outputs = pass.forward(
                source, parameters: parameters, state: state.base,
                random: random ?? RandomStream(seed: 1))
            let classes = max(2, plan.output.width)
            let value = plan.output.loss(
                count, outputs: outputs, targets: pass.targetRows.map { Double($0 % classes) },
                weights: pass.targetRows.map { 1 + 0.25 * Double($0 % 3) },
                gradient: pass.outputGradient)
            var gradient = [Double](repeating: 0, count: parameters.count)
            pass.backward(source, parameters: parameters, into: &gradient)
            return (value, gradient)
        }
    }

    @Test("derivatives by every parameter are differences of the loss", arguments: cases)
    func gradientCheck(_ given: Case) {
        let sample = Sample(given, count: 35, seed: 21)
        #expect(sample.plan.blocks.reduce(0) { $0 + $1.count } == sample.plan.parameterCount)
        let gradient = sample.loss().gradient
        let indices = Array(stride(from: 0, to: gradient.count, by: max(1, gradient.count / 60)))
        #expect(indices.allSatisfy { gradient[$0].isFinite })
        var (difference, size) = (0.0, 0.0)
        for index in indices {
            func at(_ step: Double) -> Double {
                var moved = sample
                moved.parameters[index] += step
                return moved.loss().value
            }
            let h = 1e-3
            let expected = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
            difference += (gradient[index] - expected) * (gradient[index] - expected)
            size += gradient[index] * gradient[index] + expected * expected
        }
        #expect(size > 0.1)
        let error = (difference / size).squareRoot()
        #expect(error < 1e-7, "\(error)")
    }

    @Test("every part gets its own derivatives")
    func parts() {
        let sample = Sample(Self.cases[0], count: 35, seed: 22)
        let gradient = sample.loss().gradient
        var start = 0
        for block in sample.plan.blocks {
            let part = gradient[start..<start + block.count]
            #expect(part.contains { $0 != 0 }, "\(block.name)")
            start += block.count
        }
        #expect(
            Set(sample.plan.blocks.map { $0.name.prefix { $0 != "." } })
                == ["sequence", "text", "head"])
    }

    @Test("gradients have the same bits on one thread and on two")
    func threads() {
        let sample = Sample(Self.cases[0], count: 70, seed: 23)
        let limit = LoopThreads.limit
        defer { LoopThreads.limit = limit }
        LoopThreads.limit = 1
        let one = sample.loss()
        LoopThreads.limit = 2
        let two = sample.loss()
        #expect(one.value == two.value && one.gradient == two.gradient)
    }
}
