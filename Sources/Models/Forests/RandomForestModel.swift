// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A fitted classification forest.
public struct RandomForestModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: RandomForestClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The trees; the output is the probability of the second of two classes, or of every class.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The mean over the trees of the shares of the classes in each row's leaf (rows x classes).
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * trees * depth).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try trees.check(features)
        return trees.classProbabilities(features, classCount: classes.count)
    }

    /// Probabilities of the training rows by the trees that did not see them.
    ///
    /// The rows that each tree drew are drawn again by the seed, so the data must be those of the
    /// fit, row by row.
    ///
    /// - Parameter data: the training rows.
    /// - Throws: ``ModelError`` with code `incompatible` for other features or classes or a forest
    ///   whose trees saw all rows, `wrongWidth` or `nonFinite`.
    /// - Complexity: As a prediction of the training rows.
    public func outOfBag(_ data: ClassificationData) throws(ModelError) -> OutOfBagEstimate {
        guard data.featureNames == featureNames, data.labels.classes == classes else {
            throw ModelError(
                .incompatible,
                "features \(data.featureNames) and classes \(data.labels.classes) for a forest of "
                    + "\(featureNames) and \(classes)")
        }
        let (sums, counts) = try trees.outOfBagSums(
            data.features, rows: ForestRows(recipe.rows, weights: data.weights),
            seed: recipe.seed)
        let outputs = trees.outputCount
        var means = sums
        for index in means.indices {
            let count = counts[index / outputs]
            means[index] = count > 0 ? means[index] / Double(count) : .nan
        }
        let kept = counts.indices.filter { counts[$0] > 0 }
        return OutOfBagEstimate(
            rows: kept,
            probabilities: trees.probabilities(
                kept.flatMap { means[$0 * outputs..<($0 + 1) * outputs] },
                rowCount: kept.count, classCount: classes.count),
            treeCounts: kept.map { counts[$0] })
    }

    /// This forest and more trees, grown on the same or on newer rows.
    ///
    /// On the rows of the fit it is the forest that a recipe of that many trees gives.
    ///
    /// - Parameters:
    ///   - count: the number of trees to grow.
    ///   - data: rows of the same features and classes.
    ///   - progress: sees every tree.
    /// - Throws: ``ModelError`` with code `incompatible`, and those of a fit.
    public func adding(
        trees count: Int, from data: ClassificationData, progress: FitObserver? = nil
    ) throws(ModelError) -> RandomForestModel {
        guard count >= 1, data.featureNames == featureNames, data.labels.classes == classes,
            data.allowsMissing == trees.takesMissing
        else {
            throw ModelError(
                .incompatible,
                "\(count) trees of the features \(data.featureNames) and classes "
                    + "\(data.labels.classes), for a forest of \(featureNames) and \(classes)")
        }
        var larger = recipe
        larger.treeCount = trees.treeCount + count
        return RandomForestModel(
            recipe: larger, classes: classes,
            trees: try larger.grow(on: data, after: trees, progress: progress))
    }
}

/// Predictions of training rows by trees that did not see them.
public struct OutOfBagEstimate: Sendable, Equatable {
    /// The rows that at least one tree did not see, ascending.
    public let rows: [Int]

    /// The probability of every class for each of these rows (rows x classes).
    public let probabilities: Matrix<Double>

    /// The number of trees that did not see each of these rows.
    public let treeCounts: [Int]
}

extension TreeEnsemble {
    /// The sum of the outputs of the trees that did not see a row, and how many they are.
    func outOfBagSums(
        _ features: Matrix<Double>, rows: ForestRows, seed: UInt64
    ) throws(ModelError) -> (sums: [Double], counts: [Int]) {
        guard rows.sampling != .all else {
            throw ModelError(.incompatible, "each tree saw all rows, none is out of its bag")
        }
        try check(features)
        let prepared = prepared(features)
        var sums = [Double](repeating: 0, count: features.rowCount * outputCount)
        var counts = [Int](repeating: 0, count: features.rowCount)
        for tree in 0..<treeCount {
            let own = rows.outOfBag(seed: seed, tree: tree)
            let part = prepared.gatheringRows(own)
            var values = [Double](repeating: 0, count: own.count * outputCount)
            add(tree..<tree + 1, of: part, to: &values)
            for (index, row) in own.enumerated() {
                counts[row] += 1
                for k in 0..<outputCount {
                    sums[row * outputCount + k] += values[index * outputCount + k]
                }
            }
        }
        return (sums, counts)
    }
}
