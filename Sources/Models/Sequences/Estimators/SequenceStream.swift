// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The real-time score of one row: events come one at a time, and the network carries its state.
///
/// After every event the probability has the same bits as that of the whole sequence up to it. An
/// event costs one step of the network, however many came before; with attention also O(events).
public struct SequenceStream: Sendable {
    /// The number of events so far.
    public private(set) var eventCount = 0

    private let core: SequenceModelCore
    private let statics: [Float]
    private var state: RecurrentState<Float>
    /// The outputs to be pooled: the last, their sum, or all.
    private var pooled: [Float]
    private let engine: SequenceStreamEngine

    init(_ core: SequenceModelCore, statics: [Double]) throws(ModelError) {
        guard !core.network.isBidirectional else {
            throw ModelError(
                .incompatible, "a network of both directions reads the newest event first")
        }
        guard statics.count == core.layout.staticNames.count else {
            throw ModelError(
                .wrongWidth,
                "\(statics.count) static values for a model of \(core.layout.staticNames.count)")
        }
        if let index = statics.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(
                .nonFinite,
                "column \(index) (\(core.layout.staticNames[index])) is \(statics[index])")
        }
        self.core = core
        self.statics = core.layout.statics.scaled(statics)
        engine = SequenceStreamEngine(core)
        state = RecurrentState(engine.plan.shape, sequenceCount: 1)
        pooled = []
    }

    /// Takes the next event and gives the probability of the positive class, of the last class of
    /// several.
    ///
    /// - Parameter event: the numbers of a step, in the order of the model's step names.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; the stream stays as it was.
    public mutating func advance(_ event: [Double]) throws(ModelError) -> Double {
        guard event.count == core.layout.stepNames.count else {
            throw ModelError(
                .wrongWidth, "\(event.count) numbers for a model of \(core.layout.stepNames.count)")
        }
        if let index = event.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(
                .nonFinite,
                "event \(eventCount), column \(index) (\(core.layout.stepNames[index])) is \(event[index])"
            )
        }
        eventCount += 1
        return engine.advance(
            core.layout.steps.scaled(event), statics, eventCount: eventCount, state: &state,
            pooled: &pooled)
    }
}
