// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import CreditCanonicalBytes

extension DecisionTreeClassifier: CanonicalContent {
    /// `decision-tree.1`.
    public static var kind: String { "decision-tree.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        growth.encode(to: &encoder)
        criterion.encode(to: &encoder)
        encoder.encode(pruning)
        classWeighting.encode(to: &encoder)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            growth: try TreeGrowth(from: &decoder), criterion: try SplitCriterion(from: &decoder),
            pruning: try decoder.decodeDouble(),
            classWeighting: try ClassWeighting(from: &decoder), seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension SplitCriterion {
    func encode(to encoder: inout CanonicalEncoder) { encoder.encode(self == .entropy) }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self = try decoder.decodeBool() ? .entropy : .gini
    }
}

extension DecisionTreeRegressor: CanonicalContent {
    /// `decision-tree-regression.1`.
    public static var kind: String { "decision-tree-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        growth.encode(to: &encoder)
        encoder.encode(pruning)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            growth: try TreeGrowth(from: &decoder), pruning: try decoder.decodeDouble(),
            seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension DecisionTreeModel: TreeClassifierContent {
    /// `decision-tree-model.1`.
    public static var kind: String { "decision-tree-model.1" }

    /// The canonical bytes of the recipe and of the tree.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        try trees.requireShares(of: classes, treeCount: 1, decoder)
    }
}

extension DecisionTreeRegressorModel: TreeRegressorContent {
    /// `decision-tree-regression-model.1`.
    public static var kind: String { "decision-tree-regression-model.1" }

    /// The canonical bytes of the recipe and of the tree.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard trees.treeCount == 1, trees.outputCount == 1 else {
            throw decoder.error("\(trees.treeCount) trees of \(trees.outputCount) outputs")
        }
    }
}

extension TreeEnsemble {
    /// Checks that the leaves of this many trees hold shares of the classes.
    func requireShares(
        of classes: [String], treeCount: Int, _ decoder: CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        guard classes.count >= 2, Set(classes).count == classes.count,
            outputCount == (classes.count == 2 ? 1 : classes.count), self.treeCount == treeCount,
            self.treeCount > 0, baseValues.allSatisfy({ $0 == 0 })
        else {
            throw decoder.error(
                "\(self.treeCount) trees of \(outputCount) outputs for the classes \(classes)")
        }
        let shares = outputCount > 1 ? values : nodes.filter { $0.feature < 0 }.map(\.threshold)
        guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
            throw decoder.error("a leaf with a share outside 0...1")
        }
    }
}
