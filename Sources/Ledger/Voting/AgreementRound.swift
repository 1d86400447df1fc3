// SPDX-License-Identifier: Apache-2.0

/// One block put to the banks, in one process: every bank checks it, and the votes are counted.
///
/// Pure: the caller builds the block, asks the banks and appends the result.
///
/// ```swift
/// var round = AgreementRound(block, after: chain.state)
/// for index in voters.indices { round.ask(&voters[index]) }
/// try chain.append(try round.conclude())
/// ```
public struct AgreementRound: Sendable {
    /// The block.
    public let block: Block
    /// The votes so far.
    public private(set) var collector: VoteCollector
    /// The banks that did not vote for the block, with their reasons.
    public private(set) var refusals: [Address: LedgerError] = [:]
    private let state: ChainState

    /// Starts a round on a block after `state`'s head.
    public init(_ block: Block, after state: ChainState) {
        self.block = block
        self.state = state
        collector = VoteCollector(for: block.header, registry: state.registry)
    }

    /// Lets a bank check the block and counts its vote, or keeps its reason not to.
    ///
    /// - Parameter now: the bank's clock, in milliseconds since 1970-01-01 UTC, which the block's
    ///   time must be near; not looked at where it is `nil`.
    public mutating func ask(_ voter: inout Voter, now: UInt64? = nil) {
        do throws(LedgerError) {
            if let now { try TimeRules(state.parameters).check(block.header, now: now) }
            try collector.add(try voter.vote(on: block, after: state))
        } catch {
            refusals[voter.address] = error
        }
    }

    /// The block with its votes.
    ///
    /// - Throws: ``LedgerError``: `quorumNotReached`, with the first reason that a bank gave.
    public func conclude() throws(LedgerError) -> CertifiedBlock {
        do throws(LedgerError) {
            return CertifiedBlock(block: block, certificate: try collector.certificate())
        } catch {
            guard let (bank, reason) = refusals.min(by: { $0.key < $1.key }) else { throw error }
            throw LedgerError(
                error.code, "\(error.message); \(bank) refused: \(reason)", height: error.height)
        }
    }
}
