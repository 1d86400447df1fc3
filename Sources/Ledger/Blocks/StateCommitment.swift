// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// What a block's header commits to besides its place: contents, state, evidence and history.
///
/// Its digest is the `state` of the ``ConsensusHeader``, so the quorum that made the block final
/// has computed and signed all of it.
public struct StateCommitment: Hashable, Sendable {
    /// The RFC 9162 root over the canonical bytes of the block's transactions.
    public let transactionRoot: LedgerDigest
    /// The number of transactions.
    public let transactionCount: UInt32
    /// The root of the ``StateTree`` after the block; see ``ChainState/stateTree``.
    public let stateRoot: LedgerDigest
    /// The root over the canonical bytes of those transactions that convict a member.
    public let evidenceRoot: LedgerDigest
    /// The RFC 9162 root over the hashes of all blocks before this one, as in ``HeaderLog``.
    public let historyRoot: LedgerDigest

    /// A commitment.
    package init(
        transactionRoot: LedgerDigest, transactionCount: UInt32, stateRoot: LedgerDigest,
        evidenceRoot: LedgerDigest, historyRoot: LedgerDigest
    ) {
        self.transactionRoot = transactionRoot
        self.transactionCount = transactionCount
        self.stateRoot = stateRoot
        self.evidenceRoot = evidenceRoot
        self.historyRoot = historyRoot
    }

    /// What the header holds of it.
    public func digest(chainID: LedgerDigest) -> LedgerDigest {
        LedgerDigest(LedgerDomain.stateCommitment(chainID), CanonicalEncoder.bytes(of: self))
    }
}

extension StateCommitment: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(transactionRoot)
        encoder.encode(transactionCount)
        encoder.encode(stateRoot)
        encoder.encode(evidenceRoot)
        encoder.encode(historyRoot)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        transactionRoot = try LedgerDigest(from: &decoder)
        transactionCount = try decoder.decodeUInt32()
        stateRoot = try LedgerDigest(from: &decoder)
        evidenceRoot = try LedgerDigest(from: &decoder)
        historyRoot = try LedgerDigest(from: &decoder)
    }
}
