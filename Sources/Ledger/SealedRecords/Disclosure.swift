// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Some fields of a record, with the proof that they are the ones that were committed to.
///
/// Who checks it learns the names and values shown, the schema and the number of fields, and
/// nothing of the others: their hashes are salted.
public struct Disclosure: Hashable, Sendable {
    /// A shown field.
    public struct Field: Hashable, Sendable {
        /// Name and value.
        public let field: RecordField
        /// The field's own salt, 32 bytes.
        public let salt: [UInt8]
        /// Its place among the record's fields.
        public let inclusion: InclusionProof
    }

    /// The chain.
    public let chainID: LedgerDigest
    /// The record's identifier.
    public let id: LedgerDigest
    /// The record's schema.
    public let schema: String
    /// How many fields the record has.
    public let fieldCount: UInt32
    /// The shown fields in the order of the record.
    public let fields: [Field]

    init(
        chainID: LedgerDigest, id: LedgerDigest, schema: String, fieldCount: UInt32, fields: [Field]
    ) {
        self.chainID = chainID
        self.id = id
        self.schema = schema
        self.fieldCount = fieldCount
        self.fields = fields
    }

    /// Reads the canonical form.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("disclosure", from: canonicalBytes)
    }

    /// The canonical form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// The shown fields, once they have been found to be those of the commitment on the chain.
    ///
    /// - Throws: ``LedgerError``: `wrongChain`, `wrongCommitment` (another record or schema, no
    ///   field, a field that was not committed to).
    /// - Complexity: O(shown fields * log fields) hashes.
    public func verify(
        _ commitment: DataCommitment, chainID: LedgerDigest
    ) throws(LedgerError) -> [RecordField] {
        guard self.chainID == chainID else {
            throw LedgerError(.wrongChain, "made for chain \(self.chainID), not \(chainID)")
        }
        guard commitment.record == id, commitment.schema == schema, !fields.isEmpty else {
            throw LedgerError(
                .wrongCommitment,
                "\(fields.count) fields of record \(id) ('\(schema)') cannot be those of "
                    + "\(commitment.record) ('\(commitment.schema)')")
        }
        for (index, shown) in fields.enumerated() {
            guard shown.inclusion.treeSize == UInt64(fieldCount),
                index == 0 || fields[index - 1].inclusion.leafIndex < shown.inclusion.leafIndex
            else { throw wrong(shown, "its place does not fit the record") }
            let root: LedgerDigest
            do throws(LedgerError) {
                root = try shown.inclusion.computedRoot(
                    leafHash: MerkleTree.leafHash(
                        RecordCommitment.leaf(shown.field, salt: shown.salt)))
            } catch {
                throw wrong(shown, error.message)
            }
            let found = RecordCommitment.digest(
                chainID, id, schema, fieldCount: Int(fieldCount), root: root)
            guard found == commitment.commitment else {
                throw wrong(shown, "it leads to \(found), not \(commitment.commitment)")
            }
        }
        return fields.map(\.field)
    }

    private func wrong(_ field: Field, _ reason: String) -> LedgerError {
        LedgerError(.wrongCommitment, "field '\(field.field.name)' of record \(id): \(reason)")
    }
}

extension Disclosure: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(chainID)
        encoder.encode(id)
        encoder.encode(schema)
        encoder.encode(fieldCount)
        encoder.encode(fields) { encoder, shown in
            encoder.encode(shown.field)
            encoder.encode(fixed: shown.salt)
            encoder.encode(shown.inclusion)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        chainID = try LedgerDigest(from: &decoder)
        id = try LedgerDigest(from: &decoder)
        schema = try decoder.decodeString()
        fieldCount = try decoder.decodeUInt32()
        fields = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Field(
                field: try RecordField(from: &decoder), salt: try decoder.decode(fixed: 32),
                inclusion: try InclusionProof(from: &decoder))
        }
    }
}
