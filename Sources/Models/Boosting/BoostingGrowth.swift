// SPDX-License-Identifier: Apache-2.0

/// How the trees of a boosted sum are grown, and how many.
///
/// The value of a leaf is `G / (H + l2)`, `G` the sum of the negative gradients of its rows, moved
/// towards 0 by `l1`, and `H` the sum of their curvatures, times the learning rate. A split gains
/// half of what the sum of `G^2 / (H + l2)` grows by.
///
/// References: Friedman, Greedy function approximation, 2001, doi:10.1214/aos/1013203451; Chen and
/// Guestrin, XGBoost, 2016, doi:10.1145/2939672.2939785; Ke et al., LightGBM, 2017.
public struct BoostingGrowth: Codable, Hashable, Sendable {
    /// Which leaf is split next.
    public enum Order: String, Codable, Hashable, Sendable, CaseIterable {
        /// The one that gains most.
        case bestFirst
        /// The one nearest to the root.
        case byDepth
    }

    /// The most rounds; each adds a tree, or one for each of three and more classes.
    public var roundCount: Int

    /// What the values of every tree are multiplied by, above 0 and at most 1.
    public var learningRate: Double

    /// Which leaf is split next.
    public var order: Order

    /// The most leaves of a tree.
    public var leafLimit: Int

    /// The most splits between the root and a leaf; `nil` for no limit.
    public var depthLimit: Int?

    /// The least sum of curvatures in a leaf: of `w p (1 - p)` for classes, of the weights for
    /// squared error and quantiles, of the predictions for counts.
    public var minimumLeafCurvature: Double

    /// The least gain of a split.
    public var minimumGain: Double

    /// The penalty on the size of leaf values.
    public var l1: Double

    /// The penalty on the squares of leaf values.
    public var l2: Double

    /// The share of the rows that each round draws, without replacement.
    public var rowShare: Double

    /// The share of the features that each tree draws.
    public var featureShare: Double

    /// The most bins of a feature, 2 to 255.
    public var bins: Int

    /// The names of features whose values are names of levels; see ``TreeGrowth/nominal``.
    public var nominal: [String]

    /// What is added to the curvature of a level when levels are put in order.
    public var levelSmoothing: Double

    /// The features along which scores must not fall, or not rise.
    public var monotone: [MonotoneConstraint]

    /// Groups of features that may occur together on a way from root to leaf.
    ///
    /// A feature may be in several groups; one that is in none stands alone. Without groups all may
    /// occur together.
    public var interactions: [[String]]

    /// When to stop before all rounds; `nil` for never.
    public var earlyStopping: EarlyStopping?

    /// What rows and features are drawn by.
    public var seed: UInt64

    /// How trees are grown, and how many.
    public init(
        roundCount: Int = 100, learningRate: Double = 0.1, order: Order = .bestFirst,
        leafLimit: Int = 31, depthLimit: Int? = nil, minimumLeafCurvature: Double = 1,
        minimumGain: Double = 0, l1: Double = 0, l2: Double = 1, rowShare: Double = 1,
        featureShare: Double = 1, bins: Int = 255, nominal: [String] = [],
        levelSmoothing: Double = 10, monotone: [MonotoneConstraint] = [],
        interactions: [[String]] = [], earlyStopping: EarlyStopping? = nil, seed: UInt64 = 0
    ) {
        self.roundCount = roundCount
        self.learningRate = learningRate
        self.order = order
        self.leafLimit = leafLimit
        self.depthLimit = depthLimit
        self.minimumLeafCurvature = minimumLeafCurvature
        self.minimumGain = minimumGain
        self.l1 = l1
        self.l2 = l2
        self.rowShare = rowShare
        self.featureShare = featureShare
        self.bins = bins
        self.nominal = nominal
        self.levelSmoothing = levelSmoothing
        self.monotone = monotone
        self.interactions = interactions
        self.earlyStopping = earlyStopping
        self.seed = seed
    }

    /// What trees share with those of forests.
    var treeGrowth: TreeGrowth {
        TreeGrowth(
            depthLimit: depthLimit, leafLimit: leafLimit, minimumGain: minimumGain,
            cuts: .quantiles(bins: bins), nominal: nominal, monotone: monotone)
    }

    func validate() throws(ModelError) {
        try treeGrowth.validate()
        guard roundCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(roundCount) rounds, not 1 or more")
        }
        for (name, share) in [
            ("learning rate", learningRate), ("share of the rows", rowShare),
            ("share of the features", featureShare),
        ] where !(share > 0 && share <= 1) {
            throw ModelError(.invalidRecipe, "a \(name) of \(share), not above 0 and at most 1")
        }
        for (name, value) in [
            ("minimum leaf curvature", minimumLeafCurvature), ("l1", l1), ("l2", l2),
            ("level smoothing", levelSmoothing),
        ] where !(value >= 0 && value.isFinite) {
            throw ModelError(.invalidRecipe, "a \(name) of \(value), not finite and 0 or more")
        }
        if let empty = interactions.firstIndex(where: \.isEmpty) {
            throw ModelError(.invalidRecipe, "interaction group \(empty) has no features")
        }
        try earlyStopping?.validate()
    }
}
