// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension ConformalClassifier: CanonicalContent {
    /// `conformal-classifier.1`, with the kind of the classifier below.
    public static var kind: String { "conformal-classifier.1(\(Base.kind))" }

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
        encoder.encode(caseOf: score)
        encoder.encode(isClassConditional)
        encoder.encode(calibrationShare)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeContent(), score: try decoder.decodeCase(),
            isClassConditional: try decoder.decodeBool(),
            calibrationShare: try decoder.decodeDouble(), seed: try decoder.decodeUInt64())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension ConformalModel: CanonicalContent {
    /// `conformal-model.1`, with the kind of the model below.
    public static var kind: String { "conformal-model.1(\(Base.kind))" }

    /// The canonical bytes of the model and its calibration scores.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(bytes: model.canonicalBytes)
        encoder.encode(caseOf: score)
        encoder.encode(calibration.groups) { encoder, group in
            encoder.encode(group.scores) { $0.encode($1) }
            encoder.encode(group.weights) { $0.encode($1) }
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let model: Base = try decoder.decodeContent()
        let score: ConformalScore = try decoder.decodeCase()
        let groups = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            let (scores, weights) = (try decoder.decodeDoubles(), try decoder.decodeDoubles())
            guard scores.count == weights.count, scores.allSatisfy(\.isFinite),
                zip(scores, scores.dropFirst()).allSatisfy({ $0 < $1 }),
                weights.allSatisfy({ $0 > 0 && $0.isFinite }), weights.reduce(0, +).isFinite
            else {
                throw decoder.error("\(scores.count) calibration scores that do not ascend")
            }
            return ConformalCalibration.Group(scores: scores, weights: weights)
        }
        guard groups.count == 1 || groups.count == model.classes.count else {
            throw decoder.error("\(groups.count) groups for \(model.classes.count) classes")
        }
        self.init(
            model: model, score: score, calibration: ConformalCalibration(groups: groups))
    }
}
