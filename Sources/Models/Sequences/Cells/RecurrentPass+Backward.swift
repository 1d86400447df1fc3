// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension RecurrentPass {
    /// Adds the derivatives by all parameters to `gradient`, given ``outputGradient``.
    ///
    /// - Parameters:
    ///   - panels: those of the way forward, packed for the way back.
    ///   - truncation: derivatives do not pass between the steps `t - 1` and `t` where `t` is a
    ///     multiple of this number; `nil` lets them pass everywhere.
    ///   - needsInput: whether ``inputGradient`` is wanted.
    /// - Complexity: twice that of the way forward.
    package func backward(
        _ panels: RecurrentPanels<Scalar>, truncation: Int? = nil, needsInput: Bool = false,
        into gradient: UnsafeMutablePointer<Scalar>
    ) {
        for layer in layers.indices.reversed() {
            var target: UnsafeMutablePointer<Scalar>?
            if layer > 0 {
                let room = layers[layer - 1].outputGradient
                room.reserve(steps.rowCount * shape.outputCount)
                target = room.pointer
            } else if needsInput {
                target = inputGradient
            }
            for direction in 0..<shape.directionCount {
                backward(
                    panels, layer: layer, direction: direction, truncation, target, gradient)
            }
            if hasMask(layer), let target {
                Scalar._combine(
                    .multiply, steps.rowCount * shape.outputCount, target,
                    layers[layer].mask.pointer, target)
            }
        }
    }

    private func backward(
        _ panels: RecurrentPanels<Scalar>, layer: Int, direction: Int, _ truncation: Int?,
        _ target: UnsafeMutablePointer<Scalar>?, _ gradient: UnsafeMutablePointer<Scalar>
    ) {
        let index = layer * shape.directionCount + direction
        let (block, room, layout) = (panels.blocks[index], directions[index], shape.blocks[index])
        let (hidden, rows, columns) = (shape.hiddenCount, steps.rowCount, shape.columnCount)
        carriedOutput.clear(steps.sequenceCount * hidden)
        carriedCell.clear(steps.sequenceCount * hidden)
        product.reserve(steps.sequenceCount * hidden)
        for (step, from) in walk(backward: direction == 1).reversed() {
            stepBack(layer, direction, room, step: step, from: from)
            guard let from else { continue }
            let known = min(steps.counts[step], steps.counts[from])
            if let truncation, max(step, from) % truncation == 0 {
                carriedOutput.pointer.update(repeating: 0, count: known * hidden)
                carriedCell.pointer.update(repeating: 0, count: known * hidden)
            } else {
                carry(block, room, step: step, known)
            }
        }
        let gates = room.gates.pointer
        let recurrentGates = gates + shape.cell.recurrentColumn * hidden
        let inputs = layout.inputCount
        Scalar.addTransposedProduct(
            inputs, columns, rows, input(of: layer), inputs, gates, 4 * hidden,
            gradient + layout.kernel.lowerBound, columns)
        Scalar.addTransposedProduct(
            hidden, columns, rows, room.before.pointer, hidden, recurrentGates, 4 * hidden,
            gradient + layout.recurrent.lowerBound, columns)
        Scalar._addColumnSums(rows, 4 * hidden, gates, gradient + layout.bias.lowerBound)
        if let target {
            Scalar.panelProduct(
                rows, inputs, columns, gates, 4 * hidden, block.kernelTransposed.pointer,
                bias: nil, accumulate: direction == 1, target, inputs)
        }
    }

    /// The derivatives by the arguments of a step's gates.
    private func stepBack(
        _ layer: Int, _ direction: Int, _ room: Direction, step: Int, from: Int?
    ) {
        let (hidden, width) = (shape.hiddenCount, shape.outputCount)
        let first = steps.offsets[step]
        let outputs = layers[layer].output.pointer + direction * hidden
        let gradients = layers[layer].outputGradient.pointer + direction * hidden
        forEachPart(layer, room, step: step, from: from, outputs) { rows, previous, stride in
            let (start, row) = (rows.lowerBound, first + rows.lowerBound)
            let gates = room.gates.pointer + row * 4 * hidden
            switch shape.cell {
            case .lstm:
                Scalar.lstmStepBack(
                    rows.count, hidden, gates, previous, stride,
                    room.tanhCell.pointer + row * hidden, gradients + row * width, width,
                    carriedOutput.pointer + start * hidden, carriedCell.pointer + start * hidden)
            case .gru:
                Scalar.gruStepBack(
                    rows.count, hidden, gates, previous, stride, gradients + row * width, width,
                    carriedOutput.pointer + start * hidden)
            }
        }
    }

    /// Brings the derivatives of a step's gates to the outputs that came before.
    private func carry(
        _ block: RecurrentPanels<Scalar>.Block, _ room: Direction, step: Int, _ known: Int
    ) {
        let hidden = shape.hiddenCount
        let gates =
            room.gates.pointer
            + (4 * steps.offsets[step] + shape.cell.recurrentColumn) * hidden
        // What reaches a GRU's output through z is there already.
        let isSum = shape.cell == .gru
        let target = hasRecurrentMask ? product.pointer : carriedOutput.pointer
        Scalar.panelProduct(
            known, hidden, shape.columnCount, gates, 4 * hidden,
            block.recurrentTransposed.pointer, bias: nil, accumulate: isSum && !hasRecurrentMask,
            target, hidden)
        guard hasRecurrentMask else { return }
        let count = known * hidden
        Scalar._combine(.multiply, count, target, room.mask.pointer, target)
        if isSum {
            Scalar._combine(.add, count, target, carriedOutput.pointer, carriedOutput.pointer)
        } else {
            carriedOutput.pointer.update(from: target, count: count)
        }
    }
}
