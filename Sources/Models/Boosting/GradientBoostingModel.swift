// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import FeatureEngineering
public import LinearAlgebra

/// A fitted sum of trees for classes.
public struct GradientBoostingModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: GradientBoostingClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The trees; the output is the log odds of the second of two classes, or a score for every
    /// class.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The number of rounds.
    public var roundCount: Int { trees.treeCount / trees.outputCount }

    /// The sigmoid of the log odds, or the softmax of the scores (rows x classes).
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * trees * depth).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try trees.check(features)
        return probabilities(scores: trees.outputs(features))
    }

    /// The log odds of the second of two classes, or the score of every class
    /// (rows x 1, rows x classes).
    ///
    /// - Parameter features: as for ``classProbabilities(_:)``.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func scores(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try trees.check(features)
        return Matrix(
            rowCount: features.rowCount, columnCount: trees.outputCount,
            elements: trees.outputs(features))
    }

    /// The class probabilities after every `step` rounds, the last ones being those of the model.
    ///
    /// - Parameters:
    ///   - features: as for ``classProbabilities(_:)``.
    ///   - step: the rounds from one stage to the next.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Precondition: the step is positive.
    public func stagedProbabilities(
        _ features: Matrix<Double>, every step: Int = 1
    ) throws(ModelError) -> [Matrix<Double>] {
        try trees.check(features)
        return trees.staged(features, every: step).map { probabilities(scores: $0) }
    }

    private func probabilities(scores: [Double]) -> Matrix<Double> {
        var values = scores
        let width = classes.count
        if width == 2 {
            credit_sigmoid_f64(scores.count, scores, &values)
        } else {
            credit_softmax_f64(scores.count / width, width, scores, &values)
        }
        return trees.probabilities(
            values, rowCount: scores.count / trees.outputCount, classCount: width)
    }

    /// This model and more rounds, fitted to the same or to newer rows.
    ///
    /// On the rows of the fit, without early stopping, it is the model that a recipe of that many
    /// rounds gives.
    ///
    /// - Parameters:
    ///   - count: the number of rounds.
    ///   - data: rows of the same features and classes.
    ///   - progress: sees every round.
    /// - Throws: ``ModelError`` with code `incompatible`, and those of a fit.
    public func adding(
        rounds count: Int, from data: ClassificationData, progress: FitObserver? = nil
    ) throws(ModelError) -> GradientBoostingModel {
        guard count >= 1, data.featureNames == featureNames, data.labels.classes == classes,
            data.allowsMissing == trees.takesMissing
        else {
            throw ModelError(
                .incompatible,
                "\(count) rounds of the features \(data.featureNames) and classes "
                    + "\(data.labels.classes), for a model of \(featureNames) and \(classes)")
        }
        var longer = recipe
        longer.growth.roundCount = roundCount + count
        return GradientBoostingModel(
            recipe: longer, classes: classes,
            trees: try longer.run(data, nil, start: trees, rounds: count, progress))
    }
}

extension TreeEnsemble {
    /// The outputs after every `step` rounds of a sum.
    func staged(_ features: Matrix<Double>, every step: Int) -> [[Double]] {
        precondition(step > 0, "a stage of \(step) rounds")
        let prepared = prepared(features)
        var sums = [Double](repeating: 0, count: features.rowCount * outputCount)
        var stages: [[Double]] = []
        for start in stride(from: 0, to: treeCount, by: step * outputCount) {
            add(start..<min(start + step * outputCount, treeCount), of: prepared, to: &sums)
            stages.append(
                sums.indices.map { sums[$0] + baseValues[$0 % outputCount] })
        }
        return stages
    }
}
