// SPDX-License-Identifier: Apache-2.0

/// Transactions that wait for a block: a pure value, the clock is passed in.
///
/// Transactions leave in the order of their arrival, those of one sender in the order of their
/// nonces. What cannot enter the chain any more leaves when the pool follows the chain.
///
/// ```swift
/// var pool = TransactionPool(after: chain.state, batches: limits)
/// try pool.submit(transaction, now: now)
/// if pool.isDue(at: now) {
///     let batch = pool.batch()
///     try chain.append(batch.builder.transactions, agreedBy: members, now: now)
///     pool.follow(chain.state)
/// }
/// ```
public struct TransactionPool: Sendable {
    /// Waiting transactions for one block.
    public struct Batch: Sendable {
        /// The transactions, checked in their order.
        public let builder: BlockBuilder
        /// The transactions that the chain does not take, with the
        /// reasons; they have left the pool.
        public let refused: [(transaction: SignedTransaction, reason: LedgerError)]
    }

    private struct Waiting {
        var transaction: SignedTransaction
        var size: Int
        var arrival: UInt64
    }

    /// When a block is due and how large it gets.
    public let batches: BatchLimits
    /// How much the pool holds.
    public let limits: PoolLimits
    /// The bytes of the waiting transactions.
    public private(set) var byteCount = 0
    private var state: ChainState
    /// The hashes of the last blocks, which stamps refer to.
    private var recentBlocks: [UInt64: LedgerDigest]
    /// The senders in the order in which their transactions came, one entry for each.
    private var turns: [Address] = []
    /// The transactions of each sender in the order of their nonces.
    private var waiting: [Address: [Waiting]] = [:]

    /// An empty pool for the block after `state`'s head.
    public init(after state: ChainState, batches: BatchLimits, limits: PoolLimits) {
        self.state = state
        self.batches = batches
        self.limits = limits
        recentBlocks = [state.height: state.headHash]
    }

    /// How many transactions wait.
    public var count: Int { turns.count }

    /// Takes a transaction whose role, signature, number and expiry are right.
    ///
    /// - Parameters:
    ///   - stamp: the work of the submission, which users owe where
    ///     ``ChainParameters/admissionBits`` is not 0.
    ///   - now: milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError``: `replayedTransaction`, `expiredTransaction`, `missingStamp`,
    ///   `poolFull`, `unregisteredKey`, `wrongRole`, `badSignature`. The pool is as before.
    public mutating func submit(
        _ transaction: SignedTransaction, stamp: AdmissionStamp? = nil, now: UInt64
    ) throws(LedgerError) {
        let size = transaction.byteCount
        try checkStamp(stamp, on: transaction)
        var own = waiting[transaction.sender] ?? []
        guard turns.count < limits.maximumCount, byteCount + size <= limits.maximumBytes,
            own.count < limits.maximumPerSender
        else {
            throw LedgerError(
                .poolFull,
                "\(turns.count) transactions of \(byteCount) bytes wait, \(own.count) of them from "
                    + "\(transaction.sender)")
        }
        try checkNumber(of: transaction)
        let index = own.firstIndex { $0.transaction.nonce >= transaction.nonce } ?? own.count
        guard index == own.count || own[index].transaction.nonce != transaction.nonce else {
            throw LedgerError(
                .replayedTransaction,
                "a transaction of \(transaction.sender) with nonce \(transaction.nonce) waits already"
            )
        }
        // The signature comes last because it takes the longest.
        try transaction.verify(state.registry)
        own.insert(Waiting(transaction: transaction, size: size, arrival: now), at: index)
        waiting[transaction.sender] = own
        turns.append(transaction.sender)
        byteCount += size
    }

    /// Whether a block should be made at `now`, in milliseconds since 1970-01-01 UTC.
    public func isDue(at now: UInt64) -> Bool {
        guard !turns.isEmpty else { return false }
        if turns.count >= batches.maximumCount || byteCount >= batches.maximumBytes { return true }
        let oldest = waiting.values.lazy.flatMap { $0.lazy.map(\.arrival) }.min() ?? now
        return oldest.addingSaturated(batches.interval) <= now
    }

