// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension SequencePlan {
    /// What stands for a sequence after one more event, with the bits of the whole sequence.
    ///
    /// - Parameters:
    ///   - query: the weights of the attention.
    ///   - eventCount: the number of events, this one included.
    ///   - state: that of the cells before the event, and then after it.
    ///   - pooled: what is pooled so far: nothing, the sum of the outputs, or all of them.
    func advance(
        _ event: [Float], panels: RecurrentPanels<Float>, query: [Float], eventCount: Int,
        state: inout RecurrentState<Float>, pooled: inout [Float]
    ) -> [Float] {
        let pass = RecurrentPass<Float>(shape)
        pass.prepare(PackedSteps(lengths: [1]))
        pass.input.update(from: event, count: event.count)
        pass.withState(&state) { pass.forward(panels) }
        let output = Array(UnsafeBufferPointer(start: pass.output, count: shape.outputCount))
        let width = output.count
        switch pooling {
        case nil, .last: return output
        case .mean:
            if pooled.isEmpty { pooled = [Float](repeating: 0, count: width) }
            Float._accumulate(width, 1, output, &pooled)
            let share = 1 / Float(eventCount)
            return pooled.map { $0 * share }
        case .attention:
            pooled += output
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
