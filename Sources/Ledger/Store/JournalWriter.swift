// SPDX-License-Identifier: Apache-2.0

/// Where an entry is on the chain.
public struct EntryPlace: Hashable, Sendable {
    /// Where its batch is.
    public let batch: Place
    /// Its position in the batch, from 0.
    public let index: Int
}

/// Gathers the entries of many callers: while one block is written to the disk, the next one fills.
///
/// Each call returns when its entry is on the disk, and one flush serves all that waited for it.
public actor JournalWriter {
    private let chain: SoloChain
    private let journal: String
    private let maximumCount: Int
    private let now: @Sendable () -> UInt64
    private var waiting: [([UInt8], CheckedContinuation<Result<EntryPlace, LedgerError>, Never>)] =
        []
    private var isWriting = false

    /// A writer of one journal.
    ///
    /// - Parameters:
    ///   - maximumCount: the most entries of a block.
    ///   - now: the clock, in milliseconds since 1970-01-01 UTC.
    /// - Precondition: `maximumCount` is in `1 ... EntryBatch.maximumCount`.
    public init(
        _ chain: SoloChain, journal: String, maximumCount: Int = 4_096,
        now: @escaping @Sendable () -> UInt64
    ) {
        precondition(
            (1...EntryBatch.maximumCount).contains(maximumCount), "\(maximumCount) entries")
        self.chain = chain
        self.journal = journal
        self.maximumCount = maximumCount
        self.now = now
    }

    /// Writes an entry; it is on the disk when the call returns.
    ///
    /// - Throws: ``LedgerError``: `invalidValue` for an entry above
    ///   ``EntryBatch/maximumEntrySize``; as ``SoloChain/append(entries:to:now:)``.
    public func append(_ entry: [UInt8]) async throws(LedgerError) -> EntryPlace {
        guard entry.count <= EntryBatch.maximumEntrySize else {
            throw LedgerError(
                .invalidValue,
                "an entry of \(entry.count) bytes, at most \(EntryBatch.maximumEntrySize) allowed")
        }
        let result = await withCheckedContinuation { continuation in
            waiting.append((entry, continuation))
            if !isWriting {
                isWriting = true
                Task { await writeAll() }
            }
        }
        return try result.get()
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(maximumCount))
            waiting.removeFirst(batch.count)
            let entries = batch.map(\.0)
            // Off the actor, so that the next entries gather during the flush.
            let result = await Task.detached { [chain, journal, now] in
                Result { () throws(LedgerError) in
                    try chain.append(entries: entries, to: journal, now: now())
                }
            }.value
            for (index, (_, continuation)) in batch.enumerated() {
                continuation.resume(returning: result.map { EntryPlace(batch: $0, index: index) })
            }
        }
        isWriting = false
    }
}
