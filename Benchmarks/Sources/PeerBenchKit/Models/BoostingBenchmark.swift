// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// `gbdt`: two hundred rounds of trees of 31 leaves, from the check of the rows to the model.
///
/// The work is the same for every library that it is held against.
struct BoostingBenchmark: FeatureBenchmark {
    /// The library beside ours, a part of the id but for scikit-learn.
    enum Peer: String, CaseIterable {
        case histogram = "gbdt"
        case lightGBM = "gbdt.lightgbm"
        case xgboost = "gbdt.xgboost"
    }

    let peer: Peer

    var name: String { peer.rawValue }
    let sizes = ["50k", "200k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try HeldOutRows(itemCount(size), directory: directory)
        var model: GradientBoostingModel?
        return Workload {
            model = try GradientBoostingClassifier(
                BoostingGrowth(roundCount: 200, learningRate: 0.1, leafLimit: 31)
            ).fit(features: rows.training.features, labels: rows.training.labels)
        } check: {
            let model = try model.latest(name)
            return try rows.quality(
                name, model.trees, outputs: model.scores(rows.features).elements,
                probabilities: model.probabilities(rows.features))
        }
    }
}
