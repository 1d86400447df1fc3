// SPDX-License-Identifier: Apache-2.0

/// How much a pool holds, so that no sender can fill the memory of a node.
public struct PoolLimits: Hashable, Sendable {
    /// The most transactions.
    public let maximumCount: Int
    /// The most bytes of their canonical forms.
    public let maximumBytes: Int
    /// The most transactions of one sender.
    public let maximumPerSender: Int

    /// Limits; 10,000 transactions, 64 MiB and 1,000 of one sender where they are not given.
    ///
    /// - Throws: ``LedgerError`` with `invalidValue` for a limit below 1.
    public init(
        maximumCount: Int = 10_000, maximumBytes: Int = 64 << 20, maximumPerSender: Int = 1_000
    ) throws(LedgerError) {
        guard maximumCount >= 1, maximumBytes >= 1, maximumPerSender >= 1 else {
            throw LedgerError(
                .invalidValue,
                "a pool of \(maximumCount) transactions, \(maximumBytes) bytes and "
                    + "\(maximumPerSender) of a sender")
        }
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
        self.maximumPerSender = maximumPerSender
    }
}
