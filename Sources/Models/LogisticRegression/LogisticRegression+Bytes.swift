// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension LogisticRegression: CanonicalContent {
    /// `logistic-regression.1`.
    public static var kind: String { "logistic-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    /// Recipes without class weights, signs, a solver and an L1 part keep the form that they have
    /// always had; the others have the tag 2 in front of a longer one, or 3 and a seed.
    func encode(to encoder: inout CanonicalEncoder) {
        if isPlain {
            encodePlainPenalty(to: &encoder)
        } else {
            encoder.encode(UInt8(seed == 0 ? 2 : 3))
            if seed != 0 { encoder.encode(seed) }
            encodePenalty(to: &encoder)
            classWeighting.encode(to: &encoder)
            encodeSigns(to: &encoder)
            encoder.encode(solver.rawValue)
        }
        encoder.encode(fitsIntercept)
        encoder.encode(iterationLimit)
        encoder.encode(gradientTolerance)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init()
        let tag = try decoder.decodeUInt8()
        switch tag {
        case 0: penalty = .none
        case 1: penalty = .l2(C: try decoder.decodeDouble())
        case 2, 3:
            if tag == 3 { seed = try decoder.decodeUInt64() }
            penalty = try Self.decodePenalty(from: &decoder)
            classWeighting = try ClassWeighting(from: &decoder)
            signs = try Self.decodeSigns(from: &decoder)
            solver = try decoder.decodeCase()
        default: throw decoder.error("penalty \(tag) is unknown")
        }
        fitsIntercept = try decoder.decodeBool()
        iterationLimit = try decoder.decodeInt()
        gradientTolerance = try decoder.decodeDouble()
        guard isPlain == (tag < 2), (seed != 0) == (tag == 3) else {
            throw decoder.error("a recipe in a longer form than it takes")
        }
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }

    private var isPlain: Bool {
        switch penalty {
        case .none, .l2:
            classWeighting == .equal && signs == .free && solver == .automatic && seed == 0
        default: false
        }
    }

    private func encodePlainPenalty(to encoder: inout CanonicalEncoder) {
        guard case .l2(let strength) = penalty else { return encoder.encode(UInt8(0)) }
        encoder.encode(UInt8(1))
        encoder.encode(strength)
    }

    private func encodePenalty(to encoder: inout CanonicalEncoder) {
        switch penalty {
        case .none, .l2: encodePlainPenalty(to: &encoder)
        case .l1(let strength):
            encoder.encode(UInt8(2))
            encoder.encode(strength)
        case .elasticNet(let strength, let ratio):
            encoder.encode(UInt8(3))
            encoder.encode(strength)
            encoder.encode(ratio)
        case .firth: encoder.encode(UInt8(4))
        }
    }

    private static func decodePenalty(
        from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) -> Penalty {
        switch try decoder.decodeUInt8() {
        case 0: return .none
        case 1: return .l2(C: try decoder.decodeDouble())
        case 2: return .l1(C: try decoder.decodeDouble())
        case 3:
            let strength = try decoder.decodeDouble()
            return .elasticNet(C: strength, l1Ratio: try decoder.decodeDouble())
        case 4: return .firth
        case let tag: throw decoder.error("penalty \(tag) is unknown")
        }
    }

    private func encodeSigns(to encoder: inout CanonicalEncoder) {
        switch signs {
        case .free: encoder.encode(UInt8(0))
        case .all(let sign):
            encoder.encode(UInt8(1))
            encoder.encode(sign.rawValue)
        case .features(let signs):
            encoder.encode(UInt8(2))
            let sorted = signs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            encoder.encode(sorted) { encoder, entry in
                encoder.encode(entry.key)
                encoder.encode(entry.value.rawValue)
            }
        }
    }

    private static func decodeSigns(
        from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) -> CoefficientSigns {
        switch try decoder.decodeUInt8() {
        case 0: return .free
        case 1: return .all(try decoder.decodeCase())
        case 2:
            let entries = try decoder.decodeArray {
                (decoder) throws(CanonicalDecodingError) -> (String, CoefficientSign) in
                (try decoder.decodeString(), try decoder.decodeCase())
            }
            for (first, second) in zip(entries, entries.dropFirst()) {
                guard first.0.utf8.lexicographicallyPrecedes(second.0.utf8) else {
                    throw decoder.error("the signs are not in ascending order of names")
                }
            }
            return .features(Dictionary(uniqueKeysWithValues: entries))
        case let tag: throw decoder.error("signs \(tag) are unknown")
        }
    }
}
