// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension HashingVectoriser: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        analyzer.encode(to: &encoder)
        encoder.encode(columnCount)
        encoder.encode(isSigned)
        encoder.encode(isBinary)
        encoder.encode(caseOf: norm)
    }

    /// Reads the parameters and checks them.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try TextAnalyzer(from: &decoder), columnCount: try decoder.decodeInt(),
            signed: try decoder.decodeBool(), binary: try decoder.decodeBool(),
            norm: try decoder.decodeCase())
        do throws(FeatureError) { try validate() } catch { throw decoder.error(error.message) }
    }
}
