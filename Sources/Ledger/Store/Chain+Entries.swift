// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The entries of journals, which a chain need not keep for ever.
extension Chain {
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
        try exclusively { (head) throws(LedgerError) in
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
}
