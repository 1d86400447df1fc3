// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for tables that looks for its hyperparameters in the rows it is fitted to.
///
/// Cross-validating it is nested tuning: every outer fold searches by itself, so that its score owes
/// nothing to rows that the search has seen.
///
/// ```swift
/// let tuned = TunedRecipe(space, by: search)
/// let honest = try CrossValidation(foldCount: 5, seeds: [1])
///     .evaluate(tuned, on: loans, target: "class", positive: "2")
/// ```
public struct TunedRecipe<Base: TableRecipe, Split: Splitter>: TableRecipe {
    /// The recipe and what varies in it.
    public var space: SearchSpace<Base>

    /// How the best one is found; its splitter must need neither groups nor times.
    public var search: HyperparameterSearch<Split>

    /// A recipe that is the best of `space` by `search`.
    public init(_ space: SearchSpace<Base>, by search: HyperparameterSearch<Split>) {
        self.space = space
        self.search = search
    }

    /// Searches, and fits the best recipe to all rows.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row.
    ///   - progress: sees every candidate.
    /// - Throws: ``ModelError`` with the codes of the search and of the recipe.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> Base.Model {
        let found = try search.run(
            space, on: table, target: target, positive: positive, weights: weights,
            progress: progress)
        return try found.best.recipe.fit(
            table, target: target, positive: positive, weights: weights, progress: nil)
    }
}
