// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

extension SequencePass {
    /// The outputs of the arranged batch, (head rows x outputs), which lie here until the next pass.
    ///
    /// - Parameters:
    ///   - parameters: those that were packed.
    ///   - state: that of the head.
    ///   - random: `nil` where the pass only looks.
    package func forward(
        _ source: SequenceSource<Scalar>, parameters: UnsafePointer<Scalar>,
        state: UnsafeMutablePointer<Scalar>, random: RandomStream? = nil
    ) -> UnsafeMutablePointer<Scalar> {
        forEachPart { forward(part: $0, source, parameters, random) }
        guard let workspace else { preconditionFailure("no batch was arranged") }
        let headParameters = parameters + plan.attention.upperBound
        guard var stream = random?.child("head") else {
            return plan.head.forward(
                headInput.pointer, rows: headRowCount, parameters: headParameters, state: state,
                workspace: workspace, random: nil)
        }
        return withUnsafeMutablePointer(to: &stream) {
            plan.head.forward(
                headInput.pointer, rows: headRowCount, parameters: headParameters, state: state,
                workspace: workspace, random: $0)
        }
    }

    private func forward(
        part index: Int, _ source: SequenceSource<Scalar>, _ parameters: UnsafePointer<Scalar>,
        _ random: RandomStream?
    ) {
        let (part, pass) = (parts[index], passes[index])
        let hasDropout = plan.betweenLayers > 0 || plan.recurrentDropout > 0
        pass.prepare(
            part.steps,
            dropout: hasDropout
                ? random.map {
                    RecurrentDropout(
                        betweenLayers: plan.betweenLayers, recurrent: plan.recurrentDropout,
                        stream: $0.child("part", index))
                } : nil)
        gather(part, source, into: pass)
        if isForBackward { pass.forward(panels) } else { pass.infer(panels) }
        pool(part, pass, attentions[index], parameters + plan.attention.lowerBound)
        join(part, source)
    }

    private func gather(
        _ part: Part, _ source: SequenceSource<Scalar>, into pass: RecurrentPass<Scalar>
    ) {
        let width = source.featureCount
        source.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for sequence in 0..<part.steps.sequenceCount {
                let first = source.offsets[order[part.positions.lowerBound + sequence]]
                for step in 0..<part.lengths[sequence] {
                    (pass.input + (part.steps.offsets[step] + sequence) * width)
                        .update(from: base + (first + step) * width, count: width)
                }
            }
        }
    }

    /// Writes what stands for a sequence, or for a step, in front of the head's rows.
    private func pool(
        _ part: Part, _ pass: RecurrentPass<Scalar>, _ attention: RecurrentRoom<Scalar>,
        _ query: UnsafePointer<Scalar>
    ) {
        let (width, hidden) = (plan.shape.outputCount, plan.shape.hiddenCount)
        let stride = plan.head.inputWidth
        let target = headInput.pointer + part.headStart * stride
        let (steps, output) = (part.steps, pass.output)
        guard let pooling = plan.pooling else {
            for row in 0..<steps.rowCount {
                (target + row * stride).update(from: output + row * width, count: width)
            }
            return
        }
        for sequence in part.lengths.indices {
            (target + sequence * stride).update(repeating: 0, count: width)
        }
        switch pooling {
        case .last:
            for sequence in 0..<steps.sequenceCount {
                let last = steps.offsets[part.lengths[sequence] - 1] + sequence
                let row = target + sequence * stride
                row.update(from: output + last * width, count: hidden)
                if width > hidden {
                    (row + hidden).update(
                        from: output + sequence * width + hidden, count: width - hidden)
                }
            }
        case .mean:
            forEachRow(steps) { row, sequence in
                let sum = target + sequence * stride
                Scalar._accumulate(width, 1, output + row * width, sum)
            }
            for sequence in 0..<steps.sequenceCount {
                let sum = target + sequence * stride
                Scalar._combine(
                    .multiply, width, sum, scalar: 1 / Scalar(part.lengths[sequence]), sum)
            }
        case .attention:
            attend(part, output, attention, query)
            forEachRow(steps) { row, sequence in
                Scalar._accumulate(
                    width, attention.pointer[row], output + row * width,
                    target + sequence * stride)
            }
        }
    }

    /// The softmax of the attention over the steps of every sequence.
    private func attend(
        _ part: Part, _ output: UnsafePointer<Scalar>, _ attention: RecurrentRoom<Scalar>,
        _ query: UnsafePointer<Scalar>
    ) {
        let (steps, width) = (part.steps, plan.shape.outputCount)
        attention.reserve(steps.rowCount)
        let shares = attention.pointer
        for row in 0..<steps.rowCount {
            shares[row] = Scalar._orderedDot(width, output + row * width, query)
        }
        for sequence in 0..<steps.sequenceCount {
            let rows = (0..<part.lengths[sequence]).map { steps.offsets[$0] + sequence }
            let largest = rows.reduce(-Scalar.infinity) { max($0, shares[$1]) }
            for row in rows { shares[row] -= largest }
        }
        Scalar._evaluate(.exp, steps.rowCount, shares, shares)
        for sequence in 0..<steps.sequenceCount {
            let rows = (0..<part.lengths[sequence]).map { steps.offsets[$0] + sequence }
            let sum = rows.reduce(0) { $0 + shares[$1] }
            for row in rows { shares[row] /= sum }
        }
    }

    /// Writes the static values behind what was pooled.
    private func join(_ part: Part, _ source: SequenceSource<Scalar>) {
        let count = source.staticCount
        guard count > 0 else { return }
        let (width, stride) = (plan.shape.outputCount, plan.head.inputWidth)
        source.statics.withUnsafeBufferPointer { statics in
            guard let base = statics.baseAddress else { return }
            let target = headInput.pointer + part.headStart * stride + width
            func write(_ row: Int, _ sequence: Int) {
                let source = order[part.positions.lowerBound + sequence]
                (target + row * stride).update(from: base + source * count, count: count)
            }
            if plan.pooling == nil {
                forEachRow(part.steps) { write($0, $1) }
            } else {
                for sequence in part.lengths.indices { write(sequence, sequence) }
            }
        }
    }

    /// Calls `body` with every packed row and its sequence, step by step.
    func forEachRow(_ steps: PackedSteps, _ body: (Int, Int) -> Void) {
        for (step, count) in steps.counts.enumerated() {
            for sequence in 0..<count { body(steps.offsets[step] + sequence, sequence) }
        }
    }
}
