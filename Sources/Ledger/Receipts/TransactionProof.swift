// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A transaction with the proof that the block at a height holds it.
public struct TransactionProof: Hashable, Sendable {
    /// The block's height.
    public let height: UInt64
    /// The transaction.
    public let transaction: SignedTransaction
    /// The way from the transaction to the header's Merkle root.
    public let inclusion: InclusionProof

    init(position: Int, in block: Block, tree: MerkleTree) {
        height = block.header.height
        transaction = block.transactions[position].withoutEntries
        inclusion = tree.inclusionProof(at: position)
    }

    /// Whether this transaction takes effect before `other`.
    func precedes(_ other: TransactionProof) -> Bool {
        (height, inclusion.leafIndex) < (other.height, other.inclusion.leafIndex)
    }

    /// Checks the way to the header's root.
    func verifyInclusion(in header: BlockHeader) throws(LedgerError) {
        do throws(LedgerError) {
            guard inclusion.treeSize == UInt64(header.transactionCount) else {
                throw LedgerError(
                    .wrongRoot,
                    "proof in a tree of \(inclusion.treeSize) transactions, "
                        + "the header says \(header.transactionCount)")
            }
            try inclusion.verify(
                leafHash: MerkleTree.leafHash(transaction.canonicalBytes), root: header.merkleRoot)
        } catch {
            throw error.at(height)
        }
    }

    /// Checks the sender's role and signature.
    func verifySignature(_ registry: MemberRegistry) throws(LedgerError) {
        do throws(LedgerError) { try transaction.verify(registry) } catch { throw error.at(height) }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(height)
        transaction.encode(to: &encoder)
        encoder.encode(inclusion)
    }

    package init(
        from decoder: inout CanonicalDecoder, chainID: LedgerDigest
    ) throws(CanonicalDecodingError) {
        height = try decoder.decodeUInt64()
        transaction = try SignedTransaction(from: &decoder, chainID: chainID)
        inclusion = try InclusionProof(from: &decoder)
    }
}
