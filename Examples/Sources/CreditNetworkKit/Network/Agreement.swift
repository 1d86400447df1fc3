// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Ledger
import Lending

/// What the network agreed on, and what its files proved afterwards.
struct Agreement {
    var genesis: Genesis
    /// One per applicant, in the order of the book.
    var outcomes: [ScoreOutcome]
    /// How many scores each bureau proposed.
    var proposals: [(bureau: String, count: Int)]
    /// The bureau that was silent on its turn, and how many scores the next one then proposed.
    var silence: (bureau: String, scores: Int)?
    /// What each type of lender decided on the accepted scores; the chain holds it too.
    var lending: [LenderDecisions]
    /// What the reopened files hold.
    var proof: NetworkProof

    /// Has every applicant scored and the lenders decide, then verifies everything that is left.
    ///
    /// - Throws: `LendingError`, `LedgerError`, or ``NetworkError`` where no score was accepted.
    init(
        _ applications: Table, by participants: Participants, in folder: URL,
        progress: @escaping (Double, String) -> Void
    ) throws {
        let batch = try ApplicationBatch(
            table: applications,
            names: (0..<applications.rowCount).map { "applicant \($0 + 1)" },
            secret: participants.secret)
        let chainFile = folder.appending(path: "chain.sqlite")
        let consortium = try Consortium.create(
            at: chainFile, genesis: participants.genesis, bureaus: participants.bureaus,
            banks: participants.banks,
            timing: .every(milliseconds: 1000, from: Participants.foundingTime))
        try consortium.anchor(participants.banks[0].model, name: "example", version: "1")
        let (outcomes, silence) = try Self.score(batch, consortium) { share in
            progress(0.8 * share, "agreeing on scores")
        }
        progress(0.8, "deciding on loans")
        lending = try LenderDecisions.decide(on: outcomes, participants)
        for lender in lending { try consortium.record(lender.decisions, of: lender.bank) }
        progress(0.9, "verifying the chain")
        proof = try NetworkProof(consortium, chainFile: chainFile, outcomes, in: folder)
        genesis = participants.genesis
        proposals = consortium.bureaus.map { bureau in
            let address = consortium.address(of: bureau)
            return (bureau.name, outcomes.count { $0.bureau == address })
        }
        self.outcomes = outcomes
        self.silence = silence
    }

    /// How many scores were accepted.
    var acceptedCount: Int { outcomes.count(where: \.isAccepted) }

    /// Scores a batch; in the last round the bureau whose turn it is stays silent.
    private static func score(
        _ batch: ApplicationBatch, _ consortium: Consortium,
        progress: @escaping (Double) -> Void
    ) throws(LendingError) -> ([ScoreOutcome], silence: (bureau: String, scores: Int)?) {
        let perRound = 100
        let lastRound = (batch.count - 1) / perRound * perRound
        var outcomes: [ScoreOutcome] = []
        if lastRound > 0 {
            outcomes = try consortium.score(
                batch.selecting(rows: Array(0..<lastRound)), applicantsPerRound: perRound
            ) { done in progress(Double(done) / Double(batch.count)) }
        }
        let silent = outcomes.last.map { consortium.bureau(after: $0.bureau) }
        let absent = silent.map { Set([consortium.address(of: $0)]) } ?? []
        outcomes += try consortium.score(
            batch.selecting(rows: Array(lastRound..<batch.count)), applicantsPerRound: perRound,
            absent: absent)
        return (outcomes, silent.map { ($0.name, batch.count - lastRound) })
    }
}

/// Why the network did not come to an end, where no module below says it.
struct NetworkError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

extension Consortium {
    /// The bureau whose turn follows that of `address`.
    fileprivate func bureau(after address: Address) -> Bureau {
        let index = bureaus.firstIndex { self.address(of: $0) == address } ?? bureaus.count - 1
        return bureaus[(index + 1) % bureaus.count]
    }
}
