// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A header, the transactions that its Merkle root covers, and the proposer's signature.
public struct Block: Hashable, Sendable {
    /// The most transactions that a block may hold.
    public static let maximumTransactionCount = 65_536

    /// The header.
    public let header: BlockHeader
    /// The transactions in their order of effect.
    public let transactions: [SignedTransaction]
    /// The bureau's signature of the header's hash.
    public let signature: [UInt8]

    package init(header: BlockHeader, transactions: [SignedTransaction], signature: [UInt8]) {
        self.header = header
        self.transactions = transactions
        self.signature = signature
    }

    /// The block's hash.
    public var hash: LedgerDigest { header.hash }

    /// The tree whose root is in the header.
    ///
    /// - Complexity: O(transactions) hashes.
    public var merkleTree: MerkleTree {
        MerkleTree(leaves: transactions.map(\.canonicalBytes))
    }

    /// The block as the consensus has it.
    ///
    /// - Throws: ``LedgerError`` with `prunedBelow` where entries of a
    ///   batch are missing, `wrongRoot`.
    public func consensusBlock() throws(LedgerError) -> ConsensusBlock {
        try requireEntries()
        return try ConsensusBlock(
            header: header.consensus, payload: Self.payload(transactions), signature: signature)
    }

    /// Refuses a batch without its entries, which no member could check.
    func requireEntries() throws(LedgerError) {
        guard let index = transactions.firstIndex(where: \.transaction.isPruned) else { return }
        throw LedgerError(
            .prunedBelow, "transaction \(index) comes without its entries", height: header.height)
    }

    /// Refuses transactions that are not those of the header.
    func verifyContents() throws(LedgerError) {
        let count = transactions.count
        guard count <= Self.maximumTransactionCount else {
            throw LedgerError(
                .blockTooLarge,
                "\(count) transactions, at most \(Self.maximumTransactionCount) allowed",
                height: header.height)
        }
        guard count == Int(header.transactionCount) else {
            throw LedgerError(
                .wrongRoot, "\(count) transactions, the header says \(header.transactionCount)",
                height: header.height)
        }
        let root = merkleTree.root
        guard root == header.merkleRoot else {
            throw LedgerError(
                .wrongRoot, "transactions have root \(root), the header says \(header.merkleRoot)",
                height: header.height)
        }
    }

    /// The bytes that the consensus agrees on: the transactions one after the other.
    static func payload(_ transactions: [SignedTransaction]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(transactions) { encoder, transaction in transaction.encode(to: &encoder) }
        return encoder.bytes
    }

    /// Reads what ``payload(_:)`` wrote.
    static func transactions(
        in payload: [UInt8], chainID: LedgerDigest
    ) throws(LedgerError) -> [SignedTransaction] {
        do {
            var decoder = CanonicalDecoder(payload)
            let transactions = try decoder.decodeArray {
                (decoder) throws(CanonicalDecodingError) in
                try SignedTransaction(from: &decoder, chainID: chainID)
            }
            try decoder.finish()
            return transactions
        } catch {
            throw LedgerError(.malformedBytes, "transactions: \(error)")
        }
    }
}

extension Block: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(header)
        encoder.encode(bytes: signature)
        encoder.encode(transactions) { encoder, transaction in transaction.encode(to: &encoder) }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let header = try BlockHeader(from: &decoder)
        self.header = header
        signature = try decoder.decodeBytes()
        transactions = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try SignedTransaction(from: &decoder, chainID: header.chainID)
        }
    }
}
