// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A chain of certified blocks in one SQLite file.
///
/// Opening verifies everything that is stored; appending checks a block with its votes and writes
/// it in one transaction that is on the disk (WAL, `synchronous = FULL`) when the call returns.
/// All methods may be called from any thread.
///
/// ```swift
/// let chain = try Chain.create(at: url, genesis: genesis)
/// let members = LocalMembers(banks + bureaus)
/// try chain.append(transactions, agreedBy: members, now: now)
/// ```
public final class Chain: Sendable {
    private let queue: DatabaseQueue
    private let head: Mutex<Head>

    private struct Head {
        var state: ChainState
        var isOpen = true

        /// GRDB does not survive the use of a closed connection.
        func requireOpen() throws(LedgerError) {
            guard isOpen else { throw LedgerError(.staleChain, "the chain is closed") }
        }
    }

    private init(_ queue: DatabaseQueue, _ state: ChainState) {
        self.queue = queue
        head = Mutex(Head(state: state))
    }

    /// Founds a chain in a new file.
    ///
    /// - Throws: ``LedgerError``: `fileExists` where anything is at `url`, `storage`. A failure
    ///   leaves no file behind.
    public static func create(at url: URL, genesis: Genesis) throws(LedgerError) -> Chain {
        try create(at: url, genesis: genesis, blocks: [])
        return try open(at: url)
    }

    /// Founds a chain in memory, for tests and for examples that keep nothing.
    ///
    /// - Throws: ``LedgerError`` with `storage`.
    public static func inMemory(genesis: Genesis) throws(LedgerError) -> Chain {
        try storing {
            let queue = try DatabaseQueue()
            try queue.write { try ChainWriter.create(genesis, in: $0) }
            return Chain(queue, ChainState(genesis: genesis))
        }
    }

    /// Opens a chain file and verifies all of it.
    ///
    /// - Parameter genesis: the founding record that the chain must have. Without it, any
    ///   consistent chain is opened, also one that somebody founded with other keys.
    /// - Throws: ``LedgerError``: `fileMissing`, `foreignFile`, `wrongChain`, `corruptStore` and
    ///   every other reason to refuse a block, with its height.
    /// - Complexity: one signature check per transaction, block and vote.
    public static func open(
        at url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> Chain {
        try Files.requireFile(url)
        return try storing {
            let queue = try DatabaseQueue(path: url.path)
            let state = try queue.read { try verifiedState($0, genesis) }
            try useDurableWAL(queue)
            return Chain(queue, state)
        }
    }

    /// Verifies a chain file without keys and without changing it.
    ///
    /// A file that was cut back to an earlier, complete state verifies: compare
    /// ``ChainReport/headHash`` with one that was noted elsewhere. Where a killed process has left a
    /// journal that only a writer can undo, it is undone first, as ``open(at:genesis:)`` does.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``, as ``open(at:genesis:)``.
    public static func verify(
        file url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> ChainReport {
        try Files.requireFile(url)
        return try storing {
            do {
                return try report(url, genesis, readonly: true)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
                return try report(url, genesis, readonly: false)
            }
        }
    }

    private static func report(
        _ url: URL, _ genesis: Genesis?, readonly: Bool
    ) throws -> ChainReport {
        var configuration = Configuration()
        configuration.readonly = readonly
        let queue = try DatabaseQueue(path: url.path, configuration: configuration)
        let state = try queue.read { try verifiedState($0, genesis) }
        try queue.close()
        return ChainReport(state)
    }

    private static func verifiedState(
        _ database: Database, _ genesis: Genesis?
    ) throws -> ChainState {
        try ChainSchema.check(database)
        let problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
        guard problems == ["ok"] else {
            throw LedgerError(.corruptStore, "SQLite: \(problems.joined(separator: "; "))")
        }
        return try ChainReader.verifiedState(database, genesis: genesis)
    }

    /// Writes a whole chain file, each block checked, or nothing.
    static func create(
        at url: URL, genesis: Genesis, blocks: [CertifiedBlock]
    ) throws(LedgerError) {
        try Files.create(url) { (partial) throws(LedgerError) in
            try storing {
                let queue = try DatabaseQueue(path: partial.path)
                try queue.write { database in
                    try ChainWriter.create(genesis, in: database)
                    var state = ChainState(genesis: genesis)
                    for block in blocks {
                        try state.apply(block)
                        try ChainWriter.append(block, leadingTo: state, in: database)
                    }
                }
                try queue.close()
            }
        }
    }

    /// Sets the open connection to write-ahead logging and to a disk flush for every commit.
    ///
    /// GRDB's own WAL mode lowers `synchronous` to NORMAL after any configuration hook, so both
    /// are set here, and read back.
    private static func useDurableWAL(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { database in
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            guard mode == "wal", level == 2 else {
                throw LedgerError(
                    .storage,
                    "journal mode \(mode ?? "none") and synchronous \(level ?? -1), "
                        + "not wal and 2")
            }
        }
    }

    /// What SQLite says about a setting of the open connection.
    package func pragma(_ name: String) throws(LedgerError) -> String? {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            return try storing {
                try queue.read { try String.fetchOne($0, sql: "PRAGMA \(name)") }
            }
        }
    }

    /// What follows from the chain up to its head.
    public var state: ChainState { head.withLock { $0.state } }

    /// The founding record.
    public var genesis: Genesis { head.withLock { $0.state.genesis } }

    /// The height of the head; 0 for the genesis alone.
    public var height: UInt64 { head.withLock { $0.state.height } }

    /// What a verification of this chain would report.
    public var report: ChainReport { ChainReport(state) }

    /// Checks a block with its votes and writes it.
    ///
    /// - Throws: ``LedgerError``: as ``ChainState/advanced(by:)``; `staleChain` where another
    ///   process has appended to the file or the chain is closed; `storage`. The chain is as
    ///   before.
    public func append(_ block: CertifiedBlock) throws(LedgerError) {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            let next = try head.state.advanced(by: block)
            try storing {
                try queue.write {
                    try ChainWriter.append(block, leadingTo: next, in: $0)
                }
            }
            head.state = next
        }
    }

