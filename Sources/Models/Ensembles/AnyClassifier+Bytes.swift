// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension AnyClassifier: CanonicalContent {
    /// `any-classifier.1`.
    public static var kind: String { "any-classifier.1" }

    /// The kind of the recipe and its canonical bytes.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a recipe of a kind of this library and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(type(of: base).kind)
        encoder.encode(bytes: base.canonicalBytes)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let kind = try decoder.decodeString()
        guard let type = ClassifierKinds.recipe(kind) else {
            throw decoder.error("'\(kind)' is no classifier of this library")
        }
        self.init(try decoder.decodeContent(of: type))
    }
}

extension AnyClassifierModel: CanonicalContent {
    /// `any-classifier-model.1`.
    public static var kind: String { "any-classifier-model.1" }

    /// The kind of the model and its canonical bytes.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model of a kind of this library and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(type(of: base).kind)
        encoder.encode(bytes: base.canonicalBytes)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let kind = try decoder.decodeString()
        guard let type = ClassifierKinds.model(kind) else {
            throw decoder.error("'\(kind)' is no fitted classifier of this library")
        }
        self.init(try decoder.decodeContent(of: type))
    }
}

extension CanonicalDecoder {
    /// Reads a length and a content of `type` that fills that many bytes.
    fileprivate mutating func decodeContent<Content: ModelFileContent>(
        of type: Content.Type
    ) throws(CanonicalDecodingError) -> Content {
        try decodeContent()
    }
}
