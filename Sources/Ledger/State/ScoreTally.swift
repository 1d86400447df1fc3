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
    /// The banks that approved, in the order of their votes.
    public private(set) var approvals: [Address] = []
    /// The banks that rejected, in the order of their votes.
    public private(set) var rejections: [Address] = []
    /// Where the approving votes are, in the same order.
    public private(set) var approvalPlaces: [Place] = []

    init(id: LedgerDigest, proposal: ScoreProposal, bureau: Address, place: Place) {
        self.id = id
        self.proposal = proposal
        self.bureau = bureau
        self.place = place
    }

    /// The status among `bankCount` registered banks while the chain is in `cycle`.
    ///
    /// Accepted when `2 * approvals > bankCount`; rejected when the banks that did not reject can
    /// no longer be that many.
    public func status(bankCount: Int, cycle: UInt64) -> ScoreStatus {
        if 2 * approvals.count > bankCount { return .accepted }
        if 2 * (bankCount - rejections.count) <= bankCount { return .rejected }
        return cycle > proposal.cycle ? .expired : .pending
    }

    /// Counts a vote, refusing a second one of the same bank.
    mutating func count(
        _ vote: ScoreVote, of bank: Address, at place: Place
    ) throws(LedgerError) {
        guard !approvals.contains(bank), !rejections.contains(bank) else {
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
