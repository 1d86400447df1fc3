// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra
internal import Models

/// A hundred trees of thirty variables, from the check of the rows to the model.
struct ForestBenchmark: FeatureBenchmark {
    /// How the trees are grown.
    enum Kind: String, CaseIterable {
        /// Rows drawn with replacement, five features a split, at most twelve splits deep.
        case bounded = "rf.d12"
        /// The same without a bound.
        case full = "rf.full"
        /// As XGBoost does: 63.2 % of the rows, six features a split, at most twelve splits deep,
        /// and leaves of at least the weight that its bound on curvatures stands for.
        case drawn = "rf.drawn"
        /// As LightGBM does: the same draws, at most 1,024 leaves of at least 20 rows, those first
        /// that gain most.
        case leaves = "rf.leaves"
    }

    let kind: Kind

    var name: String { kind.rawValue }
    let sizes = ["50k", "200k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try HeldOutRows(itemCount(size), directory: directory)
        var model: RandomForestModel?
        return Workload {
            model = try recipe.fit(
                features: rows.training.features, labels: rows.training.labels)
        } check: {
            let model = try model.latest(name)
            let probabilities = try model.probabilities(rows.features)
            return try rows.quality(
                name, model.trees, outputs: probabilities, probabilities: probabilities)
        }
    }

    private var recipe: RandomForestClassifier {
        switch kind {
        case .bounded: .twelveDeep
        case .full: RandomForestClassifier()
        case .drawn:
            RandomForestClassifier(
                growth: TreeGrowth(
                    depthLimit: 12, minimumLeafWeight: 6, features: .fraction(0.2)),
                rows: .subsample(share: 0.632))
        case .leaves:
            RandomForestClassifier(
                growth: TreeGrowth(
                    leafLimit: 1024, minimumLeafWeight: 20, features: .fraction(0.2)),
                rows: .subsample(share: 0.632))
        }
    }
}

extension RandomForestClassifier {
    fileprivate static var twelveDeep: RandomForestClassifier {
        RandomForestClassifier(growth: TreeGrowth(depthLimit: 12, features: .squareRoot))
    }
}

/// `rf.predict`: the probabilities of rows held out by the forest of
/// `rf.d12`; `rf.row`: of one row.
struct ForestScoreBenchmark: FeatureBenchmark {
    let isSingle: Bool

    var name: String { isSingle ? "rf.row" : "rf.predict" }
    let sizes = ["50k"]
    let smallSize = "1k"

    func workload(size: String, directory: String) throws -> Workload {
        let rows = try HeldOutRows(itemCount(size), directory: directory)
        let model = try RandomForestClassifier.twelveDeep.fit(
            features: rows.training.features, labels: rows.training.labels)
        guard isSingle else {
            var probabilities: [Double] = []
            return Workload {
                probabilities = try model.probabilities(rows.features)
            } check: {
                try rows.quality(
                    name, model.trees, outputs: probabilities, probabilities: probabilities)
            }
        }
        let values = (0..<rows.features.rowCount).map { rows.features.gatheringRows([$0]) }
        let expected = try model.probabilities(rows.features)
        var scores = [Double](repeating: .nan, count: values.count)
        var next = 0
        return Workload {
            scores[next] = try model.probabilities(values[next])[0]
            next = next + 1 == values.count ? 0 : next + 1
        } check: {
            let done = scores.indices.filter { !scores[$0].isNaN }
            _ = try requireAgreement(
                name, done.map { scores[$0] }, done.map { expected[$0] }, limit: 0
            ) { _ in 1 }
            return ["score": scores[done[0]]]
        }
    }
}
