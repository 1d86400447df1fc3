// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Many small entries of one sender under one signature, for records that come in by the thousand.
///
/// What is signed and hashed is the Merkle root of the entries. The entries themselves travel and
/// are stored beside it, and ``Chain/prune(below:)`` may drop them: the chain still verifies, and
/// whoever has kept an entry can still prove it.
public struct EntryBatch: Hashable, Sendable {
    /// The most entries of one batch.
    public static let maximumCount = 65_536
    /// The most bytes of one entry.
    public static let maximumEntrySize = 4_096

    /// The journal that the entries continue, 1 to 64 bytes.
    public let journal: String
    /// How many entries there are.
    public let count: Int
    /// The RFC 9162 root over the entries.
    public let root: LedgerDigest
    /// The entries in order; `nil` where they were pruned.
    public let entries: [[UInt8]]?

    /// A batch.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a journal's name of other than 1 to 64
    ///   bytes, no entry, or more or larger entries than the two limits.
    /// - Complexity: O(entries) hashes.
    public init(journal: String, entries: [[UInt8]]) throws(LedgerError) {
        try self.init(
            journal: journal, count: entries.count, root: Self.root(of: entries), entries: entries)
        if let index = entries.firstIndex(where: { $0.count > Self.maximumEntrySize }) {
            throw LedgerError(
                .invalidValue,
                "entry \(index) has \(entries[index].count) bytes, at most "
                    + "\(Self.maximumEntrySize) allowed")
        }
    }

    private init(
        journal: String, count: Int, root: LedgerDigest, entries: [[UInt8]]?
    ) throws(LedgerError) {
        try checkName(journal, "the journal's name")
        guard (1...Self.maximumCount).contains(count) else {
            throw LedgerError(
                .invalidValue, "\(count) entries, 1 to \(Self.maximumCount) allowed")
        }
        self.journal = journal
        self.count = count
        self.root = root
        self.entries = entries
    }

    /// The root over the entries; those of one size are hashed without an array for each.
    private static func root(of entries: [[UInt8]]) -> LedgerDigest {
        guard let size = entries.first?.count, size > 0,
            entries.allSatisfy({ $0.count == size })
        else { return MerkleTree(leaves: entries).root }
        var records: [UInt8] = []
        records.reserveCapacity(size * entries.count)
        for entry in entries { records += entry }
        return MerkleTree(records: records, recordSize: size).root
    }

    /// The batch with other entries, or none, beside the same root.
    func replacing(entries: [[UInt8]]?) throws(LedgerError) -> EntryBatch {
        if let entries {
            let batch = try EntryBatch(journal: journal, entries: entries)
            guard batch.root == root, batch.count == count else {
                throw LedgerError(
                    .wrongRoot,
                    "\(batch.count) entries with root \(batch.root), not \(count) with \(root)")
            }
            return batch
        }
        return try EntryBatch(journal: journal, count: count, root: root, entries: nil)
    }

    /// Writes what is signed and hashed.
    func encodeCommitment(to encoder: inout CanonicalEncoder) {
        encoder.encode(journal)
        encoder.encode(UInt32(count))
        encoder.encode(root)
    }

    init(commitmentFrom decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let journal = try decoder.decodeString()
        let count = Int(try decoder.decodeUInt32())
        let root = try LedgerDigest(from: &decoder)
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try EntryBatch(journal: journal, count: count, root: root, entries: nil)
        }
    }
}

extension EntryBatch: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encodeCommitment(to: &encoder)
        encoder.encode(optional: entries) { encoder, entries in
            encoder.encode(entries) { encoder, entry in encoder.encode(bytes: entry) }
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let commitment = try EntryBatch(commitmentFrom: &decoder)
        let entries = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeBytes()
            }
        }
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try commitment.replacing(entries: entries)
        }
    }
}
