// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Rows of all parts as networks read them.
package struct FusionSource<Scalar: RecurrentScalar>: Sendable {
    package var sequences: SequenceSource<Scalar>?
    package var terms: TermRows<Scalar>?
    /// (rows x columns) of each part of columns.
    package var columns: [[Scalar]]

    package init(
        sequences: SequenceSource<Scalar>?, terms: TermRows<Scalar>?, columns: [[Scalar]]
    ) {
        self.sequences = sequences
        self.terms = terms
        self.columns = columns
    }
}

/// The way of mini-batches through a fused network, and back: the parts one after the other, their
/// outputs side by side, and the head; derivatives go through all of it.
package final class FusionPass<Scalar: RecurrentScalar>: NetworkPass {
    let plan: FusionPlan
    private let sequencePass: SequencePass<Scalar>?
    private let text: FusionBranch<Scalar>?
    private let columns: [FusionBranch<Scalar>]
    private let head: FusionBranch<Scalar>

    /// The rows of the batch, in the order of the outputs.
    package private(set) var targetRows: [Int] = []

    package init(_ plan: FusionPlan) {
        self.plan = plan
        sequencePass = plan.sequence.map { SequencePass($0) }
        var starts = plan.stackStarts[...]
        func branch(_ name: String, _ stack: LayerStack?, _ width: Int) -> FusionBranch<Scalar> {
            FusionBranch(
                name, stack, inputWidth: width, start: starts.popFirst() ?? (0, 0))
        }
        text = plan.text.map { branch("text", $0.stack, $0.sums.width) }
        columns = plan.columns.map { branch($0.name, $0.stack, $0.count) }
        head = branch("head", plan.head, plan.joinedWidth)
    }

    package func pack(_ parameters: UnsafePointer<Scalar>, forBackward: Bool) {
        sequencePass?.pack(parameters, forBackward: forBackward)
    }

    package func arrange(_ rows: [Int], of source: FusionSource<Scalar>) {
        targetRows = rows
        if let sequencePass, let sequences = source.sequences {
            sequencePass.arrange(rows, of: sequences)
            targetRows = sequencePass.targetRows
        }
        for branch in columns + [head] { branch.reserve(rows.count) }
        text?.reserve(rows.count)
    }

    package func forward(
        _ source: FusionSource<Scalar>, parameters: UnsafePointer<Scalar>,
        state: UnsafeMutablePointer<Scalar>, random: RandomStream? = nil
    ) -> UnsafeMutablePointer<Scalar> {
        let rows = targetRows.count
        var parts: [UnsafeMutablePointer<Scalar>] = []
        if let sequencePass, let sequences = source.sequences {
            parts.append(
                sequencePass.forward(
                    sequences, parameters: parameters, state: state,
                    random: random?.child("sequence")))
        }
        if let text, let plan = plan.text, let terms = source.terms {
            plan.sums.forward(
                targetRows, of: terms, parameters: parameters + self.plan.sumsStart,
                output: text.input)
            parts.append(text.forward(rows, parameters: parameters, state: state, random: random))
        }
        for (branch, values) in zip(columns, source.columns) {
            let width = branch.inputWidth
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                for (index, row) in targetRows.enumerated() {
                    (branch.input + index * width).update(from: base + row * width, count: width)
                }
            }
            parts.append(
                branch.forward(rows, parameters: parameters, state: state, random: random))
        }
        var start = 0
        for (width, part) in zip(plan.widths, parts) {
            for row in 0..<rows {
                (head.input + row * plan.joinedWidth + start)
                    .update(from: part + row * width, count: width)
            }
            start += width
        }
        return head.forward(rows, parameters: parameters, state: state, random: random)
    }

    /// What the head read of the row at `position` of the outputs.
    func joined(at position: Int) -> [Scalar] {
        Array(
            UnsafeBufferPointer(
                start: head.input + position * plan.joinedWidth, count: plan.joinedWidth))
    }

    package var outputGradient: UnsafeMutablePointer<Scalar> { head.outputGradient }

    package func backward(
        _ source: FusionSource<Scalar>, parameters: UnsafePointer<Scalar>,
        into gradient: UnsafeMutablePointer<Scalar>
    ) {
        let rows = targetRows.count
        head.backward(rows, parameters: parameters, into: gradient)
        var targets: [UnsafeMutablePointer<Scalar>] = []
        if let sequencePass { targets.append(sequencePass.outputGradient) }
        if let text { targets.append(text.outputGradient) }
        for branch in columns { targets.append(branch.outputGradient) }
        var start = 0
        for (width, target) in zip(plan.widths, targets) {
            for row in 0..<rows {
                (target + row * width)
                    .update(from: head.inputGradient + row * plan.joinedWidth + start, count: width)
            }
            start += width
        }
        if let sequencePass, let sequences = source.sequences {
            sequencePass.backward(sequences, parameters: parameters, into: gradient)
        }
        if let text, let plan = plan.text, let terms = source.terms {
            text.backward(rows, parameters: parameters, into: gradient)
            plan.sums.backward(
                targetRows, of: terms, outputGradient: text.inputGradient,
                gradient: gradient + self.plan.sumsStart)
        }
        for branch in columns { branch.backward(rows, parameters: parameters, into: gradient) }
    }
}
