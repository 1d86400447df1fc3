// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension CustomBoostingClassifier: CanonicalContent {
    /// `custom-boosting.1`, with the kind of the loss.
    public static var kind: String { "custom-boosting.1(\(Loss.kind))" }

    /// The canonical bytes of the loss and the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: loss.canonicalBytes)
        growth.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let loss: Loss = try decoder.decodeContent()
        self.init(
            loss, growth: try BoostingGrowth(from: &decoder),
            classWeighting: try ClassWeighting(from: &decoder))
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension CustomBoostingRegressor: CanonicalContent {
    /// `custom-boosting-regression.1`, with the kind of the loss.
    public static var kind: String { "custom-boosting-regression.1(\(Loss.kind))" }

    /// The canonical bytes of the loss and the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: loss.canonicalBytes)
        growth.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let loss: Loss = try decoder.decodeContent()
        self.init(loss, growth: try BoostingGrowth(from: &decoder))
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension CustomBoostingModel: TreeClassifierContent {
    /// `custom-boosting-model.1`, with the kind of the loss.
    public static var kind: String { "custom-boosting-model.1(\(Loss.kind))" }

    /// The canonical bytes of the recipe and of the trees.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func check(_ decoder: CanonicalDecoder) throws(CanonicalDecodingError) {
        guard classes.count == 2, classes[0] != classes[1], trees.outputCount == 1,
            !trees.isAverage
        else {
            throw decoder.error("trees of \(trees.outputCount) outputs for \(classes)")
        }
    }
}

extension CustomBoostingRegressorModel: TreeRegressorContent {
    /// `custom-boosting-regression-model.1`, with the kind of the loss.
    public static var kind: String { "custom-boosting-regression-model.1(\(Loss.kind))" }

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
