// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Looks for the best hyperparameters of a recipe by cross-validation.
///
/// ```swift
/// let search = HyperparameterSearch(
///     .random(count: 30, seed: 1), CrossValidation(foldCount: 5), score: .logLoss)
/// let found = try search.run(space, on: loans, target: "class", positive: "2")
/// let model = try found.best.recipe.fit(loans, target: "class", positive: "2")
/// ```
///
/// All candidates see the same folds. Equal spaces, data and seeds give equal reports. A candidate
/// that cannot be fitted is kept with its error and is never the best.
///
/// The best score of a search is an optimistic estimate, as it was chosen for being the best;
/// nested cross-validation of a ``TunedRecipe`` gives an honest one.
public struct HyperparameterSearch<Split: Splitter>: Sendable {
    /// Which candidates are tried, and on how many rows.
    public enum Strategy: Codable, Hashable, Sendable {
        /// Every combination of listed values.
        case grid
        /// Recipes with random values.
        case random(count: Int, seed: UInt64)
        /// Random recipes, first all of them on few rows, then the best `1 / factor` of them on
        /// `factor` times as many, until the next step would need more rows than there are; the
        /// last ones are judged on all rows.
        ///
        /// Source: Jamieson and Talwalkar, AISTATS 2016, arXiv:1502.07943.
        case successiveHalving(count: Int, factor: Int = 3, minimumRows: Int, seed: UInt64)
    }

    /// Which candidates are tried.
    public var strategy: Strategy

    /// How a candidate is judged.
    public var validation: CrossValidation<Split>

    /// The score whose mean over the folds decides.
    public var score: SelectionScore

    /// A search; ``run(_:on:target:positive:weights:groups:times:progress:)`` checks it.
    public init(
        _ strategy: Strategy = .grid, _ validation: CrossValidation<Split>,
        score: SelectionScore = .rocAUC
    ) {
        self.strategy = strategy
        self.validation = validation
        self.score = score
    }

    /// Searches a space of recipes for tables.
    ///
    /// - Parameters:
    ///   - space: the recipe and what varies in it.
    ///   - table: all rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled.
    ///   - weights: one per row, for fits and scores.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every candidate that is done.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for the strategy, `invalidSplit`, the
    ///   error of the first candidate where none can be fitted, and `cancelled`.
    public func run<Recipe: TableRecipe>(
        _ space: SearchSpace<Recipe>, on table: Table, target: String, positive: String,
        weights: [Double]? = nil, groups: [String]? = nil, times: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> SearchReport<Recipe> {
        let labels = try table.classLabels(target, positive: positive)
        try ClassificationData.check(weights, rows: table.rowCount)
        return try run(space, labels: labels, progress) { recipe, rows throws(ModelError) in
            let weights = weights.map { taking(rows, of: $0) }
            let report = try validation.evaluate(
                recipe, on: rows.map { table[rows: $0] } ?? table, target: target,
                positive: positive, weights: weights,
                groups: groups.map { taking(rows, of: $0) },
                times: times.map { taking(rows, of: $0) })
            return try score.values(of: report, weights)
        }
    }

    /// Searches a space of classifiers.
    ///
    /// - Parameters:
    ///   - space: the classifier and what varies in it.
    ///   - data: rows of two classes, or of more where the score takes them.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every candidate that is done.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for the strategy, `invalidSplit`, the
    ///   error of the first candidate where none can be fitted, and `cancelled`.
    public func run<Recipe: Classifier>(
        _ space: SearchSpace<Recipe>, on data: ClassificationData, groups: [String]? = nil,
        times: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> SearchReport<Recipe> {
        try run(space, labels: data.labels, progress) { recipe, rows throws(ModelError) in
            let data =
                try rows.map { rows throws(ModelError) in
                    try data.selecting(rows: rows)
                } ?? data
            let groups = groups.map { taking(rows, of: $0) }
            let times = times.map { taking(rows, of: $0) }
            guard data.labels.classes.count > 2 else {
                let report = try validation.evaluate(
                    recipe, on: data, groups: groups, times: times)
                return try score.values(of: report, data.weights)
            }
            return try foldScores(
                of: recipe, on: data,
                SplitRows(labels: data.labels, groups: groups, times: times))
        }
    }

    private func taking<Element>(_ rows: [Int]?, of values: [Element]) -> [Element] {
        rows.map { values.gathering($0) } ?? values
    }
}
