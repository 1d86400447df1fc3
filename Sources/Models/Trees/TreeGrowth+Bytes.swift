// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension TreeGrowth {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(optional: depthLimit) { $0.encode($1) }
        encoder.encode(optional: leafLimit) { $0.encode($1) }
        encoder.encode(minimumSplitWeight)
        encoder.encode(minimumLeafWeight)
        encoder.encode(minimumGain)
        features.encode(to: &encoder)
        cuts.encode(to: &encoder)
        encoder.encode(nominal) { $0.encode($1) }
        encoder.encode(monotone) {
            $0.encode($1.feature)
            $0.encode($1.direction == .increasing)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            depthLimit: try decoder.decodeOptionalInt(),
            leafLimit: try decoder.decodeOptionalInt(),
            minimumSplitWeight: try decoder.decodeDouble(),
            minimumLeafWeight: try decoder.decodeDouble(),
            minimumGain: try decoder.decodeDouble(),
            features: try FeatureSampling(from: &decoder), cuts: try CutPoints(from: &decoder),
            nominal: try decoder.decodeStrings(),
            monotone: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                MonotoneConstraint(
                    try decoder.decodeString(),
                    try decoder.decodeBool() ? .increasing : .decreasing)
            })
    }
}

extension CanonicalDecoder {
    mutating func decodeOptionalInt() throws(CanonicalDecodingError) -> Int? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
    }
}

extension FeatureSampling {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .all: encoder.encode(UInt8(0))
        case .squareRoot: encoder.encode(UInt8(1))
        case .logarithm: encoder.encode(UInt8(2))
        case .count(let count):
            encoder.encode(UInt8(3))
            encoder.encode(count)
        case .fraction(let share):
            encoder.encode(UInt8(4))
            encoder.encode(share)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .all
        case 1: self = .squareRoot
        case 2: self = .logarithm
        case 3: self = .count(try decoder.decodeInt())
        case 4: self = .fraction(try decoder.decodeDouble())
        case let tag: throw decoder.error("feature sampling \(tag) is unknown")
        }
    }
}

extension CutPoints {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .quantiles(let bins):
            encoder.encode(UInt8(0))
            encoder.encode(bins)
        case .exact: encoder.encode(UInt8(1))
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .quantiles(bins: try decoder.decodeInt())
        case 1: self = .exact
        case let tag: throw decoder.error("cut points \(tag) are unknown")
        }
    }
}
