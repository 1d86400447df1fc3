// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension SealedRecord: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encode(bodyTo: &encoder)
        encoder.encode(keys)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        try self.init(bodyFrom: &decoder)
        keys = try decoder.decodeArray()
    }

    /// Writes all but the keys.
    func encode(bodyTo encoder: inout CanonicalEncoder) {
        encoder.encode(chainID)
        encoder.encode(id)
        encoder.encode(schema)
        encoder.encode(commitment)
        encoder.encode(bytes: ciphertext)
    }

    /// Reads all but the keys.
    init(bodyFrom decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        chainID = try LedgerDigest(from: &decoder)
        id = try LedgerDigest(from: &decoder)
        schema = try decoder.decodeString()
        commitment = try LedgerDigest(from: &decoder)
        ciphertext = try decoder.decodeBytes()
        keys = []
    }
}

extension SealedRecord {
    /// The canonical form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Reads the canonical form.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("sealed record", from: canonicalBytes)
    }
}
