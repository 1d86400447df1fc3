// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// Checked rows, targets and weights in the form in which a network that reads sequences takes them.
struct SequenceFit {
    let layout: SequenceLayout
    let problem: PassProblem<SequencePlan>

    /// Holds rows out by the seed where training stops early.
    ///
    /// - Parameters:
    ///   - targets: one for each row, or for each step of each row; so are the weights.
    ///   - rowWeights: rows of weight 0 are left out.
    ///   - layout: that of a trainer which has begun; made of the rows where `nil`.
    /// - Throws: ``ModelError`` with code `invalidSplit`.
    init(
        _ inputs: SequenceInputs, targets: [Float], weights: [Float], rowWeights: [Double],
        network: SequenceNetwork, output: NetworkHead, training: NetworkTraining,
        layout known: SequenceLayout?
    ) throws(ModelError) {
        let rows = try HeldOutRows(
            weights: rowWeights, training.earlyStopping, seed: training.seed)
        layout = known ?? SequenceLayout(inputs, weights: rowWeights)
        problem = PassProblem(
            layout.plan(network, output: output), source: layout.source(inputs), targets: targets,
            weights: weights, rows: rows)
    }
}

extension SequenceNetwork {
    /// The row that every label or target belongs to.
    ///
    /// - Throws: ``ModelError`` with code `invalidLabels` for another number of them.
    func targetOwners(
        _ inputs: SequenceInputs, count: Int, _ what: String
    ) throws(ModelError) -> [Int] {
        let rows = Array(0..<inputs.count)
        let owners = pooling == nil ? inputs.sequences.forEveryStep(rows) : rows
        guard owners.count == count else {
            let rows = pooling == nil ? "steps of \(inputs.count) rows" : "rows"
            throw ModelError(.invalidLabels, "\(count) \(what) for \(owners.count) \(rows)")
        }
        return owners
    }
}
