// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The packed parameters of a network, which the streams of many rows may share: nothing is written
/// after they are made.
final class SequenceStreamEngine: @unchecked Sendable {
    let plan: SequencePlan
    private let core: SequenceModelCore
    private let panels: RecurrentPanels<Float>

    init(_ core: SequenceModelCore) {
        self.core = core
        plan = core.plan
        panels = RecurrentPanels(plan.shape)
        panels.pack(core.parameters, forBackward: false)
    }

    /// The probability after one more event.
    func advance(
        _ event: [Float], _ statics: [Float], eventCount: Int,
        state: inout RecurrentState<Float>, pooled: inout [Float]
    ) -> Double {
        let pass = RecurrentPass<Float>(plan.shape)
        pass.prepare(PackedSteps(lengths: [1]))
        pass.input.update(from: event, count: event.count)
        pass.withState(&state) { pass.forward(panels) }
        let output = Array(UnsafeBufferPointer(start: pass.output, count: plan.shape.outputCount))
        let input = pool(output, eventCount: eventCount, &pooled) + statics
        let headState = ScalarBuffer<Float>(core.state)
        let outputs = core.parameters.withUnsafeBufferPointer { parameters in
            guard let base = parameters.baseAddress else { return [Float]() }
            let workspace = plan.head.workspace(rows: 1, of: Float.self)
            let values = plan.head.forward(
                input, rows: 1, parameters: base + plan.attention.upperBound,
                state: headState.base, workspace: workspace, random: nil)
            plan.output.activate(values, rows: 1)
            return Array(UnsafeBufferPointer(start: values, count: plan.output.width))
        }
        let probabilities = outputs.map { Double($0) }
        return probabilities.count == 1
            ? probabilities[0] : probabilities[probabilities.count - 1] / probabilities.reduce(0, +)
    }

    /// What stands for all events so far, summed in the order of a whole sequence.
    private func pool(
        _ output: [Float], eventCount: Int, _ pooled: inout [Float]
    ) -> [Float] {
        let width = output.count
        switch plan.pooling {
        case nil, .last: return output
        case .mean:
            if pooled.isEmpty { pooled = [Float](repeating: 0, count: width) }
            Float._accumulate(width, 1, output, &pooled)
            let share = 1 / Float(eventCount)
            return pooled.map { $0 * share }
        case .attention:
            pooled += output
            let query = Array(core.parameters[plan.attention])
            return pooled.withUnsafeBufferPointer { rows in
                guard let base = rows.baseAddress else { return [] }
                var shares = (0..<eventCount).map {
                    Float._orderedDot(width, base + $0 * width, query)
                }
                let largest = shares.reduce(-Float.infinity) { max($0, $1) }
                for index in shares.indices { shares[index] -= largest }
                Float._evaluate(.exp, eventCount, shares, &shares)
                let sum = shares.reduce(0, +)
                var mean = [Float](repeating: 0, count: width)
                for (index, share) in shares.enumerated() {
                    Float._accumulate(width, share / sum, base + index * width, &mean)
                }
                return mean
            }
        }
    }
}
