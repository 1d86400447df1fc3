// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension RandomForestClassifier: CanonicalContent {
    /// `random-forest.1`.
    public static var kind: String { "random-forest.1" }

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
        growth.encode(to: &encoder)
        criterion.encode(to: &encoder)
        rows.encode(to: &encoder)
        encoder.encode(hasRandomCuts)
        classWeighting.encode(to: &encoder)
        encoder.encode(balancesEachTree)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            treeCount: try decoder.decodeInt(), growth: try TreeGrowth(from: &decoder),
            criterion: try SplitCriterion(from: &decoder), rows: try RowSampling(from: &decoder),
            hasRandomCuts: try decoder.decodeBool(),
            classWeighting: try ClassWeighting(from: &decoder),
            balancesEachTree: try decoder.decodeBool(), seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension RandomForestRegressor: CanonicalContent {
    /// `random-forest-regression.1`.
    public static var kind: String { "random-forest-regression.1" }

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
        growth.encode(to: &encoder)
        rows.encode(to: &encoder)
        encoder.encode(hasRandomCuts)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            treeCount: try decoder.decodeInt(), growth: try TreeGrowth(from: &decoder),
            rows: try RowSampling(from: &decoder), hasRandomCuts: try decoder.decodeBool(),
            seed: try decoder.decodeUInt64())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension RandomForestModel: TreeClassifierContent {
    /// `random-forest-model.1`.
    public static var kind: String { "random-forest-model.1" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        try trees.requireShares(of: classes, treeCount: recipe.treeCount, decoder)
        guard trees.isAverage else { throw decoder.error("a forest's trees are not averaged") }
    }
}

extension RandomForestRegressorModel: TreeRegressorContent {
    /// `random-forest-regression-model.1`.
    public static var kind: String { "random-forest-regression-model.1" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard trees.treeCount == recipe.treeCount, trees.outputCount == 1, trees.isAverage else {
            throw decoder.error("\(trees.treeCount) trees of \(trees.outputCount) outputs")
        }
    }
}
