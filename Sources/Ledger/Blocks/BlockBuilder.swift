// SPDX-License-Identifier: Apache-2.0

/// Gathers transactions for the next block.
///
/// Every transaction is checked when it is added, so one that is refused never spoils the block.
public struct BlockBuilder: Sendable {
    /// The state that the block follows.
    public let parent: ChainState
    /// The state after the transactions so far, but for what the block's time and proposer change.
    private(set) var state: ChainState
    /// The bytes of the transactions so far.
    public private(set) var byteCount = 0
    /// The transactions so far.
    public private(set) var transactions: [SignedTransaction] = []

    /// Starts the block after `state`'s head.
    public init(after state: ChainState) {
        parent = state
        self.state = state
        self.state.begin(parent: state.headHash)
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

    /// What a bureau gives the consensus core: ``ConsensusEvent/payload(_:view:)``.
    public var payload: [UInt8] { Block.payload(transactions) }
}
