// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models

/// A recurrent network with random parameters, random sequences and a weighted sum of its outputs.
struct RecurrentSample<Scalar: RecurrentScalar> {
    let shape: RecurrentShape
    var parameters: [Scalar]
    /// (rows x inputs), step by step.
    var input: [Scalar]
    var weights: [Scalar]
    let steps: PackedSteps
    var dropout: RecurrentDropout?
    var truncation: Int?

    init(_ shape: RecurrentShape, lengths: [Int], seed: UInt64) {
        self.shape = shape
        steps = PackedSteps(lengths: lengths)
        var stream = RandomStream(seed: seed)
        func numbers(_ count: Int, _ scale: Double) -> [Scalar] {
            (0..<count).map { _ in Scalar(stream.normal() * scale) }
        }
        parameters = numbers(shape.parameterCount, 0.4)
        input = numbers(steps.rowCount * shape.inputCount, 1)
        weights = numbers(steps.rowCount * shape.outputCount, 1)
    }

    /// The rows that a sequence has within the packed steps.
    func rows(of sequence: Int) -> [Int] {
        steps.counts.indices.filter { sequence < steps.counts[$0] }
            .map { steps.offsets[$0] + sequence }
    }

    func forward() -> (pass: RecurrentPass<Scalar>, panels: RecurrentPanels<Scalar>) {
        let panels = RecurrentPanels<Scalar>(shape)
        panels.pack(parameters, forBackward: true)
        let pass = RecurrentPass<Scalar>(shape)
        pass.prepare(steps, dropout: dropout)
        pass.input.update(from: input, count: input.count)
        pass.forward(panels)
        return (pass, panels)
    }

    /// The outputs, (rows x outputs).
    var outputs: [Scalar] {
        let (pass, _) = forward()
        return Array(
            UnsafeBufferPointer(start: pass.output, count: steps.rowCount * shape.outputCount))
    }

    /// The sum of the outputs times their weights.
    var objective: Scalar { zip(outputs, weights).reduce(0) { $0 + $1.0 * $1.1 } }

    /// The derivatives of ``objective`` by the parameters and by the inputs.
    var gradients: (parameters: [Scalar], input: [Scalar]) {
        let (pass, panels) = forward()
        pass.outputGradient.update(from: weights, count: weights.count)
        var gradient = [Scalar](repeating: 0, count: shape.parameterCount)
        gradient.withUnsafeMutableBufferPointer {
            guard let base = $0.baseAddress else { return }
            pass.backward(panels, truncation: truncation, needsInput: true, into: base)
        }
        let input = UnsafeBufferPointer(start: pass.inputGradient, count: input.count)
        return (gradient, Array(input))
    }
}

extension RecurrentSample {
    /// The derivatives by the parameters when the outputs and cells before the first step are
    /// given, and those after the last one; for sequences of one length.
    func gradients(
        from state: (output: [Scalar], cell: [Scalar])?
    ) -> (gradient: [Scalar], state: (output: [Scalar], cell: [Scalar])) {
        let panels = RecurrentPanels<Scalar>(shape)
        panels.pack(parameters, forBackward: true)
        let pass = RecurrentPass<Scalar>(shape)
        pass.prepare(steps)
        pass.input.update(from: input, count: input.count)
        var gradient = [Scalar](repeating: 0, count: shape.parameterCount)
        var last = RecurrentState<Scalar>(shape, sequenceCount: steps.sequenceCount)
        if let state { last = RecurrentState(output: state.output, cell: state.cell) }
        pass.withState(&last) {
            pass.forward(panels)
            pass.outputGradient.update(from: weights, count: weights.count)
            gradient.withUnsafeMutableBufferPointer {
                guard let base = $0.baseAddress else { return }
                pass.backward(panels, into: base)
            }
        }
        return (gradient, (last.output, last.cell))
    }
}
