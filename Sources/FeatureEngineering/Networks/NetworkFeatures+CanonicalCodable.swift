// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension NetworkFeatures: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(features) { $0.encode(caseOf: $1) }
        encoder.encode(optional: neighbourShrinkage) { $0.encode($1) }
        encoder.encode(prefix)
    }

    /// Reads the parameters and checks them.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeCase()
            },
            neighbourShrinkage: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in try decoder.decodeDouble()
            }, prefix: try decoder.decodeString())
        do throws(FeatureError) { try validate() } catch { throw decoder.error(error.message) }
    }
}
