// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import Ledger
internal import Synchronization

/// The state of a cluster: who sent how much, and a digest of all that was sent.
///
/// A transaction counts if a registered member signed it and its nonce is the sender's next one.
struct ClusterApplication: ConsensusApplication {
    let registry: MemberRegistry
    let verified: VerifiedTransactions
    private(set) var digest: LedgerDigest
    private(set) var count = 0
    private var nonces: [Address: UInt64] = [:]

    init(_ registry: MemberRegistry, _ verified: VerifiedTransactions) {
        self.registry = registry
        self.verified = verified
        digest = registry.chainID
    }

    /// The nonce that a sender must use next.
    func nextNonce(of sender: Address) -> UInt64 { nonces[sender] ?? 0 }

    func applying(
        _ payload: [UInt8], in block: BlockContext
    ) throws(LedgerError) -> any ConsensusApplication {
        var next = self
        for transaction in try Self.transactions(in: payload, registry.chainID) {
            let nonce = next.nextNonce(of: transaction.sender)
            guard transaction.nonce == nonce else {
                throw LedgerError(
                    .replayedTransaction,
                    "nonce \(transaction.nonce) of \(transaction.sender), the next one is \(nonce)")
            }
            try verified.check(transaction, registry)
            next.nonces[transaction.sender] = nonce + 1
            next.count += 1
        }
        next.digest = try LedgerDigest(
            SHA256Hash.hash(
                domain: Domain("ledger-test-kit.cluster", version: 1), digest.bytes + payload))
        return next
    }

    /// The cycle never ends in a run.
    func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
        configuration
    }

    static func payload(_ transactions: [SignedTransaction]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(transactions) { encoder, transaction in transaction.encode(to: &encoder) }
        return encoder.bytes
    }

    static func transactions(
        in payload: [UInt8], _ chainID: LedgerDigest
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
            throw LedgerError(.malformedBytes, "payload: \(error)")
        }
    }
}

/// The signatures that a node has checked, so that it checks none twice.
///
/// An identifier does not cover the signature, so both must be those that were checked.
final class VerifiedTransactions: Sendable {
    private let signatures = Mutex<[LedgerDigest: Signature]>([:])

    func check(
        _ transaction: SignedTransaction, _ registry: MemberRegistry
    ) throws(LedgerError) {
        let known = signatures.withLock { $0[transaction.id] }
        guard known != transaction.signature else { return }
        if let fault = [transaction].faults(registry)[0] { throw fault }
        signatures.withLock { $0[transaction.id] = transaction.signature }
    }
}
