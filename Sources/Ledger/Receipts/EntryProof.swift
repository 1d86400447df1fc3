// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// That a chain holds an entry of a journal, for somebody who has only the chain's genesis.
///
/// It leads from the entry to its batch's root, from there to the block's, and to the votes.
public struct EntryProof: Hashable, Sendable {
    /// The blocks of the batch and of the changes of members below it, in order.
    public let headers: [CertifiedHeader]
    /// The batch, without its entries.
    public let batch: TransactionProof
    /// The entry.
    public let entry: [UInt8]
    /// The way from the entry to the batch's root.
    public let inclusion: InclusionProof
    /// The changes of members below the batch's block, in order.
    public let membershipChanges: [TransactionProof]

    private static let format: UInt16 = 1

    /// Reads a proof; it proves nothing before ``verify(against:)``.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        self = try decodeCanonical("entry proof", from: canonicalBytes)
    }

    init(
        headers: [CertifiedHeader], batch: TransactionProof, entry: [UInt8],
        inclusion: InclusionProof, membershipChanges: [TransactionProof]
    ) {
        self.headers = headers
        self.batch = batch
        self.entry = entry
        self.inclusion = inclusion
        self.membershipChanges = membershipChanges
    }

    /// The proof's one byte form.
    public var canonicalBytes: [UInt8] { CanonicalEncoder.bytes(of: self) }

    /// Checks that the chain founded by `genesis` holds the entry.
    ///
    /// - Returns: the journal, the sender and the entry's position in the batch, from 0.
    /// - Throws: ``LedgerError`` with the reason.
    @discardableResult
    public func verify(
        against genesis: Genesis
    ) throws(LedgerError) -> (journal: String, sender: Address, index: Int) {
        guard case .entryBatch(let content) = batch.transaction.transaction else {
            throw LedgerError(
                .unknownReference, "transaction \(batch.transaction.id) is no batch",
                height: batch.height)
        }
        guard inclusion.treeSize == UInt64(content.count) else {
            throw LedgerError(
                .wrongRoot,
                "proof among \(inclusion.treeSize) entries, the batch has "
                    + "\(content.count)", height: batch.height)
        }
        try inclusion.verify(leafHash: MerkleTree.leafHash(entry), root: content.root)
        let trail = try MembershipTrail(
            genesis, headers, proving: [batch], changes: membershipChanges)
        try trail.verifySignatures()
        return (content.journal, batch.transaction.sender, Int(inclusion.leafIndex))
    }
}

extension EntryProof: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(Self.format)
        encoder.encode(headers)
        batch.encode(to: &encoder)
        encoder.encode(bytes: entry)
        encoder.encode(inclusion)
        encoder.encode(membershipChanges) { encoder, proof in proof.encode(to: &encoder) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let format = try decoder.decodeUInt16()
        guard format == Self.format else { throw decoder.error("\(format) is no proof format") }
        let headers: [CertifiedHeader] = try decoder.decodeArray()
        guard let chainID = headers.first?.header.chainID else {
            throw decoder.error("a proof without headers")
        }
        self.headers = headers
        batch = try TransactionProof(from: &decoder, chainID: chainID)
        entry = try decoder.decodeBytes()
        inclusion = try InclusionProof(from: &decoder)
        membershipChanges = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try TransactionProof(from: &decoder, chainID: chainID)
        }
    }
}

extension Chain {
    /// The proof of one entry.
    ///
    /// - Throws: ``LedgerError``, as ``entries(at:)``; `unknownReference` where the batch has not
    ///   that many entries.
    public func entryProof(at place: Place, index: Int) throws(LedgerError) -> EntryProof {
        let entries = try entries(at: place)
        guard entries.indices.contains(index) else {
            throw LedgerError(
                .unknownReference, "entry \(index) of \(entries.count)", height: place.height)
        }
        let changes = state.membershipChanges.filter { $0.height < place.height }
        return try reading { reader in
            var proofs = BlockProofs(reader)
            return EntryProof(
                headers: try proofs.headers(of: changes + [place]),
                batch: try proofs.proof(at: place), entry: entries[index],
                inclusion: MerkleTree(leaves: entries).inclusionProof(at: index),
                membershipChanges: try changes.map { try proofs.proof(at: $0) })
        }
    }
}
