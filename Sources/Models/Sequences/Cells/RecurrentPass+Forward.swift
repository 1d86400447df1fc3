// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension RecurrentPass {
    /// Computes ``output`` from ``input``.
    ///
    /// - Complexity: O(rows * hidden * (inputs + hidden)) for each layer and direction.
    package func forward(_ panels: RecurrentPanels<Scalar>) {
        for layer in layers.indices {
            if hasMask(layer) { dropInput(of: layer) }
            layers[layer].output.reserve(steps.rowCount * shape.outputCount)
            for direction in 0..<shape.directionCount {
                forward(panels, layer: layer, direction: direction)
            }
        }
    }

    private func dropInput(of layer: Int) {
        guard let dropout else { return }
        let count = steps.rowCount * shape.outputCount
        let room = layers[layer]
        room.mask.reserve(count)
        room.input.reserve(count)
        RecurrentDropout.draw(
            room.mask.pointer, count, rate: dropout.betweenLayers,
            from: dropout.stream.child("between layers", layer))
        Scalar._combine(
            .multiply, count, layers[layer - 1].output.pointer, room.mask.pointer,
            room.input.pointer)
    }

    private func forward(_ panels: RecurrentPanels<Scalar>, layer: Int, direction: Int) {
        let index = layer * shape.directionCount + direction
        let (block, room) = (panels.blocks[index], directions[index])
        let (hidden, rows) = (shape.hiddenCount, steps.rowCount)
        room.gates.reserve(rows * 4 * hidden)
        room.cell.reserve(rows * hidden)
        room.tanhCell.reserve(rows * hidden)
        room.before.reserve(rows * hidden)
        if hasRecurrentMask, let dropout {
            room.mask.reserve(steps.sequenceCount * hidden)
            RecurrentDropout.draw(
                room.mask.pointer, steps.sequenceCount * hidden, rate: dropout.recurrent,
                from: dropout.stream.child("recurrent", index))
        }
        if shape.cell == .gru {
            // All inputs of all steps at once; the last column is of the output before alone.
            let inputs = shape.blocks[index].inputCount
            Scalar.panelProduct(
                rows, shape.columnCount, inputs, input(of: layer), inputs, block.kernel.pointer,
                bias: block.bias.pointer, accumulate: false, room.gates.pointer, 4 * hidden)
            for row in 0..<rows {
                (room.gates.pointer + (4 * row + 3) * hidden)
                    .update(from: block.bias.pointer + 3 * hidden, count: hidden)
            }
        }
        for (step, from) in walk(backward: direction == 1) {
            forward(block, room, layer: layer, direction: direction, step: step, from: from)
        }
    }

    private func forward(
        _ block: RecurrentPanels<Scalar>.Block, _ room: Direction, layer: Int, direction: Int,
        step: Int, from: Int?
    ) {
        let (hidden, width) = (shape.hiddenCount, shape.outputCount)
        let (first, rows) = (steps.offsets[step], steps.counts[step])
        let known = from.map { min(rows, steps.counts[$0]) } ?? 0
        let outputs = layers[layer].output.pointer + direction * hidden
        let before = room.before.pointer + first * hidden
        let source = outputs + (from.map { steps.offsets[$0] } ?? 0) * width
        for row in 0..<known {
            (before + row * hidden).update(from: source + row * width, count: hidden)
        }
        let initial = initialOutput.map { $0 + layer * steps.sequenceCount * hidden }
        for row in known..<rows {
            (before + row * hidden).update(
                from: initial.map { $0 + row * hidden } ?? UnsafePointer(zeros.pointer),
                count: hidden)
        }
        if hasRecurrentMask {
            Scalar._combine(.multiply, rows * hidden, before, room.mask.pointer, before)
        }
        switch shape.cell {
        case .lstm:
            takeLSTMSteps(block, room, layer: layer, direction: direction, step: step, from: from)
        case .gru:
            let gates = room.gates.pointer + first * 4 * hidden
            if known > 0 || initial != nil {
                Scalar.panelProduct(
                    rows, shape.columnCount, hidden, before, hidden, block.recurrent.pointer,
                    bias: nil, accumulate: true, gates + hidden, 4 * hidden)
            }
            forEachPart(layer, room, step: step, from: from, outputs) { rows, previous, stride in
                Scalar.gruStep(
                    rows.count, hidden, gates + rows.lowerBound * 4 * hidden, previous, stride,
                    outputs + (first + rows.lowerBound) * width, width)
            }
        }
    }

    /// Takes an LSTM's step from what is known of the step before and keeps all of it.
    private func takeLSTMSteps(
        _ block: RecurrentPanels<Scalar>.Block, _ room: Direction, layer: Int, direction: Int,
        step: Int, from: Int?
    ) {
        let (hidden, width) = (shape.hiddenCount, shape.outputCount)
        let inputs = shape.blocks[layer * shape.directionCount + direction].inputCount
        let (first, rows) = (steps.offsets[step], steps.counts[step])
        let known = from.map { min(rows, steps.counts[$0]) } ?? 0
        for (start, end, isKnown) in [(0, known, true), (known, rows, false)] where start < end {
            let row = first + start
            let initial = initialCell.map { $0 + (layer * steps.sequenceCount + start) * hidden }
            Scalar.takeLSTMStep(
                LSTMStep(
                    rows: end - start, inputs: inputs, hidden: hidden,
                    panels: block.lstm.pointer, input: input(of: layer) + row * inputs,
                    before: isKnown || initial != nil ? room.before.pointer + row * hidden : nil,
                    beforeStride: hidden,
                    cellBefore: from.flatMap {
                        isKnown
                            ? UnsafePointer(room.cell.pointer + steps.offsets[$0] * hidden)
                            : nil
                    } ?? initial,
                    cell: room.cell.pointer + row * hidden,
                    output: layers[layer].output.pointer + direction * hidden + row * width,
                    outputStride: width, gates: room.gates.pointer + row * 4 * hidden,
                    tanhCell: room.tanhCell.pointer + row * hidden))
        }
    }

    /// Calls `body` for the sequences that have a step before and for those that begin: their rows
    /// within the step, and the cell (LSTM) or output (GRU) before with its stride.
    func forEachPart(
        _ layer: Int, _ room: Direction, step: Int, from: Int?,
        _ outputs: UnsafeMutablePointer<Scalar>,
        _ body: (Range<Int>, UnsafePointer<Scalar>, Int) -> Void
    ) {
        let hidden = shape.hiddenCount
        let rows = steps.counts[step]
        var known = 0
        if let from {
            known = min(rows, steps.counts[from])
            let start = steps.offsets[from]
            switch shape.cell {
            case .lstm:
                body(0..<known, UnsafePointer(room.cell.pointer + start * hidden), hidden)
            case .gru:
                let width = shape.outputCount
                body(0..<known, UnsafePointer(outputs + start * width), width)
            }
        }
        guard known < rows else { return }
        let initial = shape.cell == .lstm ? initialCell : initialOutput
        if let initial {
            let start = (layer * steps.sequenceCount + known) * hidden
            body(known..<rows, initial + start, hidden)
        } else {
            body(known..<rows, UnsafePointer(zeros.pointer), 0)
        }
    }
}
