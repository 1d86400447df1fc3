// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension FusionClassifierModel {
    /// A stream of one row's events: what else is known of the row is read once, and the network
    /// carries the state of its sequence from event to event.
    ///
    /// - Parameters:
    ///   - text: the row's text, where the network reads texts.
    ///   - network: its place in the network, in the order of ``networkNames``.
    ///   - statics: its own numbers, in the order of ``staticNames``.
    /// - Throws: ``ModelError`` with code `incompatible` for a network without sequences, for one of
    ///   both directions, which needs the newest event first, and for a part that it does not read;
    ///   `wrongWidth` or `nonFinite`.
    public func stream(
        text: String? = nil, network: [Double] = [], statics: [Double] = []
    ) throws(ModelError) -> FusionStream {
        try FusionStream(self, text: text, network: network, statics: statics)
    }
}

/// The real-time score of one row: events come one at a time.
///
/// After every event the probability has the same bits as that of the row with all events up to it.
/// An event costs one step of the network, however many came before; with attention also O(events).
public struct FusionStream: Sendable {
    /// The number of events so far.
    public var eventCount: Int { walk.eventCount }

    /// The probability of the positive class, of the last class of several, after the events so far.
    public private(set) var probability = 0.0

    private let model: FusionClassifierModel
    private let plan: FusionPlan
    private let sequence: SequencePlan
    /// What the head reads of the other parts.
    private let others: [Float]
    private var walk: SequenceWalk

    init(
        _ model: FusionClassifierModel, text: String?, network: [Double], statics: [Double]
    ) throws(ModelError) {
        let plan = model.layout.plan(model.recipe)
        guard let sequence = plan.sequence, let steps = model.layout.steps else {
            throw ModelError(.incompatible, "a network that reads no sequences has no stream")
        }
        walk = try SequenceWalk(
            sequence, names: steps.names, scaling: steps.scaling, parameters: model.parameters)
        guard text == nil || model.parts.contains(.texts) else {
            throw ModelError(.incompatible, "a text for a network that reads none")
        }
        func row(_ values: [Double]) -> Matrix<Double>? {
            values.isEmpty
                ? nil : Matrix(rowCount: 1, columnCount: values.count, elements: values)
        }
        let none: SequenceBatch
        do {
            none = try SequenceBatch(elements: [], offsets: [0, 0], names: steps.names)
        } catch {
            throw ModelError(.features, "an empty sequence", underlying: error)
        }
        let inputs = try FusionInputs(
            sequences: none, texts: model.parts.contains(.texts) ? [text] : nil,
            network: row(network),
            networkNames: network.count == model.networkNames.count ? model.networkNames : nil,
            statics: row(statics),
            staticNames: statics.count == model.staticNames.count ? model.staticNames : nil)
        let source = try model.layout.source(inputs)
        let pass = FusionPass<Float>(plan)
        pass.pack(model.parameters, forBackward: false)
        pass.arrange([0], of: source)
        let buffer = ScalarBuffer<Float>(model.state)
        _ = pass.forward(source, parameters: model.parameters, state: buffer.base)
        others = Array(pass.joined(at: 0)[sequence.head.outputWidth...])
        (self.model, self.plan, self.sequence) = (model, plan, sequence)
        probability = probability([Float](repeating: 0, count: sequence.shape.outputCount))
    }

    /// Takes the next event and gives the probability of the positive class, of the last class of
    /// several.
    ///
    /// - Parameter event: the numbers of a step, in the order of the model's step names.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; the stream stays as it was.
    @discardableResult
    public mutating func advance(_ event: [Double]) throws(ModelError) -> Double {
        probability = probability(try walk.advance(event))
        return probability
    }

    /// The probability for what stands for the sequence.
    private func probability(_ pooled: [Float]) -> Double {
        let (parameters, state) = (model.parameters, model.state)
        let own = sequence.head.outputs(
            of: pooled, parameters: parameters[sequence.attention.upperBound...],
            state: state[...])
        let start = plan.stackStarts[plan.stackStarts.count - 1]
        return plan.output.probability(
            plan.head.outputs(
                of: own + others, parameters: parameters[start.parameters...],
                state: state[start.state...]))
    }
}
