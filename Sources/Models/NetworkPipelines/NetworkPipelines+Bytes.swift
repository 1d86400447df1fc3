// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension NetworkRecipe: CanonicalContent {
    /// `network-recipe.1`, with the kind of the estimator.
    public static var kind: String { "network-recipe.1(\(Estimator.kind))" }

    /// The canonical bytes of the features, the columns and the pipeline with its estimator.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a recipe and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(features)
        encoder.encode(account)
        encoder.encode(date)
        encoder.encode(caseOf: boundary)
        recipe.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            features: try NetworkFeatures(from: &decoder), account: try decoder.decodeString(),
            date: try decoder.decodeString(), boundary: try decoder.decodeCase(),
            recipe: try PipelineRecipe(from: &decoder))
    }
}

extension NetworkModel: CanonicalContent {
    /// `network-model.1`, with the kinds of the estimator and its model.
    public static var kind: String {
        "network-model.1(\(Estimator.kind),\(Estimator.Model.kind))"
    }

    /// The canonical bytes of the features, the columns and the fitted pipeline with its estimator.
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
        encoder.encode(features)
        encoder.encode(account)
        encoder.encode(date)
        encoder.encode(caseOf: boundary)
        model.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            features: try NetworkFeatures(from: &decoder), account: try decoder.decodeString(),
            date: try decoder.decodeString(), boundary: try decoder.decodeCase(),
            model: try PipelineModel(from: &decoder))
    }
}
