// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import FeatureEngineering
public import LinearAlgebra

/// A sum of trees for a number, each grown to lower the loss of the ones before.
public struct GradientBoostingRegressor: Regressor {
    /// What the trees lower.
    public enum Loss: Codable, Hashable, Sendable {
        /// The squared error: predictions are means.
        case squared
        /// The deviance of counts of 0 or more: predictions are means, above 0.
        case poisson
        /// The loss whose least value is the quantile of this level, above 0 and below 1.
        case quantile(Double)
    }

    /// How the trees are grown, and how many.
    public var growth: BoostingGrowth

    /// What the trees lower.
    public var loss: Loss

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(_ growth: BoostingGrowth = BoostingGrowth(), loss: Loss = .squared) {
        self.growth = growth
        self.loss = loss
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        if case .quantile(let level) = loss, !(level > 0 && level < 1) {
            throw ModelError(.invalidRecipe, "a quantile of level \(level), not within 0 and 1")
        }
    }

    /// Boosts, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows with their targets.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `invalidValue` (counts below 0), `invalidSplit` or `cancelled`.
    /// - Complexity: O(rounds * rows * features).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> GradientBoostingRegressorModel {
        try fit(data, validation: nil, progress: progress)
    }

    /// Boosts, with early stopping by the loss of `validation`.
    ///
    /// - Parameters:
    ///   - data: rows with their targets.
    ///   - validation: rows of the same features, or `nil`.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `incompatible` for other features, and those of
    ///   ``fit(_:progress:)``.
    public func fit(
        _ data: RegressionData, validation: RegressionData?, progress: FitObserver? = nil
    ) throws(ModelError) -> GradientBoostingRegressorModel {
        try validate()
        return GradientBoostingRegressorModel(
            recipe: self,
            trees: try run(data, validation, start: nil, rounds: growth.roundCount, progress))
    }

    func run(
        _ data: RegressionData, _ validation: RegressionData?, start: TreeEnsemble?,
        rounds: Int, _ progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        var held: BoostingValidation?
        if let validation {
            guard validation.featureNames == data.featureNames else {
                throw ModelError(
                    .incompatible,
                    "validation rows of the features \(validation.featureNames), training rows of "
                        + "\(data.featureNames)")
            }
            if validation.allowsMissing, !data.allowsMissing { try validation.requireComplete() }
            held = BoostingValidation(
                features: validation.features, objective: try objective(validation.targets),
                weights: validation.weights)
        }
        return try BoostingFit(
            growth: growth, objective: try objective(data.targets), features: data.features,
            weights: data.weights, names: data.featureNames, allowsMissing: data.allowsMissing
        ).run(start: start, rounds: rounds, validation: held, progress: progress)
    }

    private func objective(_ targets: [Double]) throws(ModelError) -> BoostingObjective {
        switch loss {
        case .squared: return .squared(targets)
        case .poisson:
            if let row = targets.firstIndex(where: { $0 < 0 }) {
                throw ModelError(
                    .invalidValue, "the count of row \(row) is \(targets[row]), not 0 or more")
            }
            return .poisson(targets)
        case .quantile(let level): return .quantile(targets, level: level)
        }
    }
}

/// A fitted sum of trees for a number.
public struct GradientBoostingRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: GradientBoostingRegressor

    /// The trees; the output is the prediction, of counts its logarithm.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The number of rounds.
    public var roundCount: Int { trees.treeCount }

    /// The predicted number of every row.
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try trees.check(features)
        return numbers(trees.outputs(features))
    }

    /// The predictions after every `step` rounds, the last ones being those of the model.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Precondition: the step is positive.
    public func stagedPredictions(
        _ features: Matrix<Double>, every step: Int = 1
    ) throws(ModelError) -> [[Double]] {
        try trees.check(features)
        return trees.staged(features, every: step).map(numbers)
    }

    private func numbers(_ scores: [Double]) -> [Double] {
        guard recipe.loss == .poisson else { return scores }
        var means = scores
        credit_exp_f64(scores.count, scores, &means)
        return means
    }

    /// This model and more rounds, fitted to the same or to newer rows.
    ///
    /// - Parameters:
    ///   - count: the number of rounds.
    ///   - data: rows of the same features.
    ///   - progress: sees every round.
    /// - Throws: ``ModelError`` with code `incompatible`, and those of a fit.
    public func adding(
        rounds count: Int, from data: RegressionData, progress: FitObserver? = nil
    ) throws(ModelError) -> GradientBoostingRegressorModel {
        guard count >= 1, data.featureNames == featureNames,
            data.allowsMissing == trees.takesMissing
        else {
            throw ModelError(
                .incompatible,
                "\(count) rounds of the features \(data.featureNames) for a model of "
                    + "\(featureNames)")
        }
        var longer = recipe
        longer.growth.roundCount = roundCount + count
        return GradientBoostingRegressorModel(
            recipe: longer,
            trees: try longer.run(data, nil, start: trees, rounds: count, progress))
    }
}
