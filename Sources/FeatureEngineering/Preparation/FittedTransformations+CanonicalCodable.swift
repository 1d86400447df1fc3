// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

// Positions and numbers are checked against the columns when the pipeline is put together.

extension FittedColumnSelection: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(positions: kept)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        kept = try decoder.decodePositions()
    }
}

extension FittedImputation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(replacements) { encoder, replacement in
            encoder.encode(replacement.column)
            encoder.encode(replacement.value)
            encoder.encode(optional: replacement.addedLevel) { $0.encode($1) }
        }
        encoder.encode(positions: indicators)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        replacements = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Replacement(
                column: try decoder.decodeInt(), value: try decoder.decodeDouble(),
                addedLevel: try decoder.decodeOptional {
                    (decoder) throws(CanonicalDecodingError) in try decoder.decodeString()
                })
        }
        indicators = try decoder.decodePositions()
    }
}

extension FittedQuantileClipping: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(limits) { encoder, limit in
            encoder.encode(limit.column)
            encoder.encode(limit.lower)
            encoder.encode(limit.upper)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        limits = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Limits(
                column: try decoder.decodeInt(), lower: try decoder.decodeDouble(),
                upper: try decoder.decodeDouble())
        }
    }
}

extension FittedOneHotEncoding: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(positions: columns)
        encoder.encode(positions: levelCounts)
        encoder.encode(dropsFirst)
        encoder.encode(caseOf: unknown)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        columns = try decoder.decodePositions()
        levelCounts = try decoder.decodePositions()
        dropsFirst = try decoder.decodeBool()
        unknown = try decoder.decodeCase()
    }
}

extension FittedStandardisation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(scales) { encoder, scale in
            encoder.encode(scale.column)
            encoder.encode(scale.mean)
            encoder.encode(scale.deviation)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        scales = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Scale(
                column: try decoder.decodeInt(), mean: try decoder.decodeDouble(),
                deviation: try decoder.decodeDouble())
        }
    }
}

extension CanonicalEncoder {
    mutating func encode(positions: [Int]) {
        encode(positions) { $0.encode($1) }
    }
}

extension CanonicalDecoder {
    mutating func decodePositions() throws(CanonicalDecodingError) -> [Int] {
        try decodeArray { (decoder) throws(CanonicalDecodingError) in try decoder.decodeInt() }
    }
}
