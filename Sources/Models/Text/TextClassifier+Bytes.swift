// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension TextClassifier: CanonicalContent {
    /// `text-classifier.1`.
    public static var kind: String { "text-classifier.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        network.encode(to: &encoder)
        training.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
        encoder.encode(focalExponent)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try TextNetwork(from: &decoder), training: try NetworkTraining(from: &decoder),
            classWeighting: try ClassWeighting(from: &decoder),
            focalExponent: try decoder.decodeDouble())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension TextClassifierModel: CanonicalContent {
    /// `text-classifier-model.1`.
    public static var kind: String { "text-classifier-model.1" }

    /// The canonical bytes of the recipe, the classes, the vocabulary and the parameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        fusion.encodeFitted(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try TextClassifier(from: &decoder)
        let fusion = try FusionClassifierModel(fitted: &decoder, of: recipe.fusion)
        guard fusion.parts == [.texts] else {
            throw decoder.error("a classifier of texts that reads \(fusion.parts)")
        }
        self.init(recipe, fusion)
    }
}
