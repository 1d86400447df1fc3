// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A classifier of two classes with a threshold on its probabilities that is chosen on rows it has
/// not seen.
///
/// ```swift
/// let costs = try CostMatrix(falsePositive: 1, falseNegative: 5)
/// let model = try LogisticRegression().deciding(by: .leastCost(costs)).fit(data)
/// let declined = try model.decisions(applications)
/// ```
///
/// The threshold is tuned on the out-of-fold probabilities of all rows; the model is fitted to all
/// of them. ``DecisionRecipe`` does the same for recipes of tables, with the steps of their
/// pipelines fitted inside every fold.
public struct DecisionClassifier<Base: Classifier>: Classifier {
    /// The classifier below.
    public var base: Base

    /// How the threshold is found.
    public var rule: DecisionRule

    /// The number of folds for the out-of-fold probabilities, at least 2.
    public var foldCount: Int

    /// The seed of the folds.
    public var seed: UInt64

    /// A classifier with decisions; `base.deciding(by: rule)` is the same.
    public init(_ base: Base, _ rule: DecisionRule, foldCount: Int = 5, seed: UInt64 = 0) {
        self.base = base
        self.rule = rule
        self.foldCount = foldCount
        self.seed = seed
    }

    /// Checks the classifier below, the rule and the number of folds.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try base.validate()
        try rule.validate()
        guard foldCount >= 2 else {
            throw ModelError(.invalidRecipe, "\(foldCount) folds, at least 2 are needed")
        }
    }

    /// Fits the classifier inside every fold, where the rule needs rows, and to all rows.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - progress: sees every fold, or the fit to all rows where the rule needs none.
    /// - Throws: ``ModelError`` with the codes of the classifier, `tooManyClasses` for more than
    ///   two classes, and `invalidSplit` where a class has fewer rows than there are folds.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> DecisionClassifierModel<Base.Model> {
        try validate()
        try data.requireTwoClasses("a threshold")
        var observer = progress
        let threshold = try rule.threshold { () throws(ModelError) in
            observer = nil
            let data = try data.withoutWeightlessRows()
            let found = try CrossValidation(StratifiedKFold(foldCount: foldCount, seed: seed))
                .outOfFoldProbabilities(of: base, on: data, progress: progress)
            return (found.column(1).elements, data.labels.isPositive, data.weights)
        }
        return DecisionClassifierModel(try base.fit(data, progress: observer), threshold)
    }
}

extension Classifier {
    /// This classifier with decisions by a threshold.
    public func deciding(
        by rule: DecisionRule, foldCount: Int = 5, seed: UInt64 = 0
    ) -> DecisionClassifier<Self> {
        DecisionClassifier(self, rule, foldCount: foldCount, seed: seed)
    }
}
