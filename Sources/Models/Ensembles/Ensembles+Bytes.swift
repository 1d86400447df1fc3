// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension VotingClassifier: CanonicalContent {
    /// `voting.1`.
    public static var kind: String { "voting.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(members)
        encodeWeights(weights, to: &encoder)
        encoder.encode(caseOf: rule)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let members: [EnsembleMember] = try decoder.decodeArray()
        let weights = try decodeWeights(from: &decoder)
        self.init(members, weights: weights, rule: try decoder.decodeCase())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension VotingModel: CanonicalContent {
    /// `voting-model.1`.
    public static var kind: String { "voting-model.1" }

    /// The canonical bytes of the members and of how they count.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fitted)
        encodeWeights(weights, to: &encoder)
        encoder.encode(caseOf: rule)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let fitted = try FittedMembers(from: &decoder)
        let weights = try decodeWeights(from: &decoder)
        do {
            try VotingClassifier.check(weights, count: fitted.models.count)
        } catch {
            throw decoder.error(error.message)
        }
        self.init(fitted: fitted, weights: weights, rule: try decoder.decodeCase())
    }
}

extension StackingClassifier: CanonicalContent {
    /// `stacking.1`.
    public static var kind: String { "stacking.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(members)
        final.encode(to: &encoder)
        encoder.encode(foldCount)
        encoder.encode(seed)
        encoder.encode(passesFeatures)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let members: [EnsembleMember] = try decoder.decodeArray()
        self.init(
            members, final: try AnyClassifier(from: &decoder),
            foldCount: try decoder.decodeInt(), seed: try decoder.decodeUInt64(),
            passesFeatures: try decoder.decodeBool())
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}

extension StackingModel: CanonicalContent {
    /// `stacking-model.1`.
    public static var kind: String { "stacking-model.1" }

    /// The canonical bytes of the members and of the last classifier.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks its parts against each other.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fitted)
        final.encode(to: &encoder)
        encoder.encode(passesFeatures)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            fitted: try FittedMembers(from: &decoder),
            final: try AnyClassifierModel(from: &decoder),
            passesFeatures: try decoder.decodeBool())
        guard final.classes == classes, final.featureNames == stacking.featureNames else {
            throw decoder.error("a last classifier of other classes or features than the members'")
        }
    }
}

private func encodeWeights(_ weights: [Double]?, to encoder: inout CanonicalEncoder) {
    encoder.encode(optional: weights) { encoder, weights in
        encoder.encode(weights) { $0.encode($1) }
    }
}

private func decodeWeights(
    from decoder: inout CanonicalDecoder
) throws(CanonicalDecodingError) -> [Double]? {
    try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
        try decoder.decodeDoubles()
    }
}
