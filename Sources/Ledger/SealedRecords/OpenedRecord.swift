// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Crypto

/// A record with what is needed to show that it, or a part of it, is the one on the chain.
public struct OpenedRecord: Hashable, Sendable {
    /// The chain.
    public let chainID: LedgerDigest
    /// The record's identifier.
    public let id: LedgerDigest
    /// The data.
    public let record: PlainRecord
    /// 32 bytes without which nobody can guess the data from its commitment.
    let salt: [UInt8]

    init(chainID: LedgerDigest, id: LedgerDigest, record: PlainRecord, salt: [UInt8]) {
        self.chainID = chainID
        self.id = id
        self.record = record
        self.salt = salt
    }

    /// The salted commitment: over the identifier, the schema, the number of fields and the RFC
    /// 9162 root over the salted fields.
    ///
    /// - Complexity: O(fields) hashes.
    public var commitment: LedgerDigest {
        RecordCommitment.digest(
            chainID, id, record.schema, fieldCount: record.fields.count, root: tree.root)
    }

    /// Shows the fields called `names` and hides the others.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a name that the record does not have.
    /// - Complexity: O(fields) hashes.
    public func disclose(_ names: [String]) throws(LedgerError) -> Disclosure {
        let tree = tree
        var shown: [Disclosure.Field] = []
        for name in names {
            guard
                let index = record.fields.firstIndex(where: {
                    $0.name.utf8.elementsEqual(name.utf8)
                })
            else { throw LedgerError(.invalidValue, "the record has no field '\(name)'") }
            guard !shown.contains(where: { $0.inclusion.leafIndex == index }) else { continue }
            shown.append(
                Disclosure.Field(
                    field: record.fields[index],
                    salt: RecordCommitment.salt(of: index, from: salt),
                    inclusion: tree.inclusionProof(at: index)))
        }
        return Disclosure(
            chainID: chainID, id: id, schema: record.schema,
            fieldCount: UInt32(record.fields.count),
            fields: shown.sorted { $0.inclusion.leafIndex < $1.inclusion.leafIndex })
    }

    private var tree: MerkleTree {
        MerkleTree(
            leaves: record.fields.enumerated().map { index, field in
                RecordCommitment.leaf(field, salt: RecordCommitment.salt(of: index, from: salt))
            })
    }
}

/// The bytes that a record's commitment is made of.
enum RecordCommitment {
    /// The salt of a field: HMAC-SHA256 of its place under the record's salt, so that a shown field
    /// gives away nothing about the others.
    static func salt(of index: Int, from salt: [UInt8]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: Domain("ledger.field-salt", version: 1).prefix)
        encoder.encode(index)
        return Array(
            HMAC<SHA256>.authenticationCode(
                for: encoder.bytes, using: SymmetricKey(data: salt)))
    }

    static func leaf(_ field: RecordField, salt: [UInt8]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: salt)
        encoder.encode(field)
        return encoder.bytes
    }

    static func digest(
        _ chainID: LedgerDigest, _ id: LedgerDigest, _ schema: String, fieldCount: Int,
        root: LedgerDigest
    ) -> LedgerDigest {
        var encoder = CanonicalEncoder()
        encoder.encode(id)
        encoder.encode(schema)
        encoder.encode(UInt32(fieldCount))
        encoder.encode(root)
        return LedgerDigest(LedgerDomain.recordCommitment(chainID), encoder.bytes)
    }
}
