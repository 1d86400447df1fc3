// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension ColumnSelection: CanonicalCodable {
    /// Appends the names and whether they are excluded.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: names)
        encoder.encode(isExclusion)
    }

    /// Reads a selection.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        names = try decoder.decodeStrings()
        isExclusion = try decoder.decodeBool()
    }
}

extension Imputation: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch numeric {
        case .median: encoder.encode("median")
        case .mean: encoder.encode("mean")
        case .mode: encoder.encode("mode")
        case .constant(let value):
            encoder.encode("constant")
            encoder.encode(value)
        }
        switch categorical {
        case .mode: encoder.encode(UInt8(0))
        case .level(let name):
            encoder.encode(UInt8(1))
            encoder.encode(name)
        }
        encoder.encode(addsIndicators)
        encoder.encode(columns: columns)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        numeric =
            switch try decoder.decodeString() {
            case "median": .median
            case "mean": .mean
            case "mode": .mode
            case "constant": .constant(try decoder.decodeDouble())
            case let name: throw decoder.error("unknown choice '\(name)'")
            }
        categorical =
            switch try decoder.decodeUInt8() {
            case 0: .mode
            case 1: .level(try decoder.decodeString())
            case let tag: throw decoder.error("unknown replacement of categories \(tag)")
            }
        addsIndicators = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}

extension QuantileClipping: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(lower)
        encoder.encode(upper)
        encoder.encode(columns: columns)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        lower = try decoder.decodeDouble()
        upper = try decoder.decodeDouble()
        columns = try decoder.decodeColumns()
    }
}

extension OneHotEncoding: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(dropsFirst)
        encoder.encode(caseOf: unknown)
        encoder.encode(columns: columns)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        dropsFirst = try decoder.decodeBool()
        unknown = try decoder.decodeCase()
        columns = try decoder.decodeColumns()
    }
}

extension Standardisation: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: deviation)
        encoder.encode(columns: columns)
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        deviation = try decoder.decodeCase()
        columns = try decoder.decodeColumns()
    }
}

extension CanonicalEncoder {
    mutating func encode(columns: [String]?) {
        encode(optional: columns) { $0.encode(strings: $1) }
    }
}

extension CanonicalDecoder {
    mutating func decodeColumns() throws(CanonicalDecodingError) -> [String]? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeStrings()
        }
    }
}
