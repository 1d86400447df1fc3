// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// One regression tree (CART): splits that lower the squared error most.
///
/// Missing values, nominal and monotone features are as for ``DecisionTreeClassifier``.
public struct DecisionTreeRegressor: Regressor {
    /// Where the tree ends and how splits are found.
    public var growth: TreeGrowth

    /// The cost of a leaf, 0 or more: the tree is pruned to the one of least squared error, per
    /// unit of weight, plus cost.
    public var pruning: Double

    /// For the features that are drawn, where ``TreeGrowth/features`` are not all.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(growth: TreeGrowth = TreeGrowth(), pruning: Double = 0, seed: UInt64 = 0) {
        self.growth = growth
        self.pruning = pruning
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        guard pruning >= 0, pruning.isFinite else {
            throw ModelError(.invalidRecipe, "a leaf cost of \(pruning), not finite and 0 or more")
        }
    }

    /// Grows a tree and prunes it.
    ///
    /// - Parameters:
    ///   - data: rows with their targets.
    ///   - progress: sees the grown tree.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `invalidValue` (too many values for exact cuts) or `cancelled`.
    /// - Complexity: O(rows * features * depth).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> DecisionTreeRegressorModel {
        try validate()
        try checkCancellation("a decision tree")
        let fit = try RegressionTreeFit(data, growth: growth, tracksImpurity: true)
        let series = TreeSeries(
            binned: fit.binned, plan: fit.plan, targets: fit.targets, seed: seed
        ) { _, _ in data.weights }
        let tree = try series.tree(progress: progress)
        var trees = fit.ensemble(isAverage: false)
        trees.append(tree.pruned(cost: pruning, totalWeight: tree.covers[0], outputs: 1))
        return DecisionTreeRegressorModel(recipe: self, trees: trees)
    }
}
