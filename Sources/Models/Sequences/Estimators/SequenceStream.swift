// SPDX-License-Identifier: Apache-2.0

/// The real-time score of one row: events come one at a time, and the network carries its state.
///
/// After every event the probability has the same bits as that of the whole sequence up to it. An
/// event costs one step of the network, however many came before; with attention also O(events).
public struct SequenceStream: Sendable {
    /// The number of events so far.
    public var eventCount: Int { walk.eventCount }

    private let core: SequenceModelCore
    private let plan: SequencePlan
    private let statics: [Float]
    private var walk: SequenceWalk

    init(_ core: SequenceModelCore, statics: [Double]) throws(ModelError) {
        let layout = core.layout
        plan = core.plan
        walk = try SequenceWalk(
            plan, names: layout.stepNames, scaling: layout.steps, parameters: core.parameters)
        guard statics.count == layout.staticNames.count else {
            throw ModelError(
                .wrongWidth,
                "\(statics.count) static values for a model of \(layout.staticNames.count)")
        }
        if let index = statics.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(
                .nonFinite,
                "column \(index) (\(layout.staticNames[index])) is \(statics[index])")
        }
        self.core = core
        self.statics = layout.statics.scaled(statics)
    }

    /// Takes the next event and gives the probability of the positive class, of the last class of
    /// several.
    ///
    /// - Parameter event: the numbers of a step, in the order of the model's step names.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; the stream stays as it was.
    public mutating func advance(_ event: [Double]) throws(ModelError) -> Double {
        let input = try walk.advance(event) + statics
        return plan.output.probability(
            plan.head.outputs(
                of: input, parameters: core.parameters[plan.attention.upperBound...],
                state: core.state[...]))
    }
}
