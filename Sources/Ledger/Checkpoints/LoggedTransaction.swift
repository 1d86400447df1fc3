// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes

/// The proof that a transaction is in a block, and the block under a checkpoint.
///
/// Whoever trusts the checkpoint needs nothing else of the chain.
public struct LoggedTransaction: Hashable, Sendable {
    /// The transaction in its block.
    public let transaction: TransactionProof
    /// The block's header.
    public let header: BlockHeader
    /// The header in the log.
    public let inclusion: InclusionProof

    /// Joins the two proofs; ``verify(against:)`` judges them.
    public init(
        _ transaction: TransactionProof, header: BlockHeader, inclusion: InclusionProof
    ) {
        self.transaction = transaction
        self.header = header
        self.inclusion = inclusion
    }

    /// Checks the way from the transaction over its block to the checkpoint's root.
    ///
    /// The checkpoint's signatures are checked by ``SignedCheckpoint/verify(log:witnesses:)``.
    ///
    /// - Throws: ``LedgerError``: `wrongRoot`, `wrongBlock`.
    /// - Complexity: O(log n) hashes.
    public func verify(against checkpoint: Checkpoint) throws(LedgerError) {
        guard transaction.height == header.height, inclusion.leafIndex &+ 1 == header.height else {
            throw LedgerError(
                .wrongBlock,
                "a transaction of block \(transaction.height) with header \(header.height) at leaf "
                    + "\(inclusion.leafIndex)")
        }
        guard inclusion.treeSize == checkpoint.size else {
            throw LedgerError(
                .wrongRoot,
                "a proof among \(inclusion.treeSize) blocks, the checkpoint has \(checkpoint.size)")
        }
        try transaction.verifyInclusion(in: header)
        try inclusion.verify(
            leafHash: MerkleHash.leaf(header.hash.bytes), root: checkpoint.root)
    }

    /// The canonical form.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(header)
        transaction.encode(to: &encoder)
        encoder.encode(inclusion)
        return encoder.bytes
    }

    /// Reads the canonical form.
    ///
    /// - Throws: ``LedgerError`` with `malformedBytes`.
    public init(canonicalBytes: [UInt8]) throws(LedgerError) {
        do {
            var decoder = CanonicalDecoder(canonicalBytes)
            header = try BlockHeader(from: &decoder)
            transaction = try TransactionProof(from: &decoder, chainID: header.chainID)
            inclusion = try InclusionProof(from: &decoder)
            try decoder.finish()
        } catch {
            throw LedgerError(.malformedBytes, "logged transaction: \(error)")
        }
    }
}
