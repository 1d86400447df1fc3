// SPDX-License-Identifier: Apache-2.0

/// How a tree is grown: where it ends, which features a split may use, and how.
///
/// Decision trees, forests and boosting share it. Weights count in all limits: a row of weight 2 is
/// two rows.
public struct TreeGrowth: Codable, Hashable, Sendable {
    /// The most splits between the root and a leaf; `nil` for no limit.
    public var depthLimit: Int?

    /// The most leaves of a tree, which is then grown where the next split gains most; `nil` for no
    /// limit.
    public var leafLimit: Int?

    /// The least weight of a node that is split.
    public var minimumSplitWeight: Double

    /// The least weight of a leaf.
    public var minimumLeafWeight: Double

    /// The least gain of a split: by how much it lowers the impurity, times the node's share of the
    /// training weight.
    public var minimumGain: Double

    /// How many features are looked at in each split.
    public var features: FeatureSampling

    /// Where a feature may be cut.
    public var cuts: CutPoints

    /// The names of features whose values are names of levels, not amounts.
    ///
    /// A split sends any set of levels to one side. The most frequent 255 levels are told apart;
    /// rarer and unknown ones go the way of missing values.
    public var nominal: [String]

    /// The features along which predictions must not fall, or not rise.
    public var monotone: [MonotoneConstraint]

    /// How a tree is grown.
    public init(
        depthLimit: Int? = nil, leafLimit: Int? = nil, minimumSplitWeight: Double = 0,
        minimumLeafWeight: Double = 0, minimumGain: Double = 0, features: FeatureSampling = .all,
        cuts: CutPoints = .quantiles(), nominal: [String] = [],
        monotone: [MonotoneConstraint] = []
    ) {
        self.depthLimit = depthLimit
        self.leafLimit = leafLimit
        self.minimumSplitWeight = minimumSplitWeight
        self.minimumLeafWeight = minimumLeafWeight
        self.minimumGain = minimumGain
        self.features = features
        self.cuts = cuts
        self.nominal = nominal
        self.monotone = monotone
    }

    /// Checks the limits.
    func validate() throws(ModelError) {
        if let depthLimit, depthLimit < 1 {
            throw ModelError(.invalidRecipe, "a depth of at most \(depthLimit), not 1 or more")
        }
        if let leafLimit, leafLimit < 2 {
            throw ModelError(.invalidRecipe, "at most \(leafLimit) leaves, not 2 or more")
        }
        for (name, value) in [
            ("minimum split weight", minimumSplitWeight),
            ("minimum leaf weight", minimumLeafWeight), ("minimum gain", minimumGain),
        ] where !(value >= 0 && value.isFinite) {
            throw ModelError(.invalidRecipe, "a \(name) of \(value), not finite and 0 or more")
        }
        try features.validate()
        try cuts.validate()
        guard Set(nominal).count == nominal.count else {
            throw ModelError(.invalidRecipe, "a nominal feature is named twice in \(nominal)")
        }
        let directed = monotone.map(\.feature)
        guard Set(directed).count == directed.count else {
            throw ModelError(.invalidRecipe, "a monotone feature is named twice in \(directed)")
        }
        if let both = directed.first(where: { nominal.contains($0) }) {
            throw ModelError(.invalidRecipe, "'\(both)' is both nominal and monotone")
        }
    }

    /// The positions of the nominal features, and the direction of every feature.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a name that no feature has.
    func resolved(
        _ names: [String]
    ) throws(ModelError) -> (nominal: Set<Int>, directions: [Int32]) {
        var positions: Set<Int> = []
        for name in nominal { positions.insert(try position(of: name, in: names)) }
        var directions = [Int32](repeating: 0, count: names.count)
        for constraint in monotone {
            directions[try position(of: constraint.feature, in: names)] =
                constraint.direction == .increasing ? 1 : -1
        }
        return (positions, directions)
    }

    private func position(of name: String, in names: [String]) throws(ModelError) -> Int {
        guard let position = names.firstIndex(of: name) else {
            throw ModelError(.invalidRecipe, "no feature is named '\(name)' in \(names)")
        }
        return position
    }
}

/// A feature along which predictions must not fall, or not rise, all others being equal.
public struct MonotoneConstraint: Codable, Hashable, Sendable {
    /// Which way predictions may go as the feature grows.
    public enum Direction: String, Codable, Hashable, Sendable {
        /// Never down.
        case increasing
        /// Never up.
        case decreasing
    }

    /// The name of the feature.
    public var feature: String

    /// Which way predictions may go.
    public var direction: Direction

    /// A constraint on one feature.
    public init(_ feature: String, _ direction: Direction) {
        self.feature = feature
        self.direction = direction
    }
}
