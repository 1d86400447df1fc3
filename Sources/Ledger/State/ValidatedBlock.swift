// SPDX-License-Identifier: Apache-2.0

/// A block that was found to continue a chain; only ``ChainState/validate(_:)`` makes one.
public struct ValidatedBlock: Sendable {
    /// The block.
    public let block: Block
    /// The state after it, still without the digest of its certificate.
    let successor: ChainState

    /// Where the scores that the block touches will stand once it is certified.
    public func status(of proposal: LedgerDigest) -> ScoreStatus? {
        successor.status(of: proposal)
    }
}
