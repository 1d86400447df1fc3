// SPDX-License-Identifier: Apache-2.0

/// A bank that votes on blocks: it checks each one itself and signs at most one per height.
///
/// The memory of what was signed is in this value only. A bank that must not contradict itself
/// after a restart needs a durable record; see <doc:Agreement>.
public struct Voter: Sendable {
    private let identity: SigningIdentity
    private var lastVote: BlockVote?
    /// The bank's address.
    public let address: Address

    /// A voter for a registered bank.
    ///
    /// - Throws: ``LedgerError``: `unregisteredKey`, `wrongRole`.
    public init(_ identity: SigningIdentity, registry: MemberRegistry) throws(LedgerError) {
        self.identity = identity
        address = identity.address(chainID: registry.chainID)
        _ = try registry.require(address, in: [.bank], to: "vote on blocks")
    }

    /// Checks `block` against the chain and signs it.
    ///
    /// The same block gets the same vote again.
    ///
    /// - Throws: ``LedgerError``: what is wrong with the block (see ``ChainState/validate(_:)``),
    ///   or `equivocation` where this bank has voted for another block of that height or view.
    public mutating func vote(
        on block: Block, after state: ChainState
    ) throws(LedgerError) -> BlockVote {
        let header = block.header
        if let last = lastVote {
            if last.blockHash == header.hash { return last }
            guard header.height > last.height, header.view > last.view else {
                throw LedgerError(
                    .equivocation,
                    "\(address) has voted for \(last.blockHash) at height \(last.height) and view "
                        + "\(last.view) and does not vote for \(header.hash)",
                    height: header.height)
            }
        }
        _ = try state.validate(block)
        let vote = try BlockVote(on: header, signedBy: identity)
        lastVote = vote
        return vote
    }
}
