// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// A transaction with its sender, its number and the sender's signature.
public struct SignedTransaction: Hashable, Sendable {
    /// Who sends it.
    public let sender: Address
    /// A number that grows with every transaction of the sender; gaps are allowed.
    public let nonce: UInt64
    /// What is sent.
    public let transaction: Transaction
    /// The sender's signature over all of it and the chain id.
    public let signature: Signature
    /// The digest of everything but the signature, and of the chain id.
    public let id: LedgerDigest

    /// Signs `transaction` for the chain `chainID`.
    ///
    /// - Parameter nonce: above every nonce that the sender used before; see
    ///   ``ChainState/nextNonce(of:)``.
    /// - Throws: ``LedgerError`` with `badSignature` where signing fails.
    public init(
        _ transaction: Transaction, nonce: UInt64, signedBy identity: SigningIdentity,
        chainID: LedgerDigest
    ) throws(LedgerError) {
        let sender = identity.address(chainID: chainID)
        let content = Self.content(sender, nonce, transaction)
        self.sender = sender
        self.nonce = nonce
        self.transaction = transaction
        signature = try identity.sign(content, in: LedgerDomain.transaction(chainID))
        id = LedgerDigest(LedgerDomain.transactionID(chainID), content)
    }

    init(
        sender: Address, nonce: UInt64, transaction: Transaction, signature: Signature,
        chainID: LedgerDigest
    ) {
        self.sender = sender
        self.nonce = nonce
        self.transaction = transaction
        self.signature = signature
        id = LedgerDigest(
            LedgerDomain.transactionID(chainID), Self.content(sender, nonce, transaction))
    }

    /// The canonical bytes: the leaf of the block's Merkle tree.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder()
        encode(to: &encoder)
        return encoder.bytes
    }

    /// Refuses a sender that is not registered or has another role, and a wrong signature.
    func verify(_ registry: MemberRegistry) throws(LedgerError) {
        let member = try registry.require(
            sender, in: transaction.kind.senders, to: "send a \(transaction.kind)")
        guard
            member.identity.isValid(
                signature, of: Self.content(sender, nonce, transaction),
                in: LedgerDomain.transaction(registry.chainID))
        else {
            throw LedgerError(
                .badSignature, "transaction \(id) is not signed by \(sender) ('\(member.name)')")
        }
    }

    private static func content(
        _ sender: Address, _ nonce: UInt64, _ transaction: Transaction
    ) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(sender)
        encoder.encode(nonce)
        encoder.encode(transaction)
        return encoder.bytes
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fixed: Self.content(sender, nonce, transaction))
        encoder.encode(signature)
    }

    package init(
        from decoder: inout CanonicalDecoder, chainID: LedgerDigest
    ) throws(CanonicalDecodingError) {
        self.init(
            sender: try Address(from: &decoder), nonce: try decoder.decodeUInt64(),
            transaction: try Transaction(from: &decoder),
            signature: try Signature(from: &decoder), chainID: chainID)
    }
}
