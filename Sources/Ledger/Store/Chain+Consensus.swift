// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import GRDB

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a node keeps beside the blocks: its signatures and what is not final yet.
extension Chain {
    /// What ``note(_:)`` has kept, in its order.
    func consensusEntries() throws(LedgerError) -> [DurableEntry] {
        try reading { try ConsensusEntries.all(in: $0.database) }
    }

    /// Puts entries on the disk; they are safe there when the call returns.
    func note(_ entries: [DurableEntry]) throws(LedgerError) {
        try exclusively { (_) throws(LedgerError) in
            try storing { try queue.write { try ConsensusEntries.insert(entries, in: $0) } }
        }
    }

    /// Final blocks above a height, as they became final; at most `limit` and what ends a segment.
    ///
    /// Blocks whose entries were pruned are not sent: they end the list.
    ///
    /// - Throws: ``LedgerError``: `corruptStore`, `staleChain`, `storage`.
    public func segments(
        above height: UInt64, limit: Int
    ) throws(LedgerError) -> [FinalizedSegment] {
        try reading { reader in
            var segments: [FinalizedSegment] = []
            var blocks: [ConsensusBlock] = []
            var count = 0
            for next in (min(height, reader.blockCount) + 1)..<(reader.blockCount + 1) {
                let certified = try reader.block(at: next)
                guard !certified.block.transactions.contains(where: \.transaction.isPruned) else {
                    break
                }
                blocks.append(try certified.block.consensusBlock())
                count += 1
                let rest = certified.certificate.descendants
                // Behind the last block of a cycle stand only empty blocks that are not stored.
                if let behind = rest.first,
                    behind.height <= (behind.epoch + 1) * reader.genesis.cycleLength
                {
                    continue
                }
                let closing = try rest.map { (header) throws(LedgerError) in
                    try ConsensusBlock(header: header, payload: [], signature: [])
                }
                segments.append(
                    FinalizedSegment(
                        blocks: blocks + closing,
                        notarization: certified.certificate.notarization,
                        finalization: certified.certificate.finalization))
                blocks = []
                if count >= limit { break }
            }
            return segments
        }
    }
}

/// The table of a node's own entries.
enum ConsensusEntries {
    static func insert(_ entries: [DurableEntry], in database: Database) throws {
        let insert = try database.cachedStatement(
            sql: "INSERT INTO consensus_entry (bytes) VALUES (?)")
        for entry in entries {
            try insert.execute(arguments: [Data(CanonicalEncoder.bytes(of: entry))])
        }
    }

    static func replace(by entries: [DurableEntry], in database: Database) throws {
        try database.execute(sql: "DELETE FROM consensus_entry")
        try insert(entries, in: database)
    }

    static func all(in database: Database) throws -> [DurableEntry] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT bytes FROM consensus_entry ORDER BY position")
        return try rows.map { found in
            var row = StoredRow(found, table: "consensus_entry", height: 0)
            do {
                return try CanonicalDecoder.decode(from: try row.bytes())
            } catch let error as CanonicalDecodingError {
                throw LedgerError.row("consensus_entry", 0, "\(error)")
            }
        }
    }
}