    /// Gathers waiting transactions for a block; those in it stay until ``follow(_:)``.
    ///
    /// - Parameter parent: the state that the block follows, where it is not the last one followed:
    ///   of a block that is not final yet. What that state has taken already is passed over.
    public mutating func batch(after parent: ChainState? = nil) -> Batch {
        var builder = BlockBuilder(after: parent ?? state)
        var refused: [(transaction: SignedTransaction, reason: LedgerError)] = []
        var next: [Address: Int] = [:]
        for sender in turns {
            guard builder.transactions.count < batches.maximumCount,
                let own = waiting[sender]
            else { break }
            let item = own[next[sender, default: 0]]
            guard
                builder.transactions.isEmpty
                    || builder.byteCount + item.size <= batches.maximumBytes
            else { break }
            do throws(LedgerError) {
                try builder.add(item.transaction)
            } catch {
                if error.code == .blockTooLarge, !builder.transactions.isEmpty { break }
                if error.code != .replayedTransaction { refused.append((item.transaction, error)) }
            }
            next[sender, default: 0] += 1
        }
        let ids = Set(refused.map(\.transaction.id))
        removeAll { ids.contains($0.id) }
        return Batch(builder: builder, refused: refused)
    }

    /// Goes on behind `state`'s head: what it holds, what has expired and what its members may no
    /// longer send leaves.
    public mutating func follow(_ state: ChainState) {
        self.state = state
        recentBlocks[state.height] = state.headHash
        recentBlocks = recentBlocks.filter {
            $0.key <= state.height && state.height - $0.key < AdmissionStamp.validity
        }
        removeAll { transaction in
            transaction.nonce < state.nextNonce(of: transaction.sender)
                || transaction.expiryHeight <= state.height
                || state.registry.member(at: transaction.sender) == nil
        }
    }

    private mutating func removeAll(where isOut: (SignedTransaction) -> Bool) {
        var leaving: [Address: Int] = [:]
        for (sender, own) in waiting {
            let kept = own.filter { !isOut($0.transaction) }
            guard kept.count < own.count else { continue }
            leaving[sender] = own.count - kept.count
            byteCount -= own.reduce(0) { $0 + $1.size } - kept.reduce(0) { $0 + $1.size }
            waiting[sender] = kept.isEmpty ? nil : kept
        }
        turns.removeAll { sender in
            guard let count = leaving[sender], count > 0 else { return false }
            leaving[sender] = count - 1
            return true
        }
    }

    private func checkNumber(of transaction: SignedTransaction) throws(LedgerError) {
        let nonce = state.nextNonce(of: transaction.sender)
        guard transaction.nonce >= nonce else {
            throw LedgerError(
                .replayedTransaction,
                "nonce \(transaction.nonce) of \(transaction.sender), the next one is \(nonce)")
        }
        guard transaction.expiryHeight > state.height else {
            throw LedgerError(
                .expiredTransaction,
                "\(transaction.id) may stand in block \(transaction.expiryHeight) at the latest, "
                    + "the chain is at \(state.height)")
        }
    }

    private func checkStamp(
        _ stamp: AdmissionStamp?, on transaction: SignedTransaction
    ) throws(LedgerError) {
        let bits = state.parameters.admissionBits
        let role = state.registry.member(at: transaction.sender)?.role
        guard bits > 0, role == .user || role == nil else { return }
        guard let stamp else {
            throw LedgerError(.missingStamp, "a submission needs a stamp of \(bits) bits")
        }
        guard let block = recentBlocks[stamp.height] else {
            throw LedgerError(
                .missingStamp,
                "the stamp refers to block \(stamp.height), which is none of the last "
                    + "\(AdmissionStamp.validity) up to \(state.height)")
        }
        try stamp.verify(
            for: transaction.id, block: block, bits: bits, chainID: state.chainID)
    }
}
