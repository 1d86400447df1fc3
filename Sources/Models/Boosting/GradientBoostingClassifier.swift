// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A sum of trees, each grown to lower the log loss of the ones before.
///
/// ```swift
/// let recipe = GradientBoostingClassifier(
///     BoostingGrowth(roundCount: 300, learningRate: 0.05, depthLimit: 3, nominal: ["purpose"]))
/// let model = try recipe.fit(data)
/// let risk = try model.probabilities(applications)
/// ```
///
/// Features are put into at most 255 bins. Missing values are allowed where
/// ``ClassificationData/allowsMissing`` says so and go where they gain more. Model bytes are the
/// same for any number of threads and on every machine. Other than equal class weights move
/// probabilities away from the population's; calibrate them afterwards.
public struct GradientBoostingClassifier: Classifier {
    /// How the trees are grown, and how many.
    public var growth: BoostingGrowth

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        _ growth: BoostingGrowth = BoostingGrowth(), classWeighting: ClassWeighting = .equal
    ) {
        self.growth = growth
        self.classWeighting = classWeighting
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        try classWeighting.validate()
    }

    /// Boosts, with early stopping by rows held out of `data` where the recipe says so.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `tooManyClasses` (monotone features), `invalidSplit` or `cancelled`.
    /// - Complexity: O(rounds * classes * rows * features).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> GradientBoostingModel {
        try fit(data, validation: nil, progress: progress)
    }

    /// Boosts, with early stopping by the loss of `validation`.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - validation: rows of the same features and classes, or `nil`.
    ///   - progress: sees every round, with the validation loss where there is one.
    /// - Throws: ``ModelError`` with code `incompatible` for other features or classes, and those
    ///   of ``fit(_:progress:)``.
    public func fit(
        _ data: ClassificationData, validation: ClassificationData?,
        progress: FitObserver? = nil
    ) throws(ModelError) -> GradientBoostingModel {
        try validate()
        return GradientBoostingModel(
            recipe: self, classes: data.labels.classes,
            trees: try run(data, validation, start: nil, rounds: growth.roundCount, progress))
    }

    func run(
        _ data: ClassificationData, _ validation: ClassificationData?, start: TreeEnsemble?,
        rounds: Int, _ progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        let factors = try classWeighting.factors(data.classWeights)
        func weights(_ rows: ClassificationData) -> [Double] {
            classWeighting == .equal
                ? rows.weights : zip(rows.weights, rows.labels.codes).map { $0 * factors[$1] }
        }
        var held: BoostingValidation?
        if let validation {
            guard validation.featureNames == data.featureNames,
                validation.labels.classes == data.labels.classes
            else {
                throw ModelError(
                    .incompatible,
                    "validation rows of the features \(validation.featureNames) and classes "
                        + "\(validation.labels.classes), training rows of \(data.featureNames) "
                        + "and \(data.labels.classes)")
            }
            if validation.allowsMissing, !data.allowsMissing { try validation.requireComplete() }
            held = BoostingValidation(
                features: validation.features, objective: objective(validation.labels),
                weights: weights(validation))
        }
        return try BoostingFit(
            growth: growth, objective: objective(data.labels), features: data.features,
            weights: weights(data), names: data.featureNames, allowsMissing: data.allowsMissing
        ).run(start: start, rounds: rounds, validation: held, progress: progress)
    }

    private func objective(_ labels: ClassLabels) -> BoostingObjective {
        labels.classes.count == 2
            ? .logistic(labels.codes.map { Double($0) })
            : .multinomial(labels.codes, classCount: labels.classes.count)
    }
}
