// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
public import Metrics
public import Models

/// Everything that the example found out.
public struct EventResults: Sendable {
    /// How many borrowers were trained on and tested, and how many of the latter defaulted.
    public let trainingCount, testCount, defaultCount: Int
    /// The mean number of events of a borrower.
    public let meanEventCount: Double
    /// The columns that windows make of the logs.
    public let windowCount: Int
    /// Regressions on windows and on the network, then every part alone
    /// in the recipe of the fusion.
    public let parts: [SystemResult]
    /// All parts in one network.
    public let fusion: SystemResult
    /// The fusion (first) beside each of ``parts``.
    public let comparisons: [AUCComparison]
    /// A borrower who defaulted and one who did not.
    public let followed: [FollowedBorrower]
    /// The fused network.
    public let model: FusionClassifierModel

    /// The recipe of the fusion and of its parts.
    static func recipe(epochLimit: Int, seed: UInt64) -> FusionClassifier {
        FusionClassifier(
            sequences: SequenceNetwork(.lstm, hiddenCount: 16, pooling: .mean, dropout: 0.1),
            texts: TextNetwork(layers: [HiddenLayer(8, dropout: 0.2)]),
            hiddenLayers: [HiddenLayer(16)],
            training: NetworkTraining(
                epochLimit: epochLimit, batchSize: 50,
                optimiser: .adamW(learningRate: 0.01, weightDecay: 0.05), gradientNormLimit: 5,
                earlyStopping: EarlyStopping(patience: 6, share: 0.15), seed: seed))
    }

    /// Fits and tests every system.
    ///
    /// - Parameter progress: Sees the share of the work that is done, and what is going on.
    init(
        _ inputs: BorrowerInputs, epochLimit: Int, seed: UInt64,
        progress: (Double, String) -> Void
    ) throws {
        let (training, test) = (inputs.training, inputs.test)
        let labels = test.map { inputs.hasDefaulted[$0] }
        let recipe = Self.recipe(epochLimit: epochLimit, seed: seed)
        let classes = ClassLabels(
            training.map { inputs.hasDefaulted[$0] }, negative: "paid", positive: "default")
        // The fusion takes about as long as its parts together.
        func fit(
            _ name: String, _ parts: [FusionInputs.Part], from start: Double, to end: Double
        ) throws -> (FusionClassifierModel, SystemResult) {
            let rows = try inputs.parts.keeping(parts)
            let fitted = rows[rows: training]
            var trainer = try FusionTrainer(recipe, fitted, labels: classes)
            while !trainer.isFinished {
                let epoch = try trainer.advance(fitted, labels: classes).epoch
                progress(start + (end - start) * Double(epoch) / Double(epochLimit), name)
            }
            let model = trainer.model
            return (
                model,
                try SystemResult(
                    name, model.probabilities(rows[rows: test]), labels: labels,
                    history: model.history)
            )
        }
        progress(0.02, "windows")
        let windows = try Pipeline(.impute(.median), .standardise(), .oneHot(unknown: .ignore))
            .then(LogisticRegression(penalty: .l2(C: 0.01)))
            .fit(inputs.windows.rows(training), target: "outcome", positive: "default")
        progress(0.06, "network")
        let network = try Pipeline(.impute(.median), .standardise()).then(LogisticRegression())
            .joining(inputs.networkFeatures, account: "borrower", date: "scored")
            .fit(
                inputs.places.rows(training), network: inputs.network, target: "outcome",
                positive: "default")
        let named: [(String, FusionInputs.Part, Double)] = [
            ("Events, LSTM", .sequences, 0.45), ("Purpose, text", .texts, 0.5),
            ("Network", .network, 0.53), ("Income and age", .statics, 0.56),
        ]
        var parts = [
            try SystemResult(
                "Windows, logistic regression",
                windows.probabilities(in: inputs.windows.rows(test)), labels: labels),
            try SystemResult(
                "Network, logistic regression",
                network.probabilities(in: inputs.places.rows(test), network: inputs.network),
                labels: labels),
        ]
        var start = 0.08
        for (name, part, end) in named {
            parts.append(try fit(name, [part], from: start, to: end).1)
            start = end
        }
        let (model, fusion) = try fit(
            "All together", FusionInputs.Part.allCases, from: start, to: 0.98)
        progress(0.99, "following two borrowers")
        followed = try [true, false].compactMap { hasDefaulted in
            // The one whom the network tells best.
            let rows = test.indices.filter { labels[$0] == hasDefaulted }
            let best = rows.max { a, b in
                let (first, second) = (fusion.probabilities[a], fusion.probabilities[b])
                return hasDefaulted ? first < second : first > second
            }
            return try best.map {
                try FollowedBorrower(
                    model, inputs.parts, row: test[$0], hasDefaulted: hasDefaulted,
                    batchProbability: fusion.probabilities[$0])
            }
        }
        comparisons = try parts.map {
            try AUCComparison(
                labels: labels, first: fusion.probabilities, second: $0.probabilities)
        }
        (self.parts, self.fusion, self.model) = (parts, fusion, model)
        (trainingCount, testCount) = (training.count, test.count)
        defaultCount = labels.count { $0 }
        windowCount = inputs.windows.columns.count - 1
        let lengths = inputs.parts.sequences?.lengths ?? []
        meanEventCount = Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1))
        progress(1, "done")
    }
}

extension FollowedBorrower {
    /// Feeds the events of a row to a stream, one at a time.
    init(
        _ model: FusionClassifierModel, _ inputs: FusionInputs, row: Int, hasDefaulted: Bool,
        batchProbability: Double
    ) throws {
        func numbers(_ columns: Matrix<Double>?) -> [Double] {
            columns.map { columns in (0..<columns.columnCount).map { columns[row, $0] } } ?? []
        }
        var stream = try model.stream(
            text: inputs.texts?[row], network: numbers(inputs.network),
            statics: numbers(inputs.statics))
        var (kinds, days, probabilities): ([String], [Double], [Double]) = ([], [], [])
        if let steps = inputs.sequences?[row] {
            let names = model.stepNames
            for index in 0..<steps.rowCount {
                let step = (0..<steps.columnCount).map { steps[index, $0] }
                probabilities.append(try stream.advance(step))
                days.append((days.last ?? 0) + (index == 0 ? 0 : step[0]))
                let kind = names.indices.first { names[$0].hasPrefix("kind=") && step[$0] == 1 }
                kinds.append(kind.map { String(names[$0].dropFirst("kind=".count)) } ?? "")
            }
        }
        self.init(
            hasDefaulted: hasDefaulted, kinds: kinds, days: days, probabilities: probabilities,
            batchProbability: batchProbability)
    }
}

extension Table {
    /// The rows at ascending positions.
    fileprivate func rows(_ positions: [Int]) -> Table {
        var mask = [Bool](repeating: false, count: rowCount)
        for position in positions { mask[position] = true }
        return filter(mask: mask)
    }
}
