// SPDX-License-Identifier: Apache-2.0

/// What a network in one direction carries from step to step: the output and the cell of every
/// layer and sequence, (layers x sequences x hidden) each.
package struct RecurrentState<Scalar: RecurrentScalar>: Sendable, Equatable {
    package var output: [Scalar]
    package var cell: [Scalar]

    package init(output: [Scalar], cell: [Scalar]) {
        self.output = output
        self.cell = cell
    }

    /// The state before the first step, all zeros.
    package init(_ shape: RecurrentShape, sequenceCount: Int) {
        let count = shape.layerCount * sequenceCount * shape.hiddenCount
        output = [Scalar](repeating: 0, count: count)
        cell = output
    }
}

extension RecurrentPass {
    /// Calls `body`, in which passes begin at `state`; afterwards it is that behind the last step.
    ///
    /// - Precondition: the network has one direction, and all sequences of the batch are equally
    ///   long.
    package func withState(_ state: inout RecurrentState<Scalar>, _ body: () -> Void) {
        precondition(!shape.isBidirectional, "a network of both directions has no state to carry")
        let count = steps.sequenceCount * shape.hiddenCount
        precondition(state.output.count == shape.layerCount * count)
        state.output.withUnsafeBufferPointer { output in
            state.cell.withUnsafeBufferPointer { cell in
                initialOutput = output.baseAddress
                initialCell = cell.baseAddress
                body()
                initialOutput = nil
                initialCell = nil
            }
        }
        let last = (steps.rowCount - steps.sequenceCount) * shape.hiddenCount
        for layer in layers.indices {
            for index in 0..<count {
                state.output[layer * count + index] = layers[layer].output.pointer[last + index]
                if shape.cell == .lstm {
                    state.cell[layer * count + index] = directions[layer].cell.pointer[last + index]
                }
            }
        }
    }
}
