// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra
internal import Models

/// `lstm.*`: an LSTM over n sequences of 24 steps of 16 numbers, from the check of the rows to the
/// model after three epochs of Adam in batches of 128; `lstm.*.score`: the probabilities of all
/// rows by a fitted model.
struct SequenceBenchmark: FeatureBenchmark {
    /// The networks that are measured.
    enum Network: String, CaseIterable {
        case small = "h64.l1"
        case large = "h128.l2"
    }

    let network: Network
    let isScoring: Bool

    var name: String { "lstm.\(network.rawValue)" + (isScoring ? ".score" : "") }
    var sizes: [String] { ["20k"] }
    var smallSize: String { "16" }

    /// All ids, training before scoring.
    static let all = Network.allCases.flatMap { network in
        [false, true].map { SequenceBenchmark(network: network, isScoring: $0) }
    }

    private static let stepCount = 24
    private static let featureCount = 16

    func workload(size: String, directory: String) throws -> Workload {
        let rowCount = itemCount(size)
        let width = Self.stepCount * Self.featureCount
        let elements = try BenchmarkData<Float>(directory: directory)
            .elements("lstm_Xtr", count: rowCount * width)
        let outcomes = try bytes(ofFile: "\(directory)/lstm_ytr_u8.bin").prefix(rowCount)
        guard outcomes.count == rowCount else {
            throw BenchmarkError(
                code: .data, message: "\(outcomes.count) labels for \(rowCount) rows")
        }
        let inputs = try SequenceInputs(
            SequenceBatch(
                elements: elements.map { Double($0) },
                offsets: (0...rowCount).map { $0 * Self.stepCount },
                names: (0..<Self.featureCount).map { "x\($0)" }))
        let labels = outcomes.map { $0 == 1 }
        let recipe = SequenceClassifier(
            SequenceNetwork(
                .lstm, hiddenCount: network == .small ? 64 : 128,
                layerCount: network == .small ? 1 : 2),
            training: NetworkTraining(
                epochLimit: isScoring ? 1 : 3, batchSize: 128,
                optimiser: .adam(learningRate: 0.001)))
        if isScoring {
            let model = try recipe.fit(inputs, labels: ClassLabels(labels))
            var probabilities: [Double]?
            return Workload {
                probabilities = try model.probabilities(inputs)
            } check: {
                try quality(probabilities.latest(name), labels)
            }
        }
        var model: SequenceClassifierModel?
        return Workload {
            model = try recipe.fit(inputs, labels: ClassLabels(labels))
        } check: {
            try quality(model.latest(name).probabilities(inputs), labels)
        }
    }

    /// The log loss of the rows that were trained on.
    private func quality(
        _ probabilities: [Double], _ labels: [Bool]
    ) throws -> [String: Double] {
        ["log_loss": try FoldScores(labels: labels, probabilities: probabilities).logLoss]
    }
}
