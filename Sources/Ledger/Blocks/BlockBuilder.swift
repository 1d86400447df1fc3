// SPDX-License-Identifier: Apache-2.0

/// Gathers transactions for the next block of a bureau.
///
/// Every transaction is checked when it is added, so one that is refused never spoils the block.
public struct BlockBuilder: Sendable {
    private let parent: ChainState
    private var state: ChainState
    private let proposer: SigningIdentity
    /// The bytes of the transactions so far.
    public private(set) var byteCount = 0
    /// The transactions so far.
    public private(set) var transactions: [SignedTransaction] = []

    /// Starts the block after `state`'s head.
    ///
    /// - Parameter cycle: the block's cycle; the head's where it is `nil`.
    /// - Throws: ``LedgerError``: `unregisteredKey`, `wrongRole`, `wrongCycle`.
    public init(
        after state: ChainState, proposer: SigningIdentity, cycle: UInt64? = nil
    ) throws(LedgerError) {
        parent = state
        self.state = state
        self.proposer = proposer
        _ = try state.registry.require(
            proposer.address(chainID: state.chainID), in: [.bureau], to: "propose a block")
        try self.state.enter(cycle: cycle ?? state.cycle)
    }

    /// Adds a transaction behind the others.
    ///
    /// - Throws: ``LedgerError`` that says what is wrong with it; the builder is as before.
    public mutating func add(_ transaction: SignedTransaction) throws(LedgerError) {
        guard !transaction.transaction.isPruned else {
            throw LedgerError(
                .prunedBelow, "transaction \(transaction.id) comes without its entries")
        }
        let limits = parent.parameters
        guard transactions.count < limits.maximumTransactionCount else {
            throw LedgerError(
                .blockTooLarge, "at most \(limits.maximumTransactionCount) transactions",
                height: parent.height + 1)
        }
        let size = byteCount + transaction.byteCount
        guard size <= limits.maximumBlockBytes else {
            throw LedgerError(
                .blockTooLarge,
                "\(size) bytes of transactions, at most \(limits.maximumBlockBytes) allowed",
                height: parent.height + 1)
        }
        try state.apply(
            transaction, at: Place(height: parent.height + 1, position: transactions.count))
        transactions.append(transaction)
        byteCount = size
    }

    /// Signs the block and keeps what it leads to, so that it need not be checked again.
    func validated(timestamp: UInt64) throws(LedgerError) -> ValidatedBlock {
        let block = try build(timestamp: timestamp)
        return ValidatedBlock(
            block: block,
            successor: try state.finished(
                with: block.header, transactionCount: transactions.count))
    }

    /// Signs the block.
    ///
    /// - Parameters:
    ///   - timestamp: milliseconds since 1970-01-01 UTC, after the parent's.
    ///   - view: the attempt; the one after the parent's where it is `nil`.
    /// - Throws: ``LedgerError``: `wrongTime`, `wrongParent` (view).
    public func build(timestamp: UInt64, view: UInt64? = nil) throws(LedgerError) -> Block {
        let header = try BlockHeader(
            BlockHeader.Fields(
                chainID: parent.chainID, height: parent.height + 1, view: view ?? parent.view + 1,
                cycle: state.cycle, timestamp: timestamp, previousHash: parent.headHash,
                parentCertificate: parent.headCertificate,
                merkleRoot: MerkleTree(leaves: transactions.map(\.canonicalBytes)).root,
                transactionCount: UInt32(transactions.count),
                proposer: proposer.address(chainID: parent.chainID)),
            signedBy: proposer)
        try parent.checkPlace(of: header)
        return Block(header: header, transactions: transactions)
    }
}
