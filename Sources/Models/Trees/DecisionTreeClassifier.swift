// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// One classification tree (CART): splits by one feature at a time that lower an impurity most.
///
/// ```swift
/// let recipe = DecisionTreeClassifier(growth: TreeGrowth(depthLimit: 4), pruning: 0.005)
/// let model = try recipe.fit(data)
/// print(model.trees.rules(ofTree: 0))
/// ```
///
/// Missing values are allowed where ``ClassificationData/allowsMissing`` says so: each split sends
/// them to the side where they gain more. Nominal features and monotone ones are named in
/// ``growth``. Model bytes are the same on every machine.
///
/// Reference: Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984,
/// doi:10.1201/9781315139470.
public struct DecisionTreeClassifier: Classifier {
    /// Where the tree ends and how splits are found.
    public var growth: TreeGrowth

    /// What splits lower.
    public var criterion: SplitCriterion

    /// The cost of a leaf, 0 or more: the tree is pruned to the one of least impurity plus cost.
    public var pruning: Double

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// For the features that are drawn, where ``TreeGrowth/features`` are not all.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        growth: TreeGrowth = TreeGrowth(), criterion: SplitCriterion = .gini, pruning: Double = 0,
        classWeighting: ClassWeighting = .equal, seed: UInt64 = 0
    ) {
        self.growth = growth
        self.criterion = criterion
        self.pruning = pruning
        self.classWeighting = classWeighting
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try growth.validate()
        try classWeighting.validate()
        guard pruning >= 0, pruning.isFinite else {
            throw ModelError(.invalidRecipe, "a leaf cost of \(pruning), not finite and 0 or more")
        }
    }

    /// Grows a tree and prunes it.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes, at most 256.
    ///   - progress: sees the grown tree.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `tooManyClasses`, `invalidValue` (too many values for exact cuts) or `cancelled`.
    /// - Complexity: O(rows * features * depth).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> DecisionTreeModel {
        let (tree, ensemble) = try grow(data, progress: progress)
        var trees = ensemble
        trees.append(
            tree.pruned(
                cost: pruning, totalWeight: tree.covers[0], outputs: trees.outputCount))
        return DecisionTreeModel(recipe: self, classes: data.labels.classes, trees: trees)
    }

    /// The costs of a leaf at which pruning takes more of the tree away, ascending from 0, and the
    /// impurity of the leaves that are left.
    ///
    /// - Parameter data: as for a fit.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``.
    public func pruningPath(
        _ data: ClassificationData
    ) throws(ModelError) -> [(cost: Double, impurity: Double)] {
        let (tree, _) = try grow(data, progress: nil)
        return tree.pruningPath(totalWeight: tree.covers[0])
    }

    private func grow(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> (GrownTree, TreeEnsemble) {
        try validate()
        try checkCancellation("a decision tree")
        let fit = try ClassificationTreeFit(
            data, growth: growth, criterion: criterion, classWeighting: classWeighting,
            tracksImpurity: true)
        let weights = fit.weights
        let series = TreeSeries(
            binned: fit.binned, plan: fit.plan, targets: fit.targets, seed: seed
        ) { _, _ in weights }
        let tree = try series.tree(progress: progress)
        return (tree, fit.ensemble(isAverage: false))
    }
}
