// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What the banks sign of a block: its place in the chain, its justification, and what it commits
/// to.
///
/// Paper 004's Fig. 3 asks for hash, time stamp, Merkle root, transaction information and previous
/// hash. The header makes a verifier independent of every other part of the chain: it holds chain
/// id, height, view, epoch, proposer, the digests of the voter sets of its epoch and the next, the
/// roots of transactions, state, evidence and earlier blocks, the parent's notarization and the
/// nullification of each view that was passed over.
public struct BlockHeader: Hashable, Sendable {
    /// What the consensus knows of the block.
    public let consensus: ConsensusHeader
    /// What the consensus header's `state` is the digest of.
    public let commitment: StateCommitment

    /// Joins both parts.
    ///
    /// - Throws: ``LedgerError`` with `wrongRoot` where the commitment is not the header's.
    public init(
        _ consensus: ConsensusHeader, _ commitment: StateCommitment
    ) throws(LedgerError) {
        let digest = commitment.digest(chainID: consensus.chainID)
        guard digest == consensus.state else {
            throw LedgerError(
                .wrongRoot, "the commitment has digest \(digest), the header \(consensus.state)",
                height: consensus.height)
        }
        self.consensus = consensus
        self.commitment = commitment
    }

    /// The chain.
    public var chainID: LedgerDigest { consensus.chainID }
    /// The block's number; the first block after the genesis is 1.
    public var height: UInt64 { consensus.height }
    /// The attempt in which it was proposed, from 1 in each cycle; it grows from block to block.
    public var view: UInt64 { consensus.view }
    /// The epoch: the period in which one set of banks votes, one order of bureaus proposes, and
    /// the scores of the block count.
    public var cycle: UInt64 { consensus.epoch }
    /// Milliseconds since 1970-01-01 UTC, strictly after the parent's.
    public var timestamp: UInt64 { consensus.time }
    /// The parent's hash; the chain id for the first block.
    public var previousHash: LedgerDigest { consensus.parent }
    /// The RFC 9162 root over the canonical bytes of the transactions.
    public var merkleRoot: LedgerDigest { commitment.transactionRoot }
    /// The number of transactions.
    public var transactionCount: UInt32 { commitment.transactionCount }
    /// The root of the state after the block.
    public var stateRoot: LedgerDigest { commitment.stateRoot }
    /// The bureau that made the block.
    public var proposer: Address { consensus.proposer }
    /// The block's hash, which covers everything in the header.
    public var hash: LedgerDigest { consensus.hash }
}

extension BlockHeader: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(consensus)
        encoder.encode(commitment)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let consensus = try ConsensusHeader(from: &decoder)
        let commitment = try StateCommitment(from: &decoder)
        self = try checkingDecoded(decoder) { () throws(LedgerError) in
            try BlockHeader(consensus, commitment)
        }
    }
}
