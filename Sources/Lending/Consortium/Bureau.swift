// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
public import Ledger
public import Models

/// A credit bureau: it scores applications with its model and signs what it proposes.
public struct Bureau: Sendable {
    /// Its name on the chain, 1 to 64 bytes.
    public let name: String
    /// Its key.
    public let identity: SigningIdentity
    /// Its model; the digest goes with every proposal.
    public let model: any TableModel
    /// The scale of its scores.
    public let scale: ScoreScale

    /// A bureau.
    public init(
        name: String, identity: SigningIdentity, model: any TableModel,
        scale: ScoreScale = .standard
    ) {
        self.name = name
        self.identity = identity
        self.model = model
        self.scale = scale
    }

    /// The integer scores of a batch, one per row.
    ///
    /// - Throws: ``LendingError``: `model` where the model refuses the table, `invalidProbability`.
    public func points(for batch: ApplicationBatch) throws(LendingError) -> [Int] {
        try scorePoints(of: batch.table, model, scale)
    }

    /// The content of the proposal about one application.
    ///
    /// - Throws: ``LendingError``: `pointsOutOfRange`, `ledger`.
    func proposal(
        row: Int, of batch: ApplicationBatch, points: Int, cycle: UInt64
    ) throws(LendingError) -> ScoreProposal {
        let grade = try scale.grade(forPoints: points)
        let modelDigest = try ledgerDigest(model.digest.bytes)
        return try ledgerStep("proposal of '\(name)'") { () throws(LedgerError) in
            try ScoreProposal(
                borrower: batch.borrowers[row], score: Int32(points), scale: scale.identifier,
                grade: grade.code, modelDigest: modelDigest,
                inputCommitment: batch.inputCommitments[row], cycle: cycle)
        }
    }
}

/// The points that `model` gives each row.
func scorePoints(
    of table: Table, _ model: any TableModel, _ scale: ScoreScale
) throws(LendingError) -> [Int] {
    let probabilities: [Double]
    do {
        probabilities = try model.probabilities(in: table)
    } catch {
        throw LendingError(.model, "scoring \(table.rowCount) applications", underlying: error)
    }
    guard probabilities.count == table.rowCount else {
        throw LendingError(
            .model, "\(probabilities.count) probabilities for \(table.rowCount) applications")
    }
    return try scale.points(forDefaultProbabilities: probabilities)
}
