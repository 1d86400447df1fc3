// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension RecurrentPass {
    /// Computes ``output`` from ``input`` and keeps nothing for a way back.
    ///
    /// What a step writes is still in the cache when the next one reads it. The bits are those of
    /// `forward`.
    ///
    /// - Complexity: O(rows * hidden * (inputs + hidden)) for each layer and direction.
    package func infer(_ panels: RecurrentPanels<Scalar>) {
        for layer in layers.indices {
            layers[layer].output.reserve(steps.rowCount * shape.outputCount)
            for direction in 0..<shape.directionCount {
                let index = layer * shape.directionCount + direction
                let room = directions[index]
                switch shape.cell {
                case .lstm: room.cell.reserve(steps.sequenceCount * shape.hiddenCount)
                case .gru: room.gates.reserve(steps.sequenceCount * 4 * shape.hiddenCount)
                }
                for (step, from) in walk(backward: direction == 1) {
                    infer(
                        panels.blocks[index], room, layer: layer, direction: direction,
                        step: step, from: from)
                }
            }
        }
    }

    private func infer(
        _ block: RecurrentPanels<Scalar>.Block, _ room: Direction, layer: Int, direction: Int,
        step: Int, from: Int?
    ) {
        let (hidden, width) = (shape.hiddenCount, shape.outputCount)
        let inputs = shape.blocks[layer * shape.directionCount + direction].inputCount
        let (first, rows) = (steps.offsets[step], steps.counts[step])
        let known = from.map { min(rows, steps.counts[$0]) } ?? 0
        let outputs = layers[layer].output.pointer + direction * hidden
        let before = UnsafePointer(outputs + (from.map { steps.offsets[$0] } ?? 0) * width)
        let input = input(of: layer) + first * inputs
        if shape.cell == .gru {
            inferProducts(block, room, rows, known, input, inputs, before)
        }
        // Those that have a step before, then those that begin.
        for (start, end, isKnown) in [(0, known, true), (known, rows, false)] where start < end {
            let target = outputs + (first + start) * width
            switch shape.cell {
            case .lstm:
                let cell = room.cell.pointer + start * hidden
                Scalar.takeLSTMStep(
                    LSTMStep(
                        rows: end - start, inputs: inputs, hidden: hidden,
                        panels: block.lstm.pointer, input: input + start * inputs,
                        before: isKnown ? before : nil, beforeStride: width,
                        cellBefore: isKnown ? UnsafePointer(cell) : nil, cell: cell,
                        output: target, outputStride: width))
            case .gru:
                Scalar.gruStep(
                    end - start, hidden, room.gates.pointer + start * 4 * hidden,
                    isKnown ? before : UnsafePointer(zeros.pointer), isKnown ? width : 0, target,
                    width)
            }
        }
    }

    /// The products of a GRU's step.
    private func inferProducts(
        _ block: RecurrentPanels<Scalar>.Block, _ room: Direction, _ rows: Int, _ known: Int,
        _ input: UnsafePointer<Scalar>, _ inputs: Int, _ before: UnsafePointer<Scalar>
    ) {
        let (hidden, columns, gates) = (shape.hiddenCount, shape.columnCount, room.gates.pointer)
        Scalar.panelProduct(
            rows, columns, inputs, input, inputs, block.kernel.pointer, bias: block.bias.pointer,
            accumulate: false, gates, 4 * hidden)
        for row in 0..<rows {
            (gates + (4 * row + 3) * hidden)
                .update(from: block.bias.pointer + 3 * hidden, count: hidden)
        }
        Scalar.panelProduct(
            known, columns, hidden, before, shape.outputCount, block.recurrent.pointer, bias: nil,
            accumulate: true, gates + hidden, 4 * hidden)
    }
}
