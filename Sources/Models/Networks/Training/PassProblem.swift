// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Rows under a network that takes them by a pass, as a trainer sees them.
struct PassProblem<Plan: NetworkPlan>: NetworkProblem {
    let plan: Plan
    private let source: Plan.Pass.Source
    private let targets: [Float]
    private let weights: [Float]
    private let rows: HeldOutRows
    private let pass: Plan.Pass

    /// - Parameters:
    ///   - targets: one for each row of outputs; so are the weights.
    ///   - rows: those that are trained on, and those that judge the epochs.
    init(
        _ plan: Plan, source: Plan.Pass.Source, targets: [Float], weights: [Float],
        rows: HeldOutRows
    ) {
        self.plan = plan
        self.source = source
        self.targets = targets
        self.weights = weights
        self.rows = rows
        pass = Plan.Pass(plan)
    }

    var blocks: [ParameterBlock] { plan.blocks }
    var stateCount: Int { plan.stateCount }
    var rowCount: Int { rows.training.count }

    func initialise(
        _ parameters: UnsafeMutablePointer<Float>, state: UnsafeMutablePointer<Float>,
        random: RandomStream
    ) {
        plan.initialise(parameters, state: state, random: random)
    }

    func accumulate(
        _ indices: UnsafeBufferPointer<Int>, parameters: UnsafePointer<Float>,
        state: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        random: UnsafeMutablePointer<RandomStream>
    ) -> LossSum {
        pass.arrange(indices.map { rows.training[$0] }, of: source)
        guard !pass.targetRows.isEmpty else { return LossSum() }
        pass.pack(parameters, forBackward: true)
        let sum = loss(
            pass.forward(source, parameters: parameters, state: state, random: random.pointee))
        pass.backward(source, parameters: parameters, into: gradient)
        return sum
    }

    func validate(
        parameters: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>
    ) -> LossSum? {
        guard !rows.validation.isEmpty else { return nil }
        pass.pack(parameters, forBackward: false)
        var sum = LossSum()
        for first in stride(from: 0, to: rows.validation.count, by: Plan.Pass.blockSize) {
            let block = rows.validation[first...].prefix(Plan.Pass.blockSize)
            pass.arrange(Array(block), of: source)
            guard !pass.targetRows.isEmpty else { continue }
            sum += loss(
                pass.forward(source, parameters: parameters, state: state, random: nil))
        }
        return sum
    }

    /// The loss of the arranged batch, whose gradient by the outputs is left in the pass.
    private func loss(_ outputs: UnsafePointer<Float>) -> LossSum {
        let weights = pass.targetRows.map { self.weights[$0] }
        let loss = plan.output.loss(
            weights.count, outputs: outputs, targets: pass.targetRows.map { targets[$0] },
            weights: weights, gradient: pass.outputGradient)
        return LossSum(loss: loss, weight: weights.reduce(0) { $0 + Double($1) })
    }
}
