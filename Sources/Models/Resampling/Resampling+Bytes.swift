// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension Resampling {
    func encode(to encoder: inout CanonicalEncoder) {
        switch method {
        case .randomOver: encoder.encode(UInt8(0))
        case .randomUnder: encoder.encode(UInt8(1))
        case .smote(let count):
            encoder.encode(UInt8(2))
            encoder.encode(count)
        case .smoteNominal(let names, let count):
            encoder.encode(UInt8(3))
            encoder.encode(strings: names)
            encoder.encode(count)
        case .borderline(let count, let around):
            encoder.encode(UInt8(4))
            encoder.encode(count)
            encoder.encode(around)
        case .adasyn(let count):
            encoder.encode(UInt8(5))
            encoder.encode(count)
        case .tomekLinks: encoder.encode(UInt8(6))
        case .editedNeighbours(let count, let byMajority):
            encoder.encode(UInt8(7))
            encoder.encode(count)
            encoder.encode(byMajority)
        }
        encoder.encode(ratio)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let method: Method
        switch try decoder.decodeUInt8() {
        case 0: method = .randomOver
        case 1: method = .randomUnder
        case 2: method = .smote(neighbours: try decoder.decodeInt())
        case 3:
            method = .smoteNominal(
                try decoder.decodeStrings(), neighbours: try decoder.decodeInt())
        case 4:
            method = .borderline(
                neighbours: try decoder.decodeInt(), around: try decoder.decodeInt())
        case 5: method = .adasyn(neighbours: try decoder.decodeInt())
        case 6: method = .tomekLinks
        case 7:
            method = .editedNeighbours(
                count: try decoder.decodeInt(), byMajority: try decoder.decodeBool())
        case let tag: throw decoder.error("resampling \(tag) is unknown")
        }
        self.init(method, ratio: try decoder.decodeDouble())
    }
}

extension ResampledClassifier: CanonicalContent {
    /// `resampled-classifier.1`, with the kind of the classifier below.
    public static var kind: String { "resampled-classifier.1(\(Base.kind))" }

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
        encoder.encode(resamplings) { encoder, resampling in resampling.encode(to: &encoder) }
        encoder.encode(correctsShares)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let base: Base = try decoder.decodeContent()
        let resamplings = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try Resampling(from: &decoder)
        }
        self.init(
            base, by: resamplings, correctsShares: try decoder.decodeBool(),
            seed: try decoder.decodeUInt64())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension BalancedBagging: CanonicalContent {
    /// `balanced-bagging.1`, with the kind of the classifier below.
    public static var kind: String { "balanced-bagging.1(\(Base.kind))" }

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
        encoder.encode(memberCount)
        encoder.encode(ratio)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeContent(), memberCount: try decoder.decodeInt(),
            ratio: try decoder.decodeDouble(), seed: try decoder.decodeUInt64())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}
