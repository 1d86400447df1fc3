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
        let input =
            plan.advance(
                event, panels: panels, query: Array(core.parameters[plan.attention]),
                eventCount: eventCount, state: &state, pooled: &pooled) + statics
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
        let all = plan.output.classProbabilities(outputs.map { Double($0) })
        return all[0, all.columnCount - 1]
    }
}
