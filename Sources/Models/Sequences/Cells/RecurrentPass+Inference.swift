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
                room.gates.reserve(steps.sequenceCount * 4 * shape.hiddenCount)
                room.cell.reserve(steps.sequenceCount * shape.hiddenCount)
                room.tanhCell.reserve(steps.sequenceCount * shape.hiddenCount)
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
        let (hidden, width, columns) = (shape.hiddenCount, shape.outputCount, shape.columnCount)
        let inputs = shape.blocks[layer * shape.directionCount + direction].inputCount
        let (first, rows) = (steps.offsets[step], steps.counts[step])
        let known = from.map { min(rows, steps.counts[$0]) } ?? 0
        let outputs = layers[layer].output.pointer + direction * hidden
        let before = UnsafePointer(outputs + (from.map { steps.offsets[$0] } ?? 0) * width)
        let gates = room.gates.pointer
        Scalar.panelProduct(
            rows, columns, inputs, input(of: layer) + first * inputs, inputs,
            block.kernel.pointer, bias: block.bias.pointer, accumulate: false, gates, 4 * hidden)
        if shape.cell == .gru {
            for row in 0..<rows {
                (gates + (4 * row + 3) * hidden)
                    .update(from: block.bias.pointer + 3 * hidden, count: hidden)
            }
        }
        Scalar.panelProduct(
            known, columns, hidden, before, width, block.recurrent.pointer, bias: nil,
            accumulate: true, gates + shape.cell.recurrentColumn * hidden, 4 * hidden)
        // Those that have a step before, then those that begin.
        let zeros = UnsafePointer(zeros.pointer)
        for (start, end, isKnown) in [(0, known, true), (known, rows, false)] where start < end {
            let target = outputs + (first + start) * width
            let (gates, cell) = (gates + start * 4 * hidden, room.cell.pointer + start * hidden)
            switch shape.cell {
            case .lstm:
                Scalar.lstmStep(
                    end - start, hidden, gates, isKnown ? UnsafePointer(cell) : zeros,
                    isKnown ? hidden : 0, cell, room.tanhCell.pointer + start * hidden, target,
                    width)
            case .gru:
                Scalar.gruStep(
                    end - start, hidden, gates, isKnown ? before : zeros, isKnown ? width : 0,
                    target, width)
            }
        }
    }
}
