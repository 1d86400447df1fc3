// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Rows under a fused network, as a trainer sees them.
final class FusionProblem: NetworkProblem {
    typealias Scalar = Float

    let plan: FusionPlan
    private let forgetOffset: Double
    private let source: FusionSource<Float>
    private let targets: [Float]
    private let weights: [Float]
    private let rows: [Int]
    private let validationRows: [Int]
    private let pass: FusionPass<Float>

    /// - Parameters:
    ///   - targets: one for each row; so are the weights.
    ///   - rows: those that are trained on.
    ///   - validationRows: those that judge the epochs.
    init(
        _ plan: FusionPlan, forgetOffset: Double, source: FusionSource<Float>, targets: [Float],
        weights: [Float], rows: [Int], validationRows: [Int]
    ) {
        self.plan = plan
        self.forgetOffset = forgetOffset
        self.source = source
        self.targets = targets
        self.weights = weights
        self.rows = rows
        self.validationRows = validationRows
        pass = FusionPass(plan)
    }

    var blocks: [ParameterBlock] { plan.blocks }
    var stateCount: Int { plan.stateCount }
    var rowCount: Int { rows.count }

    func initialise(
        _ parameters: UnsafeMutablePointer<Float>, state: UnsafeMutablePointer<Float>,
        random: RandomStream
    ) {
        plan.initialise(parameters, state: state, forgetOffset: forgetOffset, random: random)
    }

    func accumulate(
        _ indices: UnsafeBufferPointer<Int>, parameters: UnsafePointer<Float>,
        state: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        random: UnsafeMutablePointer<RandomStream>
    ) -> LossSum {
        pass.arrange(indices.map { rows[$0] }, of: source)
        pass.pack(parameters, forBackward: true)
        let outputs = pass.forward(
            source, parameters: parameters, state: state, random: random.pointee)
        let sum = loss(outputs)
        pass.backward(source, parameters: parameters, into: gradient)
        return sum
    }

    func validate(
        parameters: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>
    ) -> LossSum? {
        guard !validationRows.isEmpty else { return nil }
        pass.pack(parameters, forBackward: false)
        var sum = LossSum()
        for first in stride(from: 0, to: validationRows.count, by: SequenceProblem.blockSize) {
            let last = min(first + SequenceProblem.blockSize, validationRows.count)
            pass.arrange(Array(validationRows[first..<last]), of: source)
            sum += loss(pass.forward(source, parameters: parameters, state: state))
        }
        return sum
    }

    /// The loss of the arranged batch, whose gradient by the outputs is left in the pass.
    private func loss(_ outputs: UnsafePointer<Float>) -> LossSum {
        let weights = pass.order.map { self.weights[$0] }
        let loss = plan.output.loss(
            pass.order.count, outputs: outputs, targets: pass.order.map { targets[$0] },
            weights: weights, gradient: pass.outputGradient)
        return LossSum(loss: loss, weight: weights.reduce(0) { $0 + Double($1) })
    }
}
