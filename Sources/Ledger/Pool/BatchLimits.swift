// SPDX-License-Identifier: Apache-2.0

/// When a pool's transactions become a block: at a count, at a number of bytes, or after a time.
///
/// A count of 1 gives every transaction a block of its own, as paper 004 has it.
public struct BatchLimits: Hashable, Sendable {
    /// The most transactions of a batch.
    public let maximumCount: Int
    /// The most bytes of a batch; a single transaction may be larger.
    public let maximumBytes: Int
    /// How long the oldest transaction waits for others, in milliseconds.
    public let interval: UInt64

    /// Limits; 100 transactions, 1 MiB and 50 ms where they are not given.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a count or a number of bytes below 1.
    public init(
        maximumCount: Int = 100, maximumBytes: Int = 1 << 20, interval: UInt64 = 50
    ) throws(LedgerError) {
        guard maximumCount >= 1, maximumBytes >= 1 else {
            throw LedgerError(
                .invalidValue, "batches of \(maximumCount) transactions and \(maximumBytes) bytes")
        }
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
        self.interval = interval
    }
}
