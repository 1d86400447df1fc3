// SPDX-License-Identifier: Apache-2.0

/// What the rules about one transaction may look at besides the transaction.
struct TransactionContext {
    /// The transaction's identifier.
    let id: LedgerDigest
    /// Who sends it.
    let sender: Address
    /// Where it is.
    let place: Place
    /// The block's cycle.
    let cycle: UInt64
    /// The time of the block before, in milliseconds since 1970-01-01 UTC.
    let timestamp: UInt64
    /// Whether the block is in the first half of its cycle.
    let isFirstHalfOfCycle: Bool
    /// Who is registered in this block, and who was.
    let membership: Membership

    /// Who is registered in this block.
    var registry: MemberRegistry { membership.registry }
    /// The sender's first address.
    var origin: Address { membership.origin(of: sender) }
}
