// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension CalibratedClassifier: CanonicalContent {
    /// `calibrated-classifier.1`, with the kind of the classifier below.
    public static var kind: String { "calibrated-classifier.1(\(Base.kind))" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

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
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension CalibratedModel: CanonicalContent {
    /// `calibrated-model.1`, with the kind of the model below.
    public static var kind: String { "calibrated-model.1(\(Base.kind))" }

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
            member.calibrator.encode(to: &encoder)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let members = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Member(try decoder.decodeContent(), try ClassCalibrator(from: &decoder))
        }
        guard let first = members.first?.model else { throw decoder.error("no members") }
        for member in members {
            guard member.model.classes == first.classes,
                member.model.featureNames == first.featureNames
            else {
                throw decoder.error("members of different classes or features")
            }
            guard member.calibrator.takes(classCount: first.classes.count) else {
                throw decoder.error("a calibration not of \(first.classes.count) classes")
            }
        }
        self.init(members)
    }
}
