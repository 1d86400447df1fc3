// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Rows, targets and weights in the form in which a network that reads sequences takes them.
struct SequenceFit {
    let scaling: SequenceScaling
    let problem: SequenceProblem

    /// Holds rows out by the seed where training stops early.
    ///
    /// - Parameters:
    ///   - targets: one for each row, or for each step of each row; so are the weights.
    ///   - rowWeights: rows of weight 0 are left out.
    ///   - scaling: that of a trainer which has begun; made of the rows where `nil`.
    /// - Throws: ``ModelError`` with code `invalidSplit`.
    init(
        _ inputs: SequenceInputs, targets: [Float], weights: [Float], rowWeights: [Double],
        network: SequenceNetwork, output: NetworkHead, training: NetworkTraining,
        scaling known: SequenceScaling?
    ) throws(ModelError) {
        var rows = rowWeights.indices.filter { rowWeights[$0] > 0 }
        var held: [Int] = []
        if let stopping = training.earlyStopping {
            let count = Int((stopping.share * Double(rows.count)).rounded())
            guard count >= 1, count < rows.count else {
                throw ModelError(
                    .invalidSplit,
                    "a share of \(stopping.share) of \(rows.count) rows is \(count) rows")
            }
            var stream = RandomStream(seed: training.seed).child("validation")
            held = stream.sample(count, below: rows.count).sorted().map { rows[$0] }
            let isHeld = Set(held)
            rows.removeAll { isHeld.contains($0) }
        }
        scaling = known ?? SequenceScaling(inputs, weights: rowWeights)
        problem = SequenceProblem(
            network.plan(
                stepCount: inputs.sequences.featureCount, staticCount: inputs.staticNames.count,
                output: output),
            forgetOffset: network.forgetOffset, source: scaling.source(inputs), targets: targets,
            weights: weights, rows: rows, validationRows: held)
    }
}

extension SequenceNetwork {
    /// The row that every label or target belongs to.
    ///
    /// - Throws: ``ModelError`` with code `invalidLabels` for another number of them.
    func targetOwners(
        _ inputs: SequenceInputs, count: Int, _ what: String
    ) throws(ModelError) -> [Int] {
        let lengths = inputs.sequences.lengths
        let owners =
            pooling == nil
            ? lengths.indices.flatMap { repeatElement($0, count: lengths[$0]) }
            : Array(lengths.indices)
        guard owners.count == count else {
            let rows = pooling == nil ? "steps of \(inputs.count) rows" : "rows"
            throw ModelError(.invalidLabels, "\(count) \(what) for \(owners.count) \(rows)")
        }
        return owners
    }
}
