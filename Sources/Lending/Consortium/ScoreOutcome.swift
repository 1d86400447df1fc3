// SPDX-License-Identifier: Apache-2.0

public import Ledger

/// What became of a proposed score.
public struct ScoreOutcome: Sendable, Hashable {
    /// Whose score it is.
    public let borrower: Borrower
    /// The identifier of the proposing transaction.
    public let proposalID: LedgerDigest
    /// The proposed points.
    public let points: Int
    /// The proposed grade; `nil` for a number that no grade has.
    public let grade: ScoreGrade?
    /// The name of the scale; see ``ScoreScale/identifier``.
    public let scaleIdentifier: String
    /// The bureau that proposed it.
    public let bureau: Address
    /// The cycle in which it could be accepted.
    public let cycle: UInt64
    /// Accepted by a strict majority of the registered banks, rejected, pending, or expired.
    public let status: ScoreStatus
    /// The banks that approved.
    public let approvals: [Address]
    /// The banks that rejected.
    public let rejections: [Address]
    /// Why each rejecting bank did so; known where the banks were asked, not from the chain.
    public let objections: [Address: ScoreObjection]

    init(
        _ tally: ScoreTally, status: ScoreStatus, objections: [Address: ScoreObjection] = [:]
    ) {
        borrower = tally.proposal.borrower
        proposalID = tally.id
        points = Int(tally.proposal.score)
        grade = ScoreGrade(code: tally.proposal.grade)
        scaleIdentifier = tally.proposal.scale
        bureau = tally.bureau
        cycle = tally.proposal.cycle
        self.status = status
        approvals = tally.approvals
        rejections = tally.rejections
        self.objections = objections
    }

    /// Whether a strict majority of the registered banks approved the score.
    public var isAccepted: Bool { status == .accepted }
}
