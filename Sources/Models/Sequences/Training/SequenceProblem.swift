// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Sequences under a network that reads them, as a trainer sees them.
final class SequenceProblem: NetworkProblem {
    typealias Scalar = Float

    let plan: SequencePlan
    private let forgetOffset: Double
    private let source: SequenceSource<Float>
    private let targets: [Float]
    private let weights: [Float]
    private let rows: [Int]
    private let validationRows: [Int]
    private let pass: SequencePass<Float>
    private var batchTargets: [Float] = []
    private var batchWeights: [Float] = []
    private var batch: [Int] = []

    /// - Parameters:
    ///   - targets: one for each row, or for each step of each row; so are the weights.
    ///   - rows: those that are trained on.
    ///   - validationRows: those that judge the epochs.
    init(
        _ plan: SequencePlan, forgetOffset: Double, source: SequenceSource<Float>,
        targets: [Float], weights: [Float], rows: [Int], validationRows: [Int]
    ) {
        self.plan = plan
        self.forgetOffset = forgetOffset
        self.source = source
        self.targets = targets
        self.weights = weights
        self.rows = rows
        self.validationRows = validationRows
        pass = SequencePass(plan)
    }

    var blocks: [ParameterBlock] { plan.blocks }
    var stateCount: Int { plan.head.stateCount }
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
        batch.removeAll(keepingCapacity: true)
        for index in indices { batch.append(rows[index]) }
        pass.arrange(batch, of: source)
        guard pass.headRowCount > 0 else { return LossSum() }
        pass.pack(parameters, forBackward: true)
        let outputs = pass.forward(
            source, parameters: parameters, state: state, random: random.pointee)
        let sum = loss(outputs)
        pass.backward(parameters: parameters, into: gradient)
        return sum
    }

    func validate(
        parameters: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>
    ) -> LossSum? {
        guard !validationRows.isEmpty else { return nil }
        pass.pack(parameters, forBackward: false)
        var sum = LossSum()
        for first in stride(from: 0, to: validationRows.count, by: Self.blockSize) {
            let last = min(first + Self.blockSize, validationRows.count)
            pass.arrange(Array(validationRows[first..<last]), of: source)
            guard pass.headRowCount > 0 else { continue }
            sum += loss(pass.forward(source, parameters: parameters, state: state))
        }
        return sum
    }

    /// The rows of a pass that only looks.
    static let blockSize = 768

    /// The loss of the arranged batch, whose gradient by the outputs is left in the pass.
    private func loss(_ outputs: UnsafePointer<Float>) -> LossSum {
        batchTargets.removeAll(keepingCapacity: true)
        batchWeights.removeAll(keepingCapacity: true)
        pass.forEachHeadRow { row, step in
            let index = plan.pooling == nil ? source.offsets[row] + step : row
            batchTargets.append(targets[index])
            batchWeights.append(weights[index])
        }
        let loss = plan.output.loss(
            pass.headRowCount, outputs: outputs, targets: batchTargets, weights: batchWeights,
            gradient: pass.outputGradient)
        return LossSum(loss: loss, weight: batchWeights.reduce(0) { $0 + Double($1) })
    }
}
