// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite("LS1: gradients and packing of recurrent cells")
struct RecurrentGradientTests {
    static let shapes = RecurrentCell.allCases.flatMap { cell in
        [
            RecurrentShape(cell: cell, inputCount: 2, hiddenCount: 3),
            RecurrentShape(cell: cell, inputCount: 3, hiddenCount: 5, isBidirectional: true),
            RecurrentShape(
                cell: cell, inputCount: 2, hiddenCount: 4, layerCount: 2, isBidirectional: true),
            // More columns than a panel has, and a last panel that is not full.
            RecurrentShape(cell: cell, inputCount: 5, hiddenCount: 11, layerCount: 2),
        ]
    }

    /// The largest difference to differences of the objective, relative to the largest derivative.
    private func error(_ sample: RecurrentSample<Double>) -> Double {
        let (parameters, input) = sample.gradients
        let largest = (parameters + input).map(abs).max() ?? 0
        func difference(_ change: (inout RecurrentSample<Double>, Double) -> Void) -> Double {
            // Fourth order, so that the step may be large.
            func at(_ step: Double) -> Double {
                var moved = sample
                change(&moved, step)
                return moved.objective
            }
            let h = 1e-3
            return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
        }
        var worst = 0.0
        for index in stride(from: 0, to: parameters.count, by: max(1, parameters.count / 61)) {
            let expected = difference { $0.parameters[index] += $1 }
            worst = max(worst, abs(parameters[index] - expected))
        }
        for index in stride(from: 0, to: input.count, by: max(1, input.count / 17)) {
            worst = max(worst, abs(input[index] - difference { $0.input[index] += $1 }))
        }
        return worst / largest
    }

    @Test("derivatives are those of the outputs, for ragged lengths", arguments: shapes)
    func gradientCheck(_ shape: RecurrentShape) {
        let sample = RecurrentSample<Double>(shape, lengths: [6, 4, 4, 3, 1, 1], seed: 11)
        #expect(error(sample) < 1e-9)
    }

    @Test("derivatives under both kinds of dropout", arguments: shapes)
    func dropout(_ shape: RecurrentShape) {
        var sample = RecurrentSample<Double>(shape, lengths: [5, 3, 2], seed: 12)
        let plain = sample.outputs
        sample.dropout = RecurrentDropout(
            betweenLayers: 0.4, recurrent: 0.3, stream: RandomStream(seed: 5))
        #expect(sample.outputs != plain)
        #expect(error(sample) < 1e-9)
    }

    @Test("a sequence has the same bits alone and among others", arguments: shapes)
    func packing(_ shape: RecurrentShape) {
        let lengths = [9, 7, 7, 4, 2, 1, 1]
        let batch = RecurrentSample<Float>(shape, lengths: lengths, seed: 13)
        let outputs = batch.outputs
        for sequence in lengths.indices {
            var alone = RecurrentSample<Float>(shape, lengths: [lengths[sequence]], seed: 1)
            alone.parameters = batch.parameters
            let rows = batch.rows(of: sequence)
            alone.input = rows.flatMap {
                batch.input[$0 * shape.inputCount..<($0 + 1) * shape.inputCount]
            }
            let width = shape.outputCount
            #expect(alone.outputs == rows.flatMap { outputs[$0 * width..<($0 + 1) * width] })
        }
    }

    @Test("truncated derivatives are those of windows with states held fast", arguments: shapes)
    func truncation(_ shape: RecurrentShape) {
        guard !shape.isBidirectional, shape.layerCount == 1 else { return }
        var sample = RecurrentSample<Double>(shape, lengths: [7, 7], seed: 14)
        sample.truncation = 3
        let truncated = sample.gradients.parameters
        // The same windows one by one, each from the outputs and cells of the one before.
        var sum = [Double](repeating: 0, count: truncated.count)
        var state: (output: [Double], cell: [Double])?
        for window in [0..<3, 3..<6, 6..<7] {
            var part = RecurrentSample<Double>(
                shape, lengths: [window.count, window.count], seed: 1)
            let rows = 2 * window.lowerBound..<2 * window.upperBound
            func slice(_ values: [Double], _ width: Int) -> [Double] {
                Array(values[rows.lowerBound * width..<rows.upperBound * width])
            }
            part.parameters = sample.parameters
            part.input = slice(sample.input, shape.inputCount)
            part.weights = slice(sample.weights, shape.outputCount)
            let result = part.gradients(from: state)
            state = result.state
            sum = zip(sum, result.gradient).map { $0 + $1 }
        }
        for (value, expected) in zip(truncated, sum) {
            #expect(abs(value - expected) < 1e-12 * max(1, abs(expected)))
        }
        sample.truncation = nil
        #expect(sample.gradients.parameters != truncated)
    }
}
