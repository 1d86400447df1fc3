// SPDX-License-Identifier: Apache-2.0

public import Behavioral
public import Ledger

/// What a bank puts into a loan on an accepted score, and why.
///
/// Only the integer score counts: the probability of default is the one that the scale assigns to
/// the points (``ScoreScale/defaultProbability(forPoints:)``), so everybody who reads the chain
/// comes to the same loan. The probability that the model gave lies within half a point of it.
public struct LendingDecision: Sendable, Hashable {
    /// The identifier of the transaction that proposed the score.
    public let proposalID: LedgerDigest
    /// The accepted points.
    public let points: Int
    /// Their grade.
    public let grade: ScoreGrade
    /// The loan as a gamble: probability of default, rate and loss given default.
    public let prospect: LoanProspect
    /// What the lender makes of it; the amount is the share xi of its budget.
    public let investment: InvestmentDecision

    /// The share xi of the budget that is lent, 0...1.
    public var share: Double { investment.amount ?? 1 }

    /// The form for the ledger: the share in millionths, rounded down, and a number for the
    /// verdict: 1 nothing, 2 interior, 3 capped, 4 unbounded.
    ///
    /// - Throws: ``LendingError`` with code `ledger` never in practice: the share is at most 1.
    public func ledgerRecord() throws(LendingError) -> LendingDecisionRecord {
        let verdict: UInt8 =
            switch investment.verdict {
            case .nothing: 1
            case .interior: 2
            case .capped: 3
            case .unbounded: 4
            }
        return try ledgerStep("decision on \(proposalID)") { () throws(LedgerError) in
            try LendingDecisionRecord(
                proposal: proposalID, shareInMillionths: UInt32(share * 1_000_000),
                verdict: verdict)
        }
    }
}

extension Bank {
    /// Decides on a loan to the borrower of an accepted score.
    ///
    /// - Parameters:
    ///   - outcome: The score.
    ///   - cap: The greatest share of the budget for one loan, 0...1.
    /// - Throws: ``LendingError``: `scoreNotAccepted`, `invalidScale` for a score on another scale
    ///   than the bank's, `pointsOutOfRange`, `invalidTerms` for the cap, `lender`.
    public func decide(
        on outcome: ScoreOutcome, cap: Double = 1
    ) throws(LendingError) -> LendingDecision {
        try outcome.requireAcceptance()
        guard outcome.scaleIdentifier == scale.identifier else {
            throw LendingError(
                .invalidScale,
                "a score on scale \(outcome.scaleIdentifier), the bank's is \(scale.identifier)")
        }
        guard (0...1).contains(cap) else {
            throw LendingError(.invalidTerms, "a cap of \(cap) is not in 0...1")
        }
        let probability = try scale.defaultProbability(forPoints: outcome.points)
        let rate = try terms.rate(forDefaultProbability: probability)
        let grade = try scale.grade(forPoints: outcome.points)
        do {
            let prospect = try LoanProspect(
                defaultProbability: probability, rate: rate,
                lossGivenDefault: terms.lossGivenDefault)
            return LendingDecision(
                proposalID: outcome.proposalID, points: outcome.points,
                grade: grade, prospect: prospect,
                investment: try lender.invest(in: prospect, cap: cap))
        } catch {
            throw LendingError(
                .lender, "'\(name)' values the loan of \(outcome.points) points",
                underlying: error)
        }
    }
}
