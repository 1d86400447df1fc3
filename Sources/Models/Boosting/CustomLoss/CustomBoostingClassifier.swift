// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A sum of trees for two classes, each grown to lower a loss of your own.
///
/// Growth, missing values and bytes are as for ``GradientBoostingClassifier``.
public struct CustomBoostingClassifier<Loss: BoostingLoss>: Classifier {
    /// What the trees lower; its targets are 0 and 1, its predictions probabilities.
    public var loss: Loss

    /// How the trees are grown, and how many.
    public var growth: BoostingGrowth

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ loss: Loss, growth: BoostingGrowth = BoostingGrowth(),
        classWeighting: ClassWeighting = .equal
    ) {
        self.loss = loss
        self.growth = growth
        self.classWeighting = classWeighting
    }

    /// Checks the hyperparameters and those of the loss.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        try classWeighting.validate()
        try loss.validate()
    }

    /// Boosts, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `tooManyClasses`, `nonFinite` (the loss), `invalidSplit` or `cancelled`.
    /// - Complexity: O(rounds * rows * features).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> CustomBoostingModel<Loss> {
        try validate()
        try data.requireTwoClasses("boosting with a loss of one score")
        let factors = try classWeighting.factors(data.classWeights)
        let weights = zip(data.weights, data.labels.codes).map { $0 * factors[$1] }
        let targets = data.labels.codes.map { Double($0) }
        let trees = try BoostingFit(
            growth: growth, objective: .custom(CustomObjective(targets: targets, loss: loss)),
            features: data.features, weights: weights, names: data.featureNames,
            allowsMissing: data.allowsMissing
        ).run(start: nil, rounds: growth.roundCount, validation: nil, progress: progress)
        return CustomBoostingModel(recipe: self, classes: data.labels.classes, trees: trees)
    }
}

/// A fitted sum of trees for two classes by a loss of your own.
public struct CustomBoostingModel<Loss: BoostingLoss>: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: CustomBoostingClassifier<Loss>

    /// The names of the two classes, in the order of the probability columns.
    public let classes: [String]

    /// The trees; the output is the score.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The loss's prediction of each score, and its complement (rows x 2).
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, or `invalidValue` for a
    ///   prediction that is no probability.
    /// - Complexity: O(rows * trees * depth).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try trees.check(features)
        var elements: [Double] = []
        for (row, score) in trees.outputs(features).enumerated() {
            let positive = recipe.loss.prediction(score: score)
            guard positive >= 0, positive <= 1 else {
                throw ModelError(
                    .invalidValue,
                    "row \(row): the loss '\(Loss.kind)' predicts \(positive) for the score "
                        + "\(score), not within 0...1")
            }
            elements += [1 - positive, positive]
        }
        return Matrix(rowCount: features.rowCount, columnCount: 2, elements: elements)
    }
}
