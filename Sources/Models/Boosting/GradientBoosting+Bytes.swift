// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension GradientBoostingClassifier: CanonicalContent {
    /// `gradient-boosting.1`.
    public static var kind: String { "gradient-boosting.1" }

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
        classWeighting.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try BoostingGrowth(from: &decoder), classWeighting: try ClassWeighting(from: &decoder))
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension GradientBoostingRegressor: CanonicalContent {
    /// `gradient-boosting-regression.1`.
    public static var kind: String { "gradient-boosting-regression.1" }

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
        switch loss {
        case .squared: encoder.encode(UInt8(0))
        case .poisson: encoder.encode(UInt8(1))
        case .quantile(let level):
            encoder.encode(UInt8(2))
            encoder.encode(level)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let growth = try BoostingGrowth(from: &decoder)
        let loss: Loss
        switch try decoder.decodeUInt8() {
        case 0: loss = .squared
        case 1: loss = .poisson
        case 2: loss = .quantile(try decoder.decodeDouble())
        case let tag: throw decoder.error("loss \(tag) is unknown")
        }
        self.init(growth, loss: loss)
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension GradientBoostingModel: TreeClassifierContent {
    /// `gradient-boosting-model.1`.
    public static var kind: String { "gradient-boosting-model.1" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard classes.count >= 2, Set(classes).count == classes.count, !trees.isAverage,
            trees.outputCount == (classes.count == 2 ? 1 : classes.count),
            trees.treeCount.isMultiple(of: trees.outputCount)
        else {
            throw decoder.error(
                "\(trees.treeCount) trees of \(trees.outputCount) outputs for \(classes)")
        }
    }
}

extension GradientBoostingRegressorModel: TreeRegressorContent {
    /// `gradient-boosting-regression-model.1`.
    public static var kind: String { "gradient-boosting-regression-model.1" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard trees.outputCount == 1, !trees.isAverage else {
            throw decoder.error("trees of \(trees.outputCount) outputs, or that are averaged")
        }
    }
}
