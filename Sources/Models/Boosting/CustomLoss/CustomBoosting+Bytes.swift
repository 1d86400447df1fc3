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

extension CustomBoostingModel: CanonicalContent {
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

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(classes) { $0.encode($1) }
        trees.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try CustomBoostingClassifier(from: &decoder)
        classes = try decoder.decodeStrings()
        trees = try TreeEnsemble(from: &decoder)
        guard classes.count == 2, classes[0] != classes[1], trees.outputCount == 1,
            !trees.isAverage
        else {
            throw decoder.error("trees of \(trees.outputCount) outputs for \(classes)")
        }
    }
}

extension CustomBoostingRegressorModel: CanonicalContent {
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

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        trees.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        recipe = try CustomBoostingRegressor(from: &decoder)
        trees = try TreeEnsemble(from: &decoder)
        guard trees.outputCount == 1, !trees.isAverage else {
            throw decoder.error("trees of \(trees.outputCount) outputs, or that are averaged")
        }
    }
}
