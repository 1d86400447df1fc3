// SPDX-License-Identifier: Apache-2.0

import Ledger
import Lending
import Models
import Testing

@Suite struct BankTests {
    /// A proposal that differs from the right one where an argument is given.
    private func proposal(
        _ fixture: ConsortiumFixture, points: Int? = nil, scale: String? = nil,
        grade: UInt8? = nil, model: LedgerDigest? = nil, inputs: LedgerDigest? = nil
    ) throws -> ScoreProposal {
        let right = try fixture.points()[0]
        return try ScoreProposal(
            borrower: fixture.batch.borrowers[0], score: Int32(points ?? right),
            scale: scale ?? ScoreScale.standard.identifier,
            grade: grade ?? ScoreScale.standard.grade(forPoints: points ?? right).code,
            modelDigest: model ?? LedgerDigest(fixture.model.digest.bytes),
            inputCommitment: inputs ?? fixture.batch.inputCommitments[0], cycle: 1)
    }

    @Test func everyDifferenceIsAnObjection() throws {
        let fixture = try ConsortiumFixture(applicants: 1)
        let bank = fixture.banks[0]
        let own = try fixture.points()[0]
        let right = try proposal(fixture)
        let other = try LedgerDigest([UInt8](repeating: 9, count: 32))
        func objection(_ proposal: ScoreProposal) throws -> ScoreObjection? {
            try bank.objection(
                to: proposal, ownPoints: own,
                inputCommitment: fixture.batch.inputCommitments[0])
        }
        #expect(try objection(right) == nil)
        #expect(
            try objection(proposal(fixture, model: other))
                == .otherModel(proposed: other, own: right.modelDigest))
        #expect(
            try objection(proposal(fixture, inputs: other))
                == .otherInputs(proposed: other, own: right.inputCommitment))
        #expect(
            try objection(proposal(fixture, scale: "mine"))
                == .otherScale(proposed: "mine", own: right.scale))
        for shift in [-1, 1] {
            #expect(
                try objection(proposal(fixture, points: own + shift))
                    == .otherPoints(proposed: own + shift, own: own))
        }
        let wrong: UInt8 = right.grade == 1 ? 2 : 1
        #expect(
            try objection(proposal(fixture, grade: wrong))
                == .otherGrade(proposed: wrong, own: right.grade))
    }

    @Test func aToleranceNeverReachesBeyondTheScale() throws {
        let fixture = try ConsortiumFixture(applicants: 1)
        let bank = Bank(
            name: "lenient", identity: fixture.banks[0].identity, model: fixture.model,
            pointTolerance: 1_000_000)
        for points in [299, 851, Int(Int32.min), Int(Int32.max)] {
            let objection = try bank.objection(
                to: proposal(fixture, points: points, grade: 1), ownPoints: 500,
                inputCommitment: fixture.batch.inputCommitments[0])
            #expect(objection == .otherPoints(proposed: points, own: 500))
        }
    }

    @Test func objectionsSayBothValues() {
        #expect(
            ScoreObjection.otherPoints(proposed: 610, own: 580).description
                == "610 points, not 580")
    }
}
