// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering

extension CalibratedRecipe: ModelFileContent where Base: ModelFileContent {
    /// `calibrated-recipe.1`, with the kind of the recipe below.
    public static var kind: String { "calibrated-recipe.1(\(Base.kind))" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }
}

extension CalibratedRecipe: CanonicalContent where Base: ModelFileContent {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: base.canonicalBytes)
        method.encode(to: &encoder)
        plan.encode(to: &encoder)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeContent(), try CalibrationMethod(from: &decoder),
            plan: try CalibrationPlan(from: &decoder), seed: try decoder.decodeUInt64())
        do {
            try plan.validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension CalibratedTableModel: CanonicalContent {
    /// `calibrated-table-model.1`, with the kind of the model below.
    public static var kind: String { "calibrated-table-model.1(\(Base.kind))" }

    /// The canonical bytes of the members and their maps.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(members) { encoder, member in
            encoder.encode(bytes: member.model.canonicalBytes)
            member.map.encode(to: &encoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let members = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Member(try decoder.decodeContent(), try CalibrationMap(from: &decoder))
        }
        guard let first = members.first?.model else { throw decoder.error("no members") }
        guard members.allSatisfy({ $0.model.target == first.target }),
            members.allSatisfy({ $0.model.classes == first.classes })
        else {
            throw decoder.error("members of different targets or classes")
        }
        self.init(members)
    }

    /// Encodes the model as its file, in hexadecimal digits.
    public func encode(to encoder: any Encoder) throws { try encodeFile(self, to: encoder) }

    /// Decodes the digits of a model file and checks them as when reading a file.
    ///
    /// - Throws: `DecodingError.dataCorrupted` with the ``ModelError`` underneath.
    public init(from decoder: any Decoder) throws { self = try decodeFile(from: decoder) }
}
