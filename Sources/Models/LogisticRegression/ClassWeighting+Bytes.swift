// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension ClassWeighting {
    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .equal: encoder.encode(UInt8(0))
        case .balanced: encoder.encode(UInt8(1))
        case .factors(let factors):
            encoder.encode(UInt8(2))
            encoder.encode(factors) { $0.encode($1) }
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .equal
        case 1: self = .balanced
        case 2: self = .factors(try decoder.decodeDoubles())
        case let tag: throw decoder.error("class weighting \(tag) is unknown")
        }
    }
}
