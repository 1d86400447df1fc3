// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

extension SequenceNetwork {
    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: cell)
        encoder.encode(hiddenCount)
        encoder.encode(layerCount)
        encoder.encode(isBidirectional)
        encoder.encode(optional: pooling) { $0.encode(caseOf: $1) }
        encoder.encode(denseCounts) { $0.encode($1) }
        encoder.encode(caseOf: denseActivation)
        encoder.encode(dropout)
        encoder.encode(recurrentDropout)
        encoder.encode(forgetOffset)
        encoder.encode(optional: truncation) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeCase(), hiddenCount: try decoder.decodeInt(),
            layerCount: try decoder.decodeInt(), isBidirectional: try decoder.decodeBool(),
            pooling: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeCase()
            },
            denseCounts: try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            },
            denseActivation: try decoder.decodeCase(), dropout: try decoder.decodeDouble(),
            recurrentDropout: try decoder.decodeDouble(), forgetOffset: try decoder.decodeDouble(),
            truncation: try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            })
        do { try validate() } catch { throw decoder.error(error.message) }
    }
}
