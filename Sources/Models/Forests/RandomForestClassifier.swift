// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Many trees, each grown on rows drawn for it with splits among features drawn anew; the mean of
/// their class shares.
///
/// ```swift
/// let recipe = RandomForestClassifier(treeCount: 500, seed: 7)
/// let model = try recipe.fit(data)
/// let risk = try model.probabilities(applications)
/// let check = try model.outOfBag(data)
/// ```
///
/// Trees are grown on the threads of `LoopThreads`. Model bytes are the same for any number of them
/// and on every machine. Missing values, nominal and monotone features are as for
/// ``DecisionTreeClassifier``.
///
/// References: Breiman, Random forests, 2001, doi:10.1023/A:1010933404324; Geurts, Ernst and
/// Wehenkel, Extremely randomized trees, 2006, doi:10.1007/s10994-006-6226-1.
public struct RandomForestClassifier: Classifier {
    /// The number of trees.
    public var treeCount: Int

    /// Where trees end and how splits are found.
    public var growth: TreeGrowth

    /// What splits lower.
    public var criterion: SplitCriterion

    /// Which rows each tree is grown on.
    public var rows: RowSampling

    /// Whether the cut of each feature is drawn at random between its extremes, as in extremely
    /// randomised trees; the best feature is still chosen.
    public var hasRandomCuts: Bool

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// Whether classes are given the same weight within the rows of each tree.
    public var balancesEachTree: Bool

    /// What rows, features and cuts are drawn by.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        treeCount: Int = 100, growth: TreeGrowth = TreeGrowth(features: .squareRoot),
        criterion: SplitCriterion = .gini, rows: RowSampling = .bootstrap(),
        hasRandomCuts: Bool = false, classWeighting: ClassWeighting = .equal,
        balancesEachTree: Bool = false, seed: UInt64 = 0
    ) {
        self.treeCount = treeCount
        self.growth = growth
        self.criterion = criterion
        self.rows = rows
        self.hasRandomCuts = hasRandomCuts
        self.classWeighting = classWeighting
        self.balancesEachTree = balancesEachTree
        self.seed = seed
    }

    /// Extremely randomised trees: all rows in each tree, random cuts.
    public static func extraTrees(
        treeCount: Int = 100, growth: TreeGrowth = TreeGrowth(features: .squareRoot),
        criterion: SplitCriterion = .gini, seed: UInt64 = 0
    ) -> RandomForestClassifier {
        RandomForestClassifier(
            treeCount: treeCount, growth: growth, criterion: criterion, rows: .all,
            hasRandomCuts: true, seed: seed)
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
        try classWeighting.validate()
        if balancesEachTree, classWeighting != .equal {
            throw ModelError(
                .invalidRecipe, "class weights besides those that balance each tree")
        }
    }

    /// Grows the trees.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes, at most 256.
    ///   - progress: sees every tree.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for names that no feature has),
    ///   `tooManyClasses`, `invalidValue` (too many values for exact cuts) or `cancelled`.
    /// - Complexity: O(trees * rows * features per split * depth).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> RandomForestModel {
        RandomForestModel(
            recipe: self, classes: data.labels.classes,
            trees: try grow(on: data, after: nil, progress: progress))
    }

    /// A forest of all trees, the first of which are given or none.
    func grow(
        on data: ClassificationData, after first: TreeEnsemble?, progress: FitObserver?
    ) throws(ModelError) -> TreeEnsemble {
        try validate()
        try checkCancellation("a random forest")
        let fit = try ClassificationTreeFit(
            data, growth: growth, criterion: criterion, classWeighting: classWeighting,
            hasRandomCuts: hasRandomCuts)
        let rows = ForestRows(self.rows, weights: fit.weights)
        let (codes, classCount) = (data.labels.codes, data.labels.classes.count)
        let balances = balancesEachTree
        let series = TreeSeries(
            binned: fit.binned, plan: fit.plan, targets: fit.targets, seed: seed
        ) { _, random in
            let weights = rows.weights(&random)
            return balances
                ? balanced(weights, codes: codes, classCount: classCount) : weights
        }
        return try series.forest(
            of: treeCount, after: first, fit.ensemble(isAverage: true), progress: progress)
    }
}
