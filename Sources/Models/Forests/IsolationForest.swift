// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import CreditCanonicalBytes
public import LinearAlgebra

/// Finds rows that are unlike the others: random splits part them from the rest early.
///
/// ```swift
/// let model = try IsolationForest(seed: 3).fit(applications)
/// let scores = try model.anomalyScores(applications)
/// ```
///
/// Model bytes are the same on every machine.
///
/// Reference: Liu, Ting and Zhou, Isolation forest, 2008, doi:10.1109/ICDM.2008.17.
public struct IsolationForest: ModelFileContent, Codable, Hashable, Sendable {
    /// The number of trees.
    public var treeCount: Int

    /// The rows that each tree draws, without replacement; all where there are fewer.
    public var rowCount: Int

    /// What rows, features and cuts are drawn by.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(treeCount: Int = 100, rowCount: Int = 256, seed: UInt64 = 0) {
        self.treeCount = treeCount
        self.rowCount = rowCount
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        guard treeCount >= 1, rowCount >= 2 else {
            throw ModelError(
                .invalidRecipe,
                "\(treeCount) trees of \(rowCount) rows, not 1 or more of 2 or more")
        }
    }

    /// Grows the trees.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `wrongWidth` (names),
    ///   `nonFinite` or `cancelled`.
    /// - Complexity: O(trees * rows of a tree * log(rows of a tree)).
    public func fit(
        _ features: Matrix<Double>, featureNames: [String]? = nil
    ) throws(ModelError) -> IsolationForestModel {
        try validate()
        let names = try checkedNames(featureNames, of: features)
        try checkFinite(features, names: names)
        var trees = TreeEnsemble(
            featureNames: names, outputCount: 1, baseValues: [0], isAverage: true,
            takesMissing: false, levels: names.map { _ in [] })
        let count = min(rowCount, features.rowCount)
        for tree in 0..<treeCount {
            try checkCancellation("isolation tree \(tree)")
            var stream = RandomStream(seed: seed).child("rows", tree)
            let rows = stream.sample(count, below: features.rowCount)
            var grower = IsolationGrower(
                features, depthLimit: max(1, Int.bitWidth - (count - 1).leadingZeroBitCount),
                random: TreeRandom(seed: seed, tree: tree))
            trees.append(grower.grow(rows))
        }
        return IsolationForestModel(recipe: self, trees: trees, sampleCount: count)
    }
}

/// A fitted isolation forest.
public struct IsolationForestModel: ModelFileContent, Codable, Equatable, Sendable {
    /// The recipe that was fitted.
    public let recipe: IsolationForest

    /// The trees; the output is the mean number of splits that part a row from the others.
    public let trees: TreeEnsemble

    /// The rows that each tree was grown on.
    public let sampleCount: Int

    /// The names of the features, in column order.
    public var featureNames: [String] { trees.featureNames }

    /// A score within 0...1 for every row, higher for rows that are easier to part from the others.
    ///
    /// It is `2^(-splits / expected splits)`; near 0.5 and below for ordinary rows.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * trees * log(rows of a tree)).
    public func anomalyScores(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try trees.check(features)
        let expected = expectedSplits(sampleCount)
        var scores = trees.outputs(features).map {
            expected > 0 ? -0.6931471805599453 * $0 / expected : 0
        }
        let exponents = scores
        credit_exp_f64(exponents.count, exponents, &scores)
        return scores
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    init(recipe: IsolationForest, trees: TreeEnsemble, sampleCount: Int) {
        self.recipe = recipe
        self.trees = trees
        self.sampleCount = sampleCount
    }
}

/// The mean number of splits of an unsuccessful search in a binary search tree of `count` rows.
func expectedSplits(_ count: Int) -> Double {
    guard count > 1 else { return 0 }
    // The harmonic number, summed: a tree has few rows.
    let harmonic = (1..<count).reduce(0.0) { $0 + 1 / Double($1) }
    return 2 * harmonic - 2 * Double(count - 1) / Double(count)
}

/// Grows an isolation tree; leaves hold the number of splits to a row.
private struct IsolationGrower {
    let features: Matrix<Double>
    let depthLimit: Int
    var random: TreeRandom

    init(_ features: Matrix<Double>, depthLimit: Int, random: TreeRandom) {
        self.features = features
        self.depthLimit = depthLimit
        self.random = random
    }

    mutating func grow(_ rows: [Int]) -> GrownTree {
        let width = features.columnCount
        var tree = GrownTree(gains: [Double](repeating: 0, count: width))
        tree.nodes = [credit_tree_node(threshold: 0, feature: -1, left: 0)]
        tree.covers = [Double(rows.count)]
        var stack = [(node: 0, depth: 0, rows: rows)]
        while let (node, depth, rows) = stack.popLast() {
            guard depth < depthLimit, rows.count > 1, let cut = drawCut(rows) else {
                tree.nodes[node] = credit_tree_node(
                    threshold: Double(depth) + expectedSplits(rows.count), feature: -1,
                    left: UInt32(tree.leafCount))
                tree.leafCount += 1
                continue
            }
            let left = rows.filter { features[$0, cut.feature] <= cut.threshold }
            let right = rows.filter { features[$0, cut.feature] > cut.threshold }
            let child = tree.nodes.count
            tree.nodes[node] = credit_tree_node(
                threshold: cut.threshold, feature: Int32(cut.feature), left: UInt32(child))
            for part in [left, right] {
                tree.nodes.append(credit_tree_node(threshold: 0, feature: -1, left: 0))
                tree.covers.append(Double(part.count))
            }
            stack.append((child + 1, depth + 1, right))
            stack.append((child, depth + 1, left))
        }
        return tree
    }

    /// A feature that varies, and a place between its extremes.
    private mutating func drawCut(_ rows: [Int]) -> (feature: Int, threshold: Double)? {
        var order = Array(0..<features.columnCount)
        for index in order.indices {
            order.swapAt(index, index + random.below(order.count - index))
            let feature = order[index]
            var (low, high) = (Double.infinity, -Double.infinity)
            for row in rows {
                low = min(low, features[row, feature])
                high = max(high, features[row, feature])
            }
            guard low < high else { continue }
            let drawn = low + random.unit() * (high - low)
            return (feature, drawn < high ? drawn : low)
        }
        return nil
    }
}

extension IsolationForest: CanonicalContent {
    /// `isolation-forest.1`.
    public static var kind: String { "isolation-forest.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(treeCount)
        encoder.encode(rowCount)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            treeCount: try decoder.decodeInt(), rowCount: try decoder.decodeInt(),
            seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension IsolationForestModel: CanonicalContent {
    /// `isolation-forest-model.1`.
    public static var kind: String { "isolation-forest-model.1" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(sampleCount)
        trees.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try IsolationForest(from: &decoder)
        sampleCount = try decoder.decodeInt()
        trees = try TreeEnsemble(from: &decoder)
        guard trees.treeCount == recipe.treeCount, trees.outputCount == 1, trees.isAverage,
            (1...recipe.rowCount).contains(sampleCount)
        else { throw decoder.error("\(trees.treeCount) trees of \(sampleCount) rows") }
    }
}
