// SPDX-License-Identifier: Apache-2.0

public import Behavioral
public import Ledger
public import Models

/// A bank: it scores every application again with its own copy of the model, approves what agrees,
/// votes on blocks, and decides on loans as its lender does.
///
/// Its vote on a block judges only whether the block is well formed, never the scores in it; so a
/// disputed score holds nothing up.
public struct Bank: Sendable {
    /// Its name on the chain, 1 to 64 bytes.
    public let name: String
    /// Its key.
    public let identity: SigningIdentity
    /// Its own copy of the model.
    public let model: any TableModel
    /// The scale it accepts scores on.
    public let scale: ScoreScale
    /// By how many points a proposed score may differ from its own and still be approved.
    ///
    /// 0 unless given: one model file gives one integer everywhere, but for a probability that lies
    /// within an ulp of a rounding boundary, where the mathematical libraries of two machines may
    /// disagree.
    public let pointTolerance: Int
    /// How it weighs gains and losses.
    public let lender: Lender
    /// At what rate it lends, and what it loses by a default.
    public let terms: LoanTerms

    /// A bank.
    ///
    /// - Precondition: `pointTolerance` is not negative.
    public init(
        name: String, identity: SigningIdentity, model: any TableModel,
        scale: ScoreScale = .standard, pointTolerance: Int = 0, lender: Lender = .neutral,
        terms: LoanTerms = .standard
    ) {
        precondition(pointTolerance >= 0, "a tolerance of \(pointTolerance) points")
        self.name = name
        self.identity = identity
        self.model = model
        self.scale = scale
        self.pointTolerance = pointTolerance
        self.lender = lender
        self.terms = terms
    }

    /// What the bank holds against a proposal, if anything, given its own points and inputs.
    ///
    /// - Parameters:
    ///   - proposal: What a bureau proposes.
    ///   - ownPoints: What the bank's model gives the same application.
    ///   - inputCommitment: What commits to the inputs that the bank scored.
    /// - Throws: ``LendingError`` only for a model whose digest has not 32 bytes.
    public func objection(
        to proposal: ScoreProposal, ownPoints: Int, inputCommitment: LedgerDigest
    ) throws(LendingError) -> ScoreObjection? {
        let ownModel = try ledgerDigest(model.digest.bytes)
        guard proposal.modelDigest == ownModel else {
            return .otherModel(proposed: proposal.modelDigest, own: ownModel)
        }
        guard proposal.inputCommitment == inputCommitment else {
            return .otherInputs(proposed: proposal.inputCommitment, own: inputCommitment)
        }
        guard proposal.scale == scale.identifier else {
            return .otherScale(proposed: proposal.scale, own: scale.identifier)
        }
        let proposed = Int(proposal.score)
        guard scale.range.contains(proposed), abs(proposed - ownPoints) <= pointTolerance else {
            return .otherPoints(proposed: proposed, own: ownPoints)
        }
        let grade = try scale.grade(forPoints: proposed)
        guard proposal.grade == grade.code else {
            return .otherGrade(proposed: proposal.grade, own: grade.code)
        }
        return nil
    }
}
