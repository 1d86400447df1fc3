// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LS1: steps of an LSTM against their equations")
struct LSTMStepTests {
    static let widths = [1, 3, 7, 8, 9, 16, 17, 33]

    private func sample<Scalar: RecurrentScalar>(
        _ hidden: Int, scale: Double = 1, as type: Scalar.Type = Scalar.self
    ) -> RecurrentSample<Scalar> {
        let shape = RecurrentShape(cell: .lstm, inputCount: 3, hiddenCount: hidden)
        // More sequences than any tile has rows, of lengths that end within tiles.
        var sample = RecurrentSample<Scalar>(
            shape, lengths: [6, 6, 6, 5, 5, 4, 4, 4, 2, 1, 1], seed: UInt64(hidden))
        for index in sample.parameters.indices { sample.parameters[index] *= Scalar(scale) }
        return sample
    }

    /// The outputs by the printed equations, sequence by sequence.
    private func equations(_ sample: RecurrentSample<Double>) -> [Double] {
        let (shape, hidden) = (sample.shape, sample.shape.hiddenCount)
        let block = shape.blocks[0]
        var outputs = [Double](repeating: 0, count: sample.steps.rowCount * hidden)
        for sequence in 0..<sample.steps.sequenceCount {
            var output = [Double](repeating: 0, count: hidden)
            var cell = output
            for row in sample.rows(of: sequence) {
                func argument(_ gate: Int, _ unit: Int) -> Double {
                    let column = gate * hidden + unit
                    var sum = sample.parameters[block.bias.lowerBound + column]
                    for input in 0..<3 {
                        sum +=
                            sample.input[row * 3 + input]
                            * sample.parameters[
                                block.kernel.lowerBound + input * 4 * hidden + column]
                    }
                    for other in 0..<hidden {
                        sum +=
                            output[other]
                            * sample.parameters[
                                block.recurrent.lowerBound + other * 4 * hidden + column]
                    }
                    return sum
                }
                func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
                var next = output
                for unit in 0..<hidden {
                    cell[unit] =
                        sigmoid(argument(1, unit)) * cell[unit]
                        + sigmoid(argument(0, unit)) * tanh(argument(2, unit))
                    next[unit] = sigmoid(argument(3, unit)) * tanh(cell[unit])
                }
                output = next
                for unit in 0..<hidden { outputs[row * hidden + unit] = output[unit] }
            }
        }
        return outputs
    }

    @Test("outputs for units that fill no vector", arguments: widths)
    func outputs(_ hidden: Int) {
        let exact = equations(sample(hidden))
        expectClose(sample(hidden, as: Double.self).outputs, exact, absolute: 1e-13)
        expectClose(
            sample(hidden, as: Float.self).outputs.map { Double($0) }, exact, absolute: 3e-6)
    }

    @Test("gates that are wide open or shut", arguments: [40.0, 1e4])
    func saturated(_ scale: Double) {
        let exact = equations(sample(9, scale: scale))
        let outputs = sample(9, scale: scale, as: Double.self).outputs
        #expect(outputs.allSatisfy { $0.isFinite && abs($0) <= 1 })
        expectClose(outputs, exact, absolute: 1e-9)
        let single = sample(9, scale: scale, as: Float.self).outputs
        #expect(single.allSatisfy { $0.isFinite && abs($0) <= 1 })
    }

    @Test("a pass that keeps nothing has the same bits", arguments: widths)
    func inference(_ hidden: Int) {
        let sample = sample(hidden, as: Float.self)
        let (forward, panels) = sample.forward()
        let pass = RecurrentPass<Float>(sample.shape)
        pass.prepare(sample.steps)
        pass.input.update(from: sample.input, count: sample.input.count)
        pass.infer(panels)
        let count = sample.steps.rowCount * hidden
        #expect(
            (0..<count).allSatisfy {
                pass.output[$0].bitPattern == forward.output[$0].bitPattern
            })
    }

    @Test("a number that is none stays one")
    func notANumber() {
        var sample = sample(5, as: Float.self)
        sample.input[0] = .nan
        #expect(sample.outputs[0..<5].allSatisfy { $0.isNaN })
    }
}
