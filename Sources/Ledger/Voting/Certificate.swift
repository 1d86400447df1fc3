// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The votes of a quorum of the registered banks for one block.
public struct Certificate: Hashable, Sendable {
    /// What the votes say.
    public let kind: BlockVote.Kind
    /// The block's height.
    public let height: UInt64
    /// The block's view.
    public let view: UInt64
    /// The block's hash.
    public let blockHash: LedgerDigest
    /// The votes in the order of the banks' addresses.
    public let votes: [BlockVote]

    init(_ votes: [BlockVote], for header: BlockHeader) {
        self.init(
            uncheckedVotes: votes.sorted { $0.bank < $1.bank }, for: header, kind: .finalize)
    }

    /// Takes votes in the order in which they were stored.
    init(uncheckedVotes votes: [BlockVote], for header: BlockHeader, kind: BlockVote.Kind) {
        self.kind = kind
        height = header.height
        view = header.view
        blockHash = header.hash
        self.votes = votes
    }

    /// The digest that the next block's header commits to.
    public func digest(chainID: LedgerDigest) -> LedgerDigest {
        var encoder = CanonicalEncoder()
        encoder.encode(height)
        encoder.encode(view)
        encoder.encode(blockHash)
        encodeVotes(to: &encoder)
        return LedgerDigest(LedgerDomain.certificate(chainID), encoder.bytes)
    }

    /// Checks that a strict quorum of the registered banks voted for exactly this block.
    ///
    /// - Throws: ``LedgerError``: `wrongBlock` (another block or kind), `duplicateVote`,
    ///   `unregisteredKey`, `wrongRole`, `badSignature`, `quorumNotReached`.
    public func verify(for header: BlockHeader, _ registry: MemberRegistry) throws(LedgerError) {
        try verifyForm(for: header, registry)
        for vote in votes { try vote.verify(registry) }
    }

    /// Everything but the signatures.
    func verifyForm(for header: BlockHeader, _ registry: MemberRegistry) throws(LedgerError) {
        guard
            kind == .finalize, height == header.height, view == header.view,
            blockHash == header.hash
        else {
            throw LedgerError(
                .wrongBlock, "the certificate is for \(blockHash), not \(header.hash)",
                height: header.height)
        }
        for (index, vote) in votes.enumerated() {
            guard
                vote.kind == kind, vote.height == height, vote.view == view,
                vote.blockHash == blockHash
            else {
                throw LedgerError(
                    .wrongBlock, "\(vote.bank) voted for \(vote.blockHash), not \(blockHash)",
                    height: height)
            }
            guard index == 0 || votes[index - 1].bank < vote.bank else {
                throw LedgerError(
                    .duplicateVote, "\(vote.bank) is counted twice or out of order",
                    height: height)
            }
        }
        guard votes.count >= registry.blockQuorum else {
            throw Self.tooFew(votes.count, registry, height)
        }
    }

    static func tooFew(
        _ count: Int, _ registry: MemberRegistry, _ height: UInt64
    ) -> LedgerError {
        LedgerError(
            .quorumNotReached,
            "\(count) of \(registry.banks.count) registered banks voted for it, "
                + "\(registry.blockQuorum) are needed",
            height: height)
    }

    /// Writes the kind and the votes; the block is known from the header beside them.
    package func encodeVotes(to encoder: inout CanonicalEncoder) {
        encoder.encode(kind.rawValue)
        encoder.encode(votes) { encoder, vote in
            encoder.encode(vote.bank)
            encoder.encode(vote.signature)
        }
    }

    package init(
        votesFor header: BlockHeader, from decoder: inout CanonicalDecoder
    ) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        guard let kind = BlockVote.Kind(rawValue: tag) else {
            throw decoder.error("\(tag) is no kind of vote")
        }
        let votes = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            BlockVote(
                kind: kind, height: header.height, view: header.view, blockHash: header.hash,
                bank: try Address(from: &decoder), signature: try Signature(from: &decoder))
        }
        self.init(uncheckedVotes: votes, for: header, kind: kind)
    }
}
