// SPDX-License-Identifier: Apache-2.0

/// When a block's time is right: after its parent's and near a voter's own clock.
///
/// Every block of a chain is later than the one before; that is a rule of validity. How near it is
/// to the present is a rule of voting: a quorum holds at least one correct bank, so a certified
/// block was within ``maximumDrift`` of a correct clock when it was voted on.
public struct TimeRules: Hashable, Sendable {
    /// How far a block's time may be from a voter's clock, in milliseconds.
    public let maximumDrift: UInt64

    /// Rules with the drift of a chain's parameters.
    public init(_ parameters: ChainParameters) { maximumDrift = parameters.maximumDrift }

    /// The time of a block proposed at `now`, in milliseconds since 1970-01-01 UTC.
    ///
    /// It is `now`, or a millisecond after the parent's time where that is not before.
    public func timestamp(after parent: UInt64, now: UInt64) -> UInt64 {
        parent == .max ? parent : max(now, parent + 1)
    }

    /// Refuses a block whose time is too far from a voter's clock.
    ///
    /// - Parameter now: the voter's clock, in milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError`` with `wrongTime`.
    public func check(_ header: BlockHeader, now: UInt64) throws(LedgerError) {
        let drift = header.timestamp > now ? header.timestamp - now : now - header.timestamp
        guard drift <= maximumDrift else {
            throw LedgerError(
                .wrongTime,
                "time stamp \(header.timestamp) ms is \(drift) ms away from the clock, at most "
                    + "\(maximumDrift) ms are allowed", height: header.height)
        }
    }
}

extension Voter {
    /// Checks `block` as ``vote(on:after:)`` does, and its time against the voter's clock.
    ///
    /// - Parameter now: the voter's clock, in milliseconds since 1970-01-01 UTC.
    /// - Throws: ``LedgerError``, as ``vote(on:after:)``; `wrongTime`.
    public mutating func vote(
        on block: Block, after state: ChainState, now: UInt64
    ) throws(LedgerError) -> BlockVote {
        try TimeRules(state.parameters).check(block.header, now: now)
        return try vote(on: block, after: state)
    }
}
