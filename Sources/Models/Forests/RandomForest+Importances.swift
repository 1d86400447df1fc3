// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension RandomForestModel {
    /// How much accuracy each tree loses on the rows that it did not see when a feature's values
    /// are dealt to other ones of these rows.
    ///
    /// No other data are needed. The losses of a feature are one for each tree that has rows out of
    /// its bag; the score is the mean accuracy of the trees on them. It is a measure of single
    /// trees: whole forests lose less. The rows that each tree drew are drawn again by the seed,
    /// so the data must be those of the fit, row by row.
    ///
    /// - Parameters:
    ///   - data: the training rows; their weights count in the accuracy.
    ///   - repeatCount: how often each feature is shuffled for each tree, at least 1.
    ///   - seed: the seed of the shuffles.
    /// - Throws: ``ModelError`` with code `incompatible` for other features or classes or a forest
    ///   whose trees saw all rows, `invalidRecipe`, `nonFinite` or `cancelled`.
    /// - Complexity: O(trees * features * repetitions * rows * depth).
    ///
    /// Reference: Breiman, Random forests, 2001, doi:10.1023/A:1010933404324.
    public func outOfBagImportances(
        _ data: ClassificationData, repeatCount: Int = 1, seed: UInt64 = 0
    ) throws(ModelError) -> FeatureImportances {
        guard data.featureNames == featureNames, data.labels.classes == classes else {
            throw ModelError(
                .incompatible,
                "features \(data.featureNames) and classes \(data.labels.classes) for a forest of "
                    + "\(featureNames) and \(classes)")
        }
        let (codes, classCount) = (data.labels.codes, classes.count)
        return try trees.outOfBagLosses(
            data.features, rows: ForestRows(recipe.rows, weights: data.weights),
            treeSeed: recipe.seed, repeatCount: repeatCount, seed: seed, name: "accuracy", sign: 1
        ) { outputs, rows in
            let hits = rows.enumerated().map { index, row -> Double in
                guard classCount > 2 else {
                    return (outputs[index] > 0.5) == (codes[row] == 1) ? 1 : 0
                }
                let own = outputs[index * classCount..<(index + 1) * classCount]
                let best = own.indices.first { own[$0] == own.max() } ?? own.startIndex
                return best - own.startIndex == codes[row] ? 1 : 0
            }
            return weightedMean(hits, rows.map { data.weights[$0] })
        }
    }
}

extension RandomForestRegressorModel {
    /// How much the squared error of each tree grows on the rows that it did not see when a
    /// feature's values are dealt to other ones of these rows.
    ///
    /// As ``RandomForestModel/outOfBagImportances(_:repeatCount:seed:)``, with the mean squared
    /// error as the score.
    ///
    /// - Throws: ``ModelError`` with code `incompatible`, `invalidRecipe`, `nonFinite` or
    ///   `cancelled`.
    public func outOfBagImportances(
        _ data: RegressionData, repeatCount: Int = 1, seed: UInt64 = 0
    ) throws(ModelError) -> FeatureImportances {
        guard data.featureNames == featureNames else {
            throw ModelError(
                .incompatible,
                "features \(data.featureNames) for a forest of \(featureNames)")
        }
        return try trees.outOfBagLosses(
            data.features, rows: ForestRows(recipe.rows, weights: data.weights),
            treeSeed: recipe.seed, repeatCount: repeatCount, seed: seed,
            name: "mean squared error", sign: -1
        ) { outputs, rows in
            let squares = rows.enumerated().map { index, row in
                (outputs[index] - data.targets[row]) * (outputs[index] - data.targets[row])
            }
            return weightedMean(squares, rows.map { data.weights[$0] })
        }
    }
}

extension TreeEnsemble {
    /// The loss of `score` of each tree's own outputs of rows, when features are shuffled.
    fileprivate func outOfBagLosses(
        _ features: Matrix<Double>, rows: ForestRows, treeSeed: UInt64, repeatCount: Int,
        seed: UInt64, name: String, sign: Double, score: ([Double], [Int]) -> Double
    ) throws(ModelError) -> FeatureImportances {
        guard repeatCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(repeatCount) repetitions, not 1 or more")
        }
        guard rows.sampling != .all else {
            throw ModelError(.incompatible, "each tree saw all rows, none is out of its bag")
        }
        try check(features)
        let prepared = prepared(features)
        let stream = RandomStream(seed: seed)
        var scores: [Double] = []
        var losses = [[Double]](repeating: [], count: featureNames.count)
        for tree in 0..<treeCount {
            try checkCancellation("importances out of bag, tree \(tree)")
            let own = rows.outOfBag(seed: treeSeed, tree: tree)
            guard !own.isEmpty else { continue }
            var part = prepared.gatheringRows(own)
            func current() -> Double {
                var outputs = [Double](repeating: 0, count: own.count * outputCount)
                add(tree..<tree + 1, of: part, to: &outputs)
                return score(outputs, own)
            }
            let before = current()
            scores.append(before)
            for feature in featureNames.indices {
                let values = part.column(feature).elements
                var sum = 0.0
                for repetition in 0..<repeatCount {
                    var generator = stream.child("tree", tree)
                        .child("feature", feature).child("repetition", repetition)
                    let order = generator.permutation(own.count)
                    for (row, other) in order.enumerated() { part[row, feature] = values[other] }
                    sum += sign * (before - current())
                }
                for (row, value) in values.enumerated() { part[row, feature] = value }
                losses[feature].append(sum / Double(repeatCount))
            }
        }
        guard !scores.isEmpty else {
            throw ModelError(.incompatible, "no tree has a row out of its bag")
        }
        return FeatureImportances(
            scoreName: "\(name) of trees out of bag",
            score: scores.reduce(0, +) / Double(scores.count),
            features: featureNames.enumerated().map { index, name in
                FeatureImportances.Feature(name: name, losses: losses[index])
            })
    }
}
