// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension EventWindow: CanonicalCodable {
    /// Appends unit, length and lag.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: unit)
        encoder.encode(length)
        encoder.encode(lag)
    }

    /// Reads a window that exists.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            unit: try decoder.decodeCase(), length: try decoder.decodeInt(),
            lag: try decoder.decodeInt())
        try decoder.require(validate)
    }
}

extension EventMeasure: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(caseOf: statistic)
        encoder.encode(optional: attribute) { $0.encode($1) }
        encoder.encode(optional: kinds) { $0.encode(strings: $1) }
        encoder.encode(windows)
        encoder.encode(optional: reference) { $0.encode($1) }
    }

    /// Reads a measure that does not contradict itself.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeCase(), try decoder.decodeOptionalString(),
            try decoder.decodeColumns(), try decoder.decodeArray(),
            reference: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in
                try EventWindow(from: &decoder)
            })
        try decoder.require(validate)
    }
}

extension EventFeatures: CanonicalCodable {
    /// Appends the measures.
    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(measures) }

    /// Reads the measures.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(measures: try decoder.decodeArray())
    }
}

extension CanonicalDecoder {
    mutating func decodeOptionalString() throws(CanonicalDecodingError) -> String? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeString()
        }
    }

    /// Turns the refusal of a value into one of its bytes.
    func require(
        _ validate: () throws(FeatureError) -> Void
    ) throws(CanonicalDecodingError) {
        do throws(FeatureError) { try validate() } catch { throw self.error(error.message) }
    }
}