    /// Checks final blocks that the consensus agreed on and writes them, all or none.
    ///
    /// Blocks that only close a cycle are not part of the chain.
    ///
    /// - Throws: ``LedgerError``, as ``append(_:)-(CertifiedBlock)``.
    public func append(_ segment: FinalizedSegment) throws(LedgerError) {
        try append(segment, keeping: nil)
    }

    /// The same, and replaces what a node keeps beside the blocks, all in one step.
    func append(
        _ segment: FinalizedSegment, keeping entries: [DurableEntry]?
    ) throws(LedgerError) {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            var states: [(block: CertifiedBlock, state: ChainState)] = []
            var state = head.state
            let last = state.configuration.lastHeight
            for (index, block) in segment.blocks.enumerated() where block.header.height <= last {
                let next = try state.following(segment, at: index)
                states.append(next)
                state = next.state
            }
            try write(states, keeping: entries, to: &head)
        }
    }

    /// Changes the file between two appends.
    func writing(_ body: @Sendable (Database) throws -> Void) throws(LedgerError) {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            try storing { try queue.write(body) }
        }
    }

    /// Has members of this process agree on a block of transactions, and writes it.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970-01-01 UTC; the block's time, unless the parent's is later.
    ///   - absent: members that do not take part, although they are among `members`.
    /// - Returns: the header of the block.
    /// - Throws: ``LedgerError``: what is wrong with a transaction; `quorumNotReached`,
    ///   `unregisteredKey` (no bureau is there); `staleChain` where another thread or process
    ///   appended meanwhile; `storage`. Nothing is written then.
    @discardableResult
    public func append(
        _ transactions: [SignedTransaction], agreedBy members: LocalMembers, now: UInt64,
        absent: Set<Address> = []
    ) throws(LedgerError) -> BlockHeader {
        var builder = BlockBuilder(after: state)
        for transaction in transactions { try builder.add(transaction) }
        return try append(builder, agreedBy: members, now: now, absent: absent)
    }

    func append(
        _ builder: BlockBuilder, agreedBy members: LocalMembers, now: UInt64,
        absent: Set<Address> = []
    ) throws(LedgerError) -> BlockHeader {
        let (block, state) = try members.decide(builder, now: now, absent: absent)
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            guard head.state.headHash == block.block.header.previousHash else {
                throw LedgerError(
                    .staleChain, "the chain went on to \(head.state.headHash) meanwhile",
                    height: state.height)
            }
            try write([(block, state)], to: &head)
        }
        return block.block.header
    }

    private func write(
        _ blocks: [(block: CertifiedBlock, state: ChainState)],
        keeping entries: [DurableEntry]? = nil, to head: inout Head
    ) throws(LedgerError) {
        guard let last = blocks.last else { return }
        try storing {
            try queue.write { database in
                for (block, state) in blocks {
                    try ChainWriter.append(block, leadingTo: state, in: database)
                }
                if let entries { try ConsensusEntries.replace(by: entries, in: database) }
            }
        }
        head.state = last.state
    }

    /// Drops the entries of all batches below `height` and gives their room back.
    ///
    /// Blocks, votes, all other transactions and the roots of the entries stay, so the chain
    /// verifies as before and proofs that were given stay good. ``EntryProof`` and
    /// ``entries(at:)`` are not to be had any more for what is dropped.
    ///
    /// - Returns: how many batches have lost their entries.
    /// - Throws: ``LedgerError``: `staleChain`, `storage`. After an error of SQLite's the entries
    ///   are all there or all dropped.
    @discardableResult
    public func prune(below height: UInt64) throws(LedgerError) -> Int {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            let limit = Int64(clamping: height)
            let (count, last) = try storing { () throws -> (Int, Int64?) in
                try queue.write { database in
                    let last = try Int64.fetchOne(
                        database,
                        sql: "SELECT max(height) FROM batch_entries WHERE height < ?",
                        arguments: [limit])
                    guard let last else { return (0, nil) }
                    try database.execute(
                        sql: "DELETE FROM batch_entries WHERE height < ?", arguments: [limit])
                    let count = database.changesCount
                    try database.execute(
                        sql: "UPDATE head SET pruned_below = ?", arguments: [last + 1])
                    return (count, last)
                }
            }
            guard let last else { return 0 }
            head.state.prune(below: UInt64(last) + 1)
            try storing { try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
            return count
        }
    }

    /// The entries of the batch at `place`.
    ///
    /// - Throws: ``LedgerError``: `prunedBelow`, `unknownReference` where there is no batch,
    ///   `corruptStore`, `staleChain`, `storage`.
    public func entries(at place: Place) throws(LedgerError) -> [[UInt8]] {
        let block = try block(at: place.height)?.block
        guard let block, block.transactions.indices.contains(place.position),
            case .entryBatch(let batch) = block.transactions[place.position].transaction
        else {
            throw LedgerError(
                .unknownReference, "transaction \(place.position) is no batch",
                height: place.height)
        }
        guard let entries = batch.entries else {
            throw LedgerError(
                .prunedBelow, "entries below \(state.prunedBelow) were pruned",
                height: place.height)
        }
        return entries
    }

    /// Writes a copy of the chain as it is now to a new file, while others may read and append.
    ///
    /// - Throws: ``LedgerError``: `fileExists` where anything is at `url`, `staleChain`, `storage`.
    ///   A failure leaves no file behind.
    public func snapshot(to url: URL) throws(LedgerError) {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            try Files.create(url) { (partial) throws(LedgerError) in
                try storing {
                    try queue.writeWithoutTransaction {
                        try $0.execute(sql: "VACUUM INTO ?", arguments: [partial.path])
                    }
                }
            }
        }
    }

    /// Makes a chain file at `url` from a snapshot, after verifying all of it.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``: as ``verify(file:genesis:)``; `fileExists` where anything is at
    ///   `url`. A failure leaves no file behind.
    public static func restore(
        from snapshot: URL, to url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> Chain {
        _ = try verify(file: snapshot, genesis: genesis)
        try Files.write(try Files.read(snapshot), to: url)
        return try open(at: url, genesis: genesis)
    }

    /// The block at `height`, read and compared with its hashes; `nil` above the head.
    ///
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    public func block(at height: UInt64) throws(LedgerError) -> CertifiedBlock? {
        guard height >= 1, height <= self.height else { return nil }
        return try reading { try $0.block(at: height) }
    }

    /// Reads the file between two appends.
    func reading<Value: Sendable>(
        _ body: @Sendable (ChainReader) throws -> Value
    ) throws(LedgerError) -> Value {
        try head.withLock { (head) throws(LedgerError) in
            try head.requireOpen()
            let genesis = head.state.genesis
            return try storing {
                try queue.read { try body(try ChainReader($0, genesis: genesis)) }
            }
        }
    }

    /// Closes the file and leaves nothing beside it; the chain is not usable afterwards.
    ///
    /// Closing twice does nothing.
    ///
    /// - Throws: ``LedgerError`` with `storage`.
    public func close() throws(LedgerError) {
        try head.withLock { (head) throws(LedgerError) in
            guard head.isOpen else { return }
            try storing {
                // Out of WAL mode a closed file can be read from read-only media. SQLite refuses
                // while somebody else reads it; then the log is only emptied.
                queue.writeWithoutTransaction { database in
                    _ = try? String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
                    _ = try? Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                }
                try queue.close()
            }
            head.isOpen = false
        }
    }
}
