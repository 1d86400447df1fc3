// SPDX-License-Identifier: Apache-2.0

/// Where a proposed score stands.
public enum ScoreStatus: String, Sendable, Hashable, CaseIterable {
    /// Neither accepted nor impossible to accept yet.
    case pending
    /// Strictly more than half of the registered banks approved it.
    case accepted
    /// So many banks rejected it that acceptance is impossible.
    case rejected
    /// Its cycle ended before either.
    case expired
}

/// A transaction's place on the chain.
public struct Place: Hashable, Sendable {
    /// The height of its block.
    public let height: UInt64
    /// Its position in the block, from 0.
    public let position: Int

    /// A place on a chain.
    public init(height: UInt64, position: Int) {
        self.height = height
        self.position = position
    }
}

/// A proposed score and the banks' votes on it, as the chain has them.
public struct ScoreTally: Hashable, Sendable {
    /// The identifier of the proposing transaction.
    public let id: LedgerDigest
    /// The proposal.
    public let proposal: ScoreProposal
    /// The bureau that made it.
    public let bureau: Address
    /// Where the proposal is.
    public let place: Place
    /// How many banks were registered when it was proposed: those that may vote on it.
    public var bankCount: Int { electorate.count }
    /// The banks that approved, by the addresses of their votes, in order.
    public private(set) var approvals: [Address] = []
    /// The banks that rejected, by the addresses of their votes, in order.
    public private(set) var rejections: [Address] = []
    /// Where the approving votes are, in the same order.
    public private(set) var approvalPlaces: [Place] = []
    /// The banks that may vote, by their first addresses.
    private let electorate: Set<Address>
    /// The banks that have voted, by their first addresses.
    private var voters: Set<Address> = []

    init(
        id: LedgerDigest, proposal: ScoreProposal, bureau: Address, place: Place,
        electorate: Set<Address>
    ) {
        self.electorate = electorate
        self.id = id
        self.proposal = proposal
        self.bureau = bureau
        self.place = place
    }

    /// The status while the chain is in `cycle`.
    ///
    /// Accepted when `2 * approvals > bankCount`; rejected when the banks that did not reject can
    /// no longer be that many. Banks that join or leave later change neither.
    public func status(in cycle: UInt64) -> ScoreStatus {
        if 2 * approvals.count > bankCount { return .accepted }
        if 2 * (bankCount - rejections.count) <= bankCount { return .rejected }
        return cycle > proposal.cycle ? .expired : .pending
    }

    /// Counts a vote of a bank with the first address `origin`, refusing a second one.
    mutating func count(
        _ vote: ScoreVote, of bank: Address, origin: Address, at place: Place
    ) throws(LedgerError) {
        guard electorate.contains(origin) else {
            throw LedgerError(
                .wrongRole, "\(bank) was no bank when proposal \(id) was made")
        }
        guard voters.insert(origin).inserted else {
            throw LedgerError(
                .duplicateScoreVote, "\(bank) has voted on proposal \(id) already")
        }
        if vote.approves {
            approvals.append(bank)
            approvalPlaces.append(place)
        } else {
            rejections.append(bank)
        }
    }
}
