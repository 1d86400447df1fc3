// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A sum of trees for a number, each grown to lower a loss of your own.
///
/// Growth, missing values and bytes are as for ``GradientBoostingRegressor``.
public struct CustomBoostingRegressor<Loss: BoostingLoss>: Regressor {
    /// What the trees lower.
    public var loss: Loss

    /// How the trees are grown, and how many.
    public var growth: BoostingGrowth

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(_ loss: Loss, growth: BoostingGrowth = BoostingGrowth()) {
        self.loss = loss
        self.growth = growth
    }

    /// Checks the hyperparameters and those of the loss.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        try loss.validate()
    }

    /// Boosts, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows with their targets.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `nonFinite` (the loss), `invalidSplit` or `cancelled`.
    /// - Complexity: O(rounds * rows * features).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> CustomBoostingRegressorModel<Loss> {
        try validate()
        let trees = try BoostingFit(
            growth: growth,
            objective: .custom(CustomObjective(targets: data.targets, loss: loss)),
            features: data.features, weights: data.weights, names: data.featureNames,
            allowsMissing: data.allowsMissing
        ).run(start: nil, rounds: growth.roundCount, validation: nil, progress: progress)
        return CustomBoostingRegressorModel(recipe: self, trees: trees)
    }
}

/// A fitted sum of trees for a number by a loss of your own.
public struct CustomBoostingRegressorModel<Loss: BoostingLoss>: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: CustomBoostingRegressor<Loss>

    /// The trees; the output is the score.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The loss's prediction of the score of every row.
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try trees.check(features)
        return trees.outputs(features).map { recipe.loss.prediction(score: $0) }
    }
}
