// SPDX-License-Identifier: Apache-2.0

package import LinearAlgebra

/// Rows of numbers for a stack of layers under a head.
package struct LayerProblem<Scalar: NetworkScalar>: NetworkProblem {
    /// Inputs (rows x inputs), targets and weights.
    package struct Rows {
        package let inputs: ScalarBuffer<Scalar>
        package let targets: ScalarBuffer<Scalar>
        package let weights: ScalarBuffer<Scalar>

        /// - Precondition: as many targets and weights as rows.
        package init(inputs: [Scalar], targets: [Scalar], weights: [Scalar]) {
            precondition(
                targets.count == weights.count,
                "\(targets.count) targets and \(weights.count) weights")
            self.inputs = ScalarBuffer(inputs)
            self.targets = ScalarBuffer(targets)
            self.weights = ScalarBuffer(weights)
        }

        package var count: Int { targets.count }
    }

    package let stack: LayerStack
    package let head: NetworkHead
    private let training: Rows
    private let validation: Rows?
    private let workspace: LayerWorkspace<Scalar>
    private let inputs: ScalarBuffer<Scalar>
    private let targets: ScalarBuffer<Scalar>
    private let weights: ScalarBuffer<Scalar>

    /// - Parameter batchSize: the most rows of a batch.
    /// - Precondition: the stack's outputs are the head's.
    package init(
        _ stack: LayerStack, head: NetworkHead, training: Rows, validation: Rows? = nil,
        batchSize: Int
    ) {
        precondition(
            stack.outputWidth == head.width,
            "a stack of \(stack.outputWidth) outputs under a head of \(head.width)")
        self.stack = stack
        self.head = head
        self.training = training
        self.validation = validation
        let limit = min(batchSize, training.count)
        workspace = stack.workspace(rows: max(limit, validation == nil ? 0 : Self.block))
        inputs = ScalarBuffer(limit * stack.inputWidth)
        targets = ScalarBuffer(limit)
        weights = ScalarBuffer(limit)
    }

    /// The rows of a validation pass.
    private static var block: Int { 256 }

    package var blocks: [ParameterBlock] { stack.blocks }
    package var stateCount: Int { stack.stateCount }
    package var rowCount: Int { training.count }

    package func initialise(
        _ parameters: UnsafeMutablePointer<Scalar>, state: UnsafeMutablePointer<Scalar>,
        random: RandomStream
    ) {
        stack.initialise(parameters, state: state, random: random)
    }

    package func accumulate(
        _ rows: UnsafeBufferPointer<Int>, parameters: UnsafePointer<Scalar>,
        state: UnsafeMutablePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
        random: UnsafeMutablePointer<RandomStream>
    ) -> LossSum {
        guard let indices = rows.baseAddress else { return LossSum() }
        Scalar._gatherRows(
            rows.count, stack.inputWidth, indices, training.inputs.base, inputs.base)
        Scalar._gatherRows(rows.count, 1, indices, training.targets.base, targets.base)
        Scalar._gatherRows(rows.count, 1, indices, training.weights.base, weights.base)
        let outputs = stack.forward(
            inputs.base, rows: rows.count, parameters: parameters, state: state,
            workspace: workspace, random: random)
        let loss = head.loss(
            rows.count, outputs: outputs, targets: targets.base, weights: weights.base,
            gradient: workspace.outputGradient)
        stack.backward(
            inputs.base, rows: rows.count, parameters: parameters, workspace: workspace,
            outputGradient: workspace.outputGradient, gradient: gradient)
        return LossSum(
            loss: loss, weight: Double(Scalar._sum(rows.count, weights.base)))
    }

    package func validate(
        parameters: UnsafePointer<Scalar>, state: UnsafeMutablePointer<Scalar>
    ) -> LossSum? {
        guard let validation else { return nil }
        var sum = LossSum()
        for start in stride(from: 0, to: validation.count, by: Self.block) {
            let count = min(Self.block, validation.count - start)
            let outputs = stack.forward(
                validation.inputs.base + start * stack.inputWidth, rows: count,
                parameters: parameters, state: state, workspace: workspace, random: nil)
            let loss = head.loss(
                count, outputs: outputs, targets: validation.targets.base + start,
                weights: validation.weights.base + start, gradient: workspace.outputGradient)
            sum += LossSum(
                loss: loss,
                weight: Double(Scalar._sum(count, validation.weights.base + start)))
        }
        return sum
    }
}
