// SPDX-License-Identifier: Apache-2.0

/// A chain of one bank and one bureau in one process: nobody else is asked, every append is a block
/// that is on the disk when the call returns.
///
/// The blocks are the same as those of many members, and so are the proofs.
public final class SoloChain: Sendable {
    /// The chain.
    public let chain: Chain
    private let bureau: SigningIdentity
    private let members: LocalMembers

    /// Takes the keys of a chain whose block quorum is one bank.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `wrongRole`, `quorumNotReached` where one bank
    ///   is not enough.
    public init(
        _ chain: Chain, bureau: SigningIdentity, bank: SigningIdentity
    ) throws(LedgerError) {
        let registry = chain.state.registry
        _ = try registry.require(
            bureau.address(chainID: registry.chainID), in: [.bureau], to: "propose a block")
        _ = try registry.require(
            bank.address(chainID: registry.chainID), in: [.bank], to: "vote on blocks")
        guard registry.blockQuorum == 1 else {
            throw LedgerError(
                .quorumNotReached,
                "a block needs \(registry.blockQuorum) of \(registry.banks.count) banks")
        }
        self.chain = chain
        self.bureau = bureau
        members = LocalMembers([bureau, bank])
    }

    /// Makes a block of transactions and writes it.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970-01-01 UTC; the block's time, unless the parent's is later.
    /// - Returns: the header of the block.
    /// - Throws: ``LedgerError``: what is wrong with a transaction; `staleChain` where another
    ///   thread or process appended meanwhile; `storage`. Nothing is written then.
    @discardableResult
    public func append(
        _ transactions: [SignedTransaction], now: UInt64
    ) throws(LedgerError) -> BlockHeader {
        try chain.append(transactions, agreedBy: members, now: now)
    }

    /// Makes a block of one batch of entries, signed by the bureau, and writes it.
    ///
    /// - Parameter now: milliseconds since 1970-01-01 UTC.
    /// - Returns: where the batch is; see ``Chain/entryProof(at:index:)``.
    /// - Throws: ``LedgerError``, as ``EntryBatch/init(journal:entries:)`` and
    ///   ``append(_:now:)``.
    @discardableResult
    public func append(
        entries: [[UInt8]], to journal: String, now: UInt64
    ) throws(LedgerError) -> Place {
        let state = chain.state
        let batch = try EntryBatch(journal: journal, entries: entries)
        let transaction = try SignedTransaction(
            .entryBatch(batch), nonce: state.nextNonce(of: bureau.address(chainID: state.chainID)),
            signedBy: bureau, chainID: state.chainID)
        var builder = BlockBuilder(after: state)
        try builder.add(transaction)
        let header = try chain.append(builder, agreedBy: members, now: now)
        return Place(height: header.height, position: 0)
    }
}
