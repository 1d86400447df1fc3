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
    /// The connection; it is used while nobody else has ``head``.
    let queue: DatabaseQueue
    private let head: Mutex<Head>

    /// The end of the chain, as long as the file is open.
    struct Head {
        var state: ChainState
        var isOpen = true
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
        return try open(new: url)
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

    /// Opens a file that was just made, and removes it where that fails.
    static func open(new url: URL, genesis: Genesis? = nil) throws(LedgerError) -> Chain {
        do throws(LedgerError) {
            return try open(at: url, genesis: genesis)
        } catch {
            Files.removeDatabase(url)
            throw error
        }
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

    /// What follows from the chain up to its head.
    public var state: ChainState { head.withLock { $0.state } }

    /// The founding record.
    public var genesis: Genesis { head.withLock { $0.state.genesis } }

    /// The height of the head; 0 for the genesis alone.
    public var height: UInt64 { head.withLock { $0.state.height } }

    /// What a verification of this chain would report.
    public var report: ChainReport { ChainReport(state) }

    /// The block at `height`, read and compared with its hashes; `nil` above the head.
    ///
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    public func block(at height: UInt64) throws(LedgerError) -> CertifiedBlock? {
        guard height >= 1, height <= self.height else { return nil }
        return try reading { try $0.block(at: height) }
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

    /// Works on the file and the chain's end while nobody else does.
    func exclusively<Value: Sendable>(
        _ body: (inout Head) throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        try head.withLock { (head) throws(LedgerError) in
            // GRDB does not survive the use of a closed connection.
            guard head.isOpen else { throw LedgerError(.staleChain, "the chain is closed") }
            return try body(&head)
        }
    }

    /// Reads the file between two appends.
    func reading<Value: Sendable>(
        _ body: @Sendable (ChainReader) throws -> Value
    ) throws(LedgerError) -> Value {
        try exclusively { (head) throws(LedgerError) in
            let genesis = head.state.genesis
            return try storing {
                try queue.read { try body(ChainReader($0, genesis: genesis)) }
            }
        }
    }

    /// What SQLite says about a setting of the open connection.
    package func pragma(_ name: String) throws(LedgerError) -> String? {
        try exclusively { (_) throws(LedgerError) in
            try storing { try queue.read { try String.fetchOne($0, sql: "PRAGMA \(name)") } }
        }
    }
}
