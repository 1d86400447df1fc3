// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for tables with a threshold on its probabilities that is
/// chosen on rows it has not seen.
///
/// ```swift
/// let costs = try CostMatrix.loan(returnOnInvestment: 0.2644, lossGivenDefault: 0.6)
/// let recipe = DecisionRecipe(scorecard, .leastCost(costs))
/// let model = try recipe.fit(loans, target: "class", positive: "2")
/// let declined = try model.decisions(in: applications)
/// ```
///
/// The threshold is tuned on the out-of-fold probabilities of all rows; the model is fitted to all
/// of them. It gives the probabilities of the recipe below, and decisions besides.
public struct DecisionRecipe<Base: TableRecipe>: TableRecipe
where Base.Model: ModelFileContent & Equatable {
    /// The recipe below.
    public var base: Base

    /// How the threshold is found.
    public var rule: DecisionRule

    /// The number of folds for the out-of-fold probabilities, at least 2.
    public var foldCount: Int

    /// The seed of the folds.
    public var seed: UInt64

    /// A recipe with decisions.
    public init(_ base: Base, _ rule: DecisionRule, foldCount: Int = 5, seed: UInt64 = 0) {
        self.base = base
        self.rule = rule
        self.foldCount = foldCount
        self.seed = seed
    }

    /// Fits the recipe inside every fold, where the rule needs rows, and to all rows.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row.
    ///   - progress: sees every fold, or the fit to all rows where the rule needs none.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidSplit`, and those of the recipe.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> DecisionModel<Base.Model> {
        try rule.validate()
        var observer = progress
        let threshold = try rule.threshold { () throws(ModelError) in
            observer = nil
            let labels = try table.classLabels(target, positive: positive)
            let found = try CrossValidation(StratifiedKFold(foldCount: foldCount, seed: seed))
                .outOfFoldProbabilities(
                    of: base, on: table, target: target, positive: positive, weights: weights,
                    progress: progress)
            return (found, labels.isPositive, weights)
        }
        let model = try base.fit(
            table, target: target, positive: positive, weights: weights, progress: observer)
        return DecisionModel(model, threshold)
    }
}

extension DecisionRecipe: Equatable where Base: Equatable {}
extension DecisionRecipe: Hashable where Base: Hashable {}
extension DecisionRecipe: Decodable where Base: Decodable {}
extension DecisionRecipe: Encodable where Base: Encodable {}
