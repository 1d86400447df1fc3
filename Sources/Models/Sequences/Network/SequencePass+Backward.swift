// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension SequencePass {
    /// Where the gradient by the outputs of the last pass is to be written, (head rows x outputs).
    package var outputGradient: UnsafeMutablePointer<Scalar> {
        guard let workspace else { preconditionFailure("no batch was arranged") }
        return workspace.outputGradient
    }

    /// Adds the derivatives by all parameters to `gradient`, given ``outputGradient``.
    package func backward(
        _ source: SequenceSource<Scalar>, parameters: UnsafePointer<Scalar>,
        into gradient: UnsafeMutablePointer<Scalar>
    ) {
        guard let workspace else { preconditionFailure("no batch was arranged") }
        let recurrentCount = plan.attention.upperBound
        headInputGradient.reserve(headRowCount * plan.head.inputWidth)
        plan.head.backward(
            headInput.pointer, rows: headRowCount, parameters: parameters + recurrentCount,
            workspace: workspace, outputGradient: workspace.outputGradient,
            inputGradient: headInputGradient.pointer, gradient: gradient + recurrentCount)
        clearGradients()
        forEachPart { backward(part: $0, parameters) }
        for index in parts.indices {
            Scalar._accumulate(recurrentCount, 1, gradients[index].base, gradient)
        }
    }

    private func backward(part index: Int, _ parameters: UnsafePointer<Scalar>) {
        let (part, pass) = (parts[index], passes[index])
        guard part.steps.rowCount > 0 else { return }
        let query = parameters + plan.attention.lowerBound
        spread(part, pass, attentions[index], query, gradients[index].base)
        pass.backward(panels, truncation: plan.truncation, into: gradients[index].base)
    }

    /// Brings the gradient by what was pooled to the outputs of the steps.
    private func spread(
        _ part: Part, _ pass: RecurrentPass<Scalar>, _ attention: RecurrentRoom<Scalar>,
        _ query: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
    ) {
        let (width, hidden) = (plan.shape.outputCount, plan.shape.hiddenCount)
        let stride = plan.head.inputWidth
        let source = headInputGradient.pointer + part.headStart * stride
        let (steps, target) = (part.steps, pass.outputGradient)
        switch plan.pooling {
        case nil:
            for row in 0..<steps.rowCount {
                (target + row * width).update(from: source + row * stride, count: width)
            }
        case .last:
            target.update(repeating: 0, count: steps.rowCount * width)
            for sequence in 0..<steps.sequenceCount {
                let last = steps.offsets[part.lengths[sequence] - 1] + sequence
                let row = source + sequence * stride
                (target + last * width).update(from: row, count: hidden)
                if width > hidden {
                    (target + sequence * width + hidden)
                        .update(from: row + hidden, count: width - hidden)
                }
            }
        case .mean:
            forEachRow(steps) { row, sequence in
                Scalar._combine(
                    .multiply, width, source + sequence * stride,
                    scalar: 1 / Scalar(part.lengths[sequence]), target + row * width)
            }
        case .attention:
            let pooled = headInput.pointer + part.headStart * stride
            let queryGradient = gradient + plan.attention.lowerBound
            forEachRow(steps) { row, sequence in
                let (output, delta) = (pass.output + row * width, source + sequence * stride)
                let share = attention.pointer[row]
                let slope =
                    share
                    * (Scalar._orderedDot(width, delta, output)
                        - Scalar._orderedDot(width, delta, pooled + sequence * stride))
                Scalar._combineScaled(
                    width, share, delta, slope, query, target + row * width)
                Scalar._accumulate(width, slope, output, queryGradient)
            }
        }
    }
}
