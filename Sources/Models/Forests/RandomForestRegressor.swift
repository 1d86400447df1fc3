// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// The mean of many regression trees, each grown on rows drawn for it.
///
/// Threads, missing values, nominal and monotone features are as for ``RandomForestClassifier``.
public struct RandomForestRegressor: Regressor {
    /// The number of trees.
    public var treeCount: Int

    /// Where trees end and how splits are found.
    public var growth: TreeGrowth

    /// Which rows each tree is grown on.
    public var rows: RowSampling

    /// Whether the cut of each feature is drawn at random between its extremes.
    public var hasRandomCuts: Bool

    /// What rows, features and cuts are drawn by.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        treeCount: Int = 100, growth: TreeGrowth = TreeGrowth(),
        rows: RowSampling = .bootstrap(), hasRandomCuts: Bool = false, seed: UInt64 = 0
    ) {
        self.treeCount = treeCount
        self.growth = growth
        self.rows = rows
        self.hasRandomCuts = hasRandomCuts
        self.seed = seed
    }

    /// Extremely randomised trees: all rows in each tree, random cuts.
    public static func extraTrees(
        treeCount: Int = 100, growth: TreeGrowth = TreeGrowth(), seed: UInt64 = 0
    ) -> RandomForestRegressor {
        RandomForestRegressor(
            treeCount: treeCount, growth: growth, rows: .all, hasRandomCuts: true, seed: seed)
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        guard treeCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(treeCount) trees, not 1 or more")
        }
        try growth.validate()
        try rows.validate()
    }

    /// Grows the trees.
    ///
    /// - Parameters:
    ///   - data: rows with their targets.
    ///   - progress: sees every tree.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `invalidValue` (too many values for exact cuts) or `cancelled`.
    /// - Complexity: O(trees * rows * features per split * depth).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> RandomForestRegressorModel {
        RandomForestRegressorModel(
            recipe: self, trees: try grow(on: data, after: nil, progress: progress))
    }

    /// A forest of all trees, the first of which are given or none.
    func grow(
        on data: RegressionData, after first: TreeEnsemble?, progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        try validate()
        try checkCancellation("a random forest")
        let fit = try RegressionTreeFit(data, growth: growth, hasRandomCuts: hasRandomCuts)
        let rows = ForestRows(self.rows, weights: data.weights)
        let series = TreeSeries(
            binned: fit.binned, plan: fit.plan, targets: fit.targets, seed: seed
        ) { _, random in rows.weights(&random) }
        return try series.forest(
            of: treeCount, after: first, fit.ensemble(isAverage: true), progress: progress)
    }
}

/// A fitted regression forest.
public struct RandomForestRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: RandomForestRegressor

    /// The trees.
    public let trees: TreeEnsemble

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// The mean over the trees of the mean targets in each row's leaf.
    ///
    /// - Parameter features: the values (rows x features), NaN for missing ones where the training
    ///   data allowed them.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try trees.check(features)
        return trees.outputs(features)
    }

    /// Predictions of the training rows by the trees that did not see them; NaN for rows that all
    /// trees saw.
    ///
    /// - Parameter data: the training rows, row by row as in the fit.
    /// - Throws: ``ModelError`` with code `incompatible` for a forest whose trees saw all rows,
    ///   `wrongWidth` or `nonFinite`.
    public func outOfBagPredictions(_ data: RegressionData) throws(ModelError) -> [Double] {
        let (sums, counts) = try trees.outOfBagSums(
            data.features, rows: ForestRows(recipe.rows, weights: data.weights),
            seed: recipe.seed)
        return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
    }

    /// This forest and more trees, grown on the same or on newer rows.
    ///
    /// On the rows of the fit it is the forest that a recipe of that many trees gives.
    ///
    /// - Parameters:
    ///   - count: the number of trees to grow.
    ///   - data: rows of the same features.
    ///   - progress: sees every tree.
    /// - Throws: ``ModelError`` with code `incompatible`, and those of a fit.
    public func adding(
        trees count: Int, from data: RegressionData, progress: FitObserver? = nil
    ) throws(ModelError) -> RandomForestRegressorModel {
        guard count >= 1, data.featureNames == featureNames,
            data.allowsMissing == trees.takesMissing
        else {
            throw ModelError(
                .incompatible,
                "\(count) trees of the features \(data.featureNames) for a forest of "
                    + "\(featureNames)")
        }
        var larger = recipe
        larger.treeCount = trees.treeCount + count
        return RandomForestRegressorModel(
            recipe: larger, trees: try larger.grow(on: data, after: trees, progress: progress))
    }
}
