// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A transaction with its sender, its number and the sender's signature.
public struct SignedTransaction: Hashable, Sendable {
    /// Who sends it.
    public let sender: Address
    /// A number that grows with every transaction of the sender; gaps are allowed.
    public let nonce: UInt64
    /// The last block in which it may stand; the highest number where there is no such limit.
    public let expiryHeight: UInt64
    /// What is sent.
    public let transaction: Transaction
    /// The sender's signature over all of it and the chain id.
    public let signature: Signature
    /// The digest of everything but the signature, and of the chain id.
    public let id: LedgerDigest
    /// The bytes of everything but the signature, without the entries of a batch.
    private let contentSize: Int

    /// Signs `transaction` for the chain `chainID`.
    ///
    /// - Parameters:
    ///   - nonce: above every nonce that the sender used before; see
    ///     ``ChainState/nextNonce(of:)``.
    ///   - expiryHeight: the last block in which it may stand.
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public init(
        _ transaction: Transaction, nonce: UInt64, expiryHeight: UInt64 = .max,
        signedBy identity: SigningIdentity, chainID: LedgerDigest
    ) throws(LedgerError) {
        let sender = identity.address(chainID: chainID)
        let content = Self.content(sender, nonce, expiryHeight, transaction)
        self.sender = sender
        self.nonce = nonce
        self.expiryHeight = expiryHeight
        self.transaction = transaction
        signature = try identity.sign(content, in: LedgerDomain.transaction(chainID))
        id = LedgerDigest(LedgerDomain.transactionID(chainID), content)
        contentSize = content.count
    }

    init(
        sender: Address, nonce: UInt64, expiryHeight: UInt64, transaction: Transaction,
        signature: Signature, chainID: LedgerDigest
    ) {
        self.sender = sender
        self.nonce = nonce
        self.expiryHeight = expiryHeight
        self.transaction = transaction
        self.signature = signature
        let content = Self.content(sender, nonce, expiryHeight, transaction)
        id = LedgerDigest(LedgerDomain.transactionID(chainID), content)
        contentSize = content.count
    }

    /// The canonical bytes: the leaf of the block's Merkle tree.
    ///
    /// Of an ``EntryBatch`` they hold the root, not the entries.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: Self.content(sender, nonce, expiryHeight, transaction))
        encoder.encode(signature)
        return encoder.bytes
    }

    /// How many bytes it takes in a block, entries included; with short entries a little less.
    public var byteCount: Int {
        contentSize + CanonicalEncoder.bytes(of: signature).count
            + (transaction.entries?.reduce(0) { $0 + $1.count + 2 } ?? 0)
    }

    /// The same without the entries of a batch.
    var withoutEntries: SignedTransaction {
        guard case .entryBatch(let batch) = transaction, batch.entries != nil,
            let stripped = try? batch.replacing(entries: nil)
        else { return self }
        return SignedTransaction(self, .entryBatch(stripped))
    }

    /// The same transaction with a batch that has, or has not, its entries.
    init(_ other: SignedTransaction, _ transaction: Transaction) {
        sender = other.sender
        nonce = other.nonce
        expiryHeight = other.expiryHeight
        self.transaction = transaction
        signature = other.signature
        id = other.id
        contentSize = other.contentSize
    }

    /// Refuses a sender that is not registered or has another role, and a wrong signature.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        let member = try registry.require(
            sender, in: transaction.kind.senders, to: "send a \(transaction.kind)")
        guard
            member.identity.isValid(
                signature, of: Self.content(sender, nonce, expiryHeight, transaction),
                in: LedgerDomain.transaction(registry.chainID))
        else {
            throw LedgerError(
                .badSignature, "transaction \(id) is not signed by \(sender) ('\(member.name)')")
        }
    }

    private static func content(
        _ sender: Address, _ nonce: UInt64, _ expiryHeight: UInt64, _ transaction: Transaction
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(sender)
        encoder.encode(nonce)
        encoder.encode(expiryHeight)
        transaction.encodeCommitment(to: &encoder)
        return encoder.bytes
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(sender)
        encoder.encode(nonce)
        encoder.encode(expiryHeight)
        encoder.encode(transaction)
        encoder.encode(signature)
    }

    package init(
        from decoder: inout CanonicalDecoder, chainID: LedgerDigest
    ) throws(CanonicalDecodingError) {
        self.init(
            sender: try Address(from: &decoder), nonce: try decoder.decodeUInt64(),
            expiryHeight: try decoder.decodeUInt64(), transaction: try Transaction(from: &decoder),
            signature: try Signature(from: &decoder), chainID: chainID)
    }
}
