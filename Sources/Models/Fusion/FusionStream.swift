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
    public private(set) var eventCount = 0

    /// The probability of the positive class, of the last class of several, after the events so far.
    public private(set) var probability: Double

    private let engine: Engine
    private var state: RecurrentState<Float>
    /// The outputs to be pooled: nothing, their sum, or all.
    private var pooled: [Float] = []

    /// What does not change from event to event.
    private final class Engine: @unchecked Sendable {
        let plan: FusionPlan
        let sequence: SequencePlan
        let steps: FusionLayout.Columns
        let parameters: [Float]
        let state: ScalarBuffer<Float>
        let panels: RecurrentPanels<Float>
        /// What the head reads of the other parts.
        let others: [Float]

        init(
            _ model: FusionClassifierModel, _ plan: FusionPlan, _ sequence: SequencePlan,
            _ steps: FusionLayout.Columns, others: [Float]
        ) {
            self.plan = plan
            self.sequence = sequence
            self.steps = steps
            self.others = others
            parameters = model.parameters
            state = ScalarBuffer<Float>(model.state)
            panels = RecurrentPanels(sequence.shape)
            panels.pack(parameters, forBackward: false)
        }

        func outputs(
            _ stack: LayerStack, _ input: [Float], _ start: (parameters: Int, state: Int)
        ) -> [Float] {
            parameters.withUnsafeBufferPointer { parameters in
                guard let base = parameters.baseAddress else { return [] }
                let workspace = stack.workspace(rows: 1, of: Float.self)
                let values = stack.forward(
                    input, rows: 1, parameters: base + start.parameters,
                    state: state.base + start.state, workspace: workspace, random: nil)
                return Array(UnsafeBufferPointer(start: values, count: stack.outputWidth))
            }
        }

        /// The probability for what stands for the sequence.
        func probability(_ pooled: [Float]) -> Double {
            let start = plan.stackStarts[plan.stackStarts.count - 1]
            var values = outputs(
                plan.head,
                outputs(sequence.head, pooled, (sequence.attention.upperBound, 0)) + others, start)
            plan.output.activate(&values, rows: 1)
            let all = plan.output.classProbabilities(values.map { Double($0) })
            return all[0, all.columnCount - 1]
        }
    }

    init(
        _ model: FusionClassifierModel, text: String?, network: [Double], statics: [Double]
    ) throws(ModelError) {
        let plan = model.layout.plan(model.recipe)
        guard let sequence = plan.sequence, let steps = model.layout.steps else {
            throw ModelError(.incompatible, "a network that reads no sequences has no stream")
        }
        guard !sequence.shape.isBidirectional else {
            throw ModelError(
                .incompatible, "a network of both directions reads the newest event first")
        }
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
        engine = Engine(
            model, plan, sequence, steps,
            others: Array(pass.joined(at: 0)[sequence.head.outputWidth...]))
        state = RecurrentState(sequence.shape, sequenceCount: 1)
        probability = engine.probability(
            [Float](repeating: 0, count: sequence.shape.outputCount))
    }

    /// Takes the next event and gives the probability of the positive class, of the last class of
    /// several.
    ///
    /// - Parameter event: the numbers of a step, in the order of the model's step names.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; the stream stays as it was.
    @discardableResult
    public mutating func advance(_ event: [Double]) throws(ModelError) -> Double {
        let names = engine.steps.names
        guard event.count == names.count else {
            throw ModelError(
                .wrongWidth, "\(event.count) numbers for a model of \(names.count)")
        }
        if let index = event.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(
                .nonFinite,
                "event \(eventCount), column \(index) (\(names[index])) is \(event[index])")
        }
        eventCount += 1
        let pooled = engine.sequence.advance(
            engine.steps.scaling.scaled(event), panels: engine.panels,
            query: Array(engine.parameters[engine.sequence.attention]), eventCount: eventCount,
            state: &state, pooled: &self.pooled)
        probability = engine.probability(pooled)
        return probability
    }
}
