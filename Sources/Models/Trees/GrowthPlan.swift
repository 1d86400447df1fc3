// SPDX-License-Identifier: Apache-2.0

/// A growth recipe, resolved for the features and the target of one fit.
struct GrowthPlan: Sendable {
    /// 1 for a number, else the number of classes.
    var classCount: Int
    var isEntropy = false
    var depthLimit: Int
    var leafLimit: Int?
    var minimumSplit: Double
    var minimumLeaf: Double
    var minimumGain: Double
    var featuresPerSplit: Int
    /// Whether a cut is drawn at random instead of the best one looked for.
    var hasRandomCuts = false
    /// Whether the impurity and the values of every node are kept, for pruning.
    var tracksImpurity = false
    /// 1, -1 or 0 for every feature.
    var directions: [Int32]
    let isBounded: Bool

    init(
        _ growth: TreeGrowth, classCount: Int, directions: [Int32], isEntropy: Bool = false,
        hasRandomCuts: Bool = false
    ) throws(ModelError) {
        isBounded = directions.contains { $0 != 0 }
        if isBounded, classCount > 2 {
            throw ModelError(
                .tooManyClasses,
                "monotone features need two classes or a number, there are \(classCount) classes")
        }
        if classCount > 256 {
            throw ModelError(
                .tooManyClasses, "trees tell at most 256 classes apart, there are \(classCount)")
        }
        self.classCount = classCount
        self.isEntropy = isEntropy
        self.hasRandomCuts = hasRandomCuts
        self.directions = directions
        depthLimit = growth.depthLimit ?? .max
        leafLimit = growth.leafLimit
        minimumSplit = growth.minimumSplitWeight
        minimumLeaf = growth.minimumLeafWeight
        minimumGain = growth.minimumGain
        featuresPerSplit = growth.features.count(of: directions.count)
    }

    /// The numbers that each leaf holds.
    var outputCount: Int { classCount > 2 ? classCount : 1 }

    /// What a score gains, in impurity: the score of two classes sees one of them only, and entropy
    /// is in bits.
    var gainFactor: Double {
        if isEntropy { return 1.4426950408889634 }
        return classCount == 2 ? 2 : 1
    }
}

/// A tree as it was grown.
struct GrownTree: Sendable {
    var nodes: [TreeNodeRecord] = []
    /// The weight of the training rows in every node.
    var covers: [Double] = []
    /// The values of the leaves where each has several.
    var values: [Double] = []
    /// The sets of levels, four words each.
    var sets: [UInt64] = []
    /// The sum of the gains of the splits by each feature.
    var gains: [Double]
    var leafCount = 0
    /// The impurity of every node times its weight and its values, for pruning.
    var impurities: [Double] = []
    var nodeValues: [[Double]] = []
}

/// Numbers for drawing features and rows within one tree (SplitMix64).
///
/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA '14,
/// DOI 10.1145/2660193.2660195.
struct TreeRandom: Sendable {
    private var state: UInt64

    init(state: UInt64) { self.state = state }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// One of `0..<bound`; the unevenness is below bound / 2^64.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of 0..<1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
