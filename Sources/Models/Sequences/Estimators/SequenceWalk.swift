// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The way of one sequence through the cells of a network, event by event.
struct SequenceWalk: Sendable {
    /// The number of events so far.
    private(set) var eventCount = 0

    private let cells: Cells
    private var state: RecurrentState<Float>
    /// The outputs to be pooled: nothing, their sum, or all.
    private var outputs: [Float] = []

    /// What does not change from event to event: nothing is written after it was made.
    private final class Cells: @unchecked Sendable {
        let plan: SequencePlan
        let names: [String]
        let scaling: ColumnScaling
        let panels: RecurrentPanels<Float>
        /// The weights of the attention.
        let query: [Float]

        init(
            _ plan: SequencePlan, _ names: [String], _ scaling: ColumnScaling,
            _ parameters: [Float]
        ) {
            self.plan = plan
            self.names = names
            self.scaling = scaling
            panels = RecurrentPanels(plan.shape)
            panels.pack(parameters, forBackward: false)
            query = Array(parameters[plan.attention])
        }
    }

    /// A sequence without events.
    ///
    /// - Parameters:
    ///   - names: those of the numbers of an event.
    ///   - parameters: those of the network, which begin with the plan's.
    /// - Throws: ``ModelError`` with code `incompatible` for a network of both directions.
    init(
        _ plan: SequencePlan, names: [String], scaling: ColumnScaling, parameters: [Float]
    ) throws(ModelError) {
        guard !plan.shape.isBidirectional else {
            throw ModelError(
                .incompatible, "a network of both directions reads the newest event first")
        }
        cells = Cells(plan, names, scaling, parameters)
        state = RecurrentState(plan.shape, sequenceCount: 1)
    }

    /// What stands for the sequence after one more event, with the bits of the whole sequence.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; the walk stays as it was.
    mutating func advance(_ event: [Double]) throws(ModelError) -> [Float] {
        let names = cells.names
        guard event.count == names.count else {
            throw ModelError(
                .wrongWidth, "\(event.count) numbers for a model of \(names.count)")
        }
        if let index = event.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(
                .nonFinite,
                "event \(eventCount), column \(index) (\(names[index])) is \(event[index])")
        }
        let scaled = cells.scaling.scaled(event)
        eventCount += 1
        let (cells, shape) = (cells, cells.plan.shape)
        let pass = RecurrentPass<Float>(shape)
        pass.prepare(PackedSteps(lengths: [1]))
        pass.input.update(from: scaled, count: scaled.count)
        pass.withState(&state) { pass.forward(cells.panels) }
        let output = Array(UnsafeBufferPointer(start: pass.output, count: shape.outputCount))
        let width = output.count
        switch cells.plan.pooling {
        case nil, .last: return output
        case .mean:
            if outputs.isEmpty { outputs = [Float](repeating: 0, count: width) }
            Float._accumulate(width, 1, output, &outputs)
            let share = 1 / Float(eventCount)
            return outputs.map { $0 * share }
        case .attention:
            outputs += output
            return outputs.withUnsafeBufferPointer { rows in
                guard let base = rows.baseAddress else { return [] }
                var shares = (0..<eventCount).map {
                    Float._orderedDot(width, base + $0 * width, cells.query)
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
