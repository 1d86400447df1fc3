// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Anchors data that stays off the chain: whoever is shown the data and its salt can check it.
public struct DataCommitment: Hashable, Sendable {
    /// The record's identifier.
    public let record: LedgerDigest
    /// A salted commitment to the data; without a salt, data of few possible values is guessed.
    public let commitment: LedgerDigest
    /// The data's schema, 1 to 64 bytes.
    public let schema: String
    /// The consent under which the data is held: the identifier of the granting transaction.
    public let consent: LedgerDigest?

    /// A commitment.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a schema of other than 1 to 64 bytes.
    public init(
        record: LedgerDigest, commitment: LedgerDigest, schema: String,
        consent: LedgerDigest? = nil
    ) throws(LedgerError) {
        try checkName(schema, "the schema")
        self.record = record
        self.commitment = commitment
        self.schema = schema
        self.consent = consent
    }
}

extension DataCommitment: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(record)
        encoder.encode(commitment)
        encoder.encode(schema)
        encoder.encode(optional: consent) { $0.encode($1) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let record = try LedgerDigest(from: &decoder)
        let commitment = try LedgerDigest(from: &decoder)
        let schema = try decoder.decodeString()
        let consent = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try LedgerDigest(from: &decoder)
        }
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try DataCommitment(
                record: record, commitment: commitment, schema: schema, consent: consent)
        }
    }
}
