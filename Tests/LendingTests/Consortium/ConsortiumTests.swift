// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Ledger
import Lending
import Models
import Testing

@Suite struct ConsortiumTests {
    @Test func bureausAndBanksAgreeOnEveryScore() throws {
        let fixture = try ConsortiumFixture()
        let consortium = try fixture.consortium()
        var done: [Int] = []
        let outcomes = try consortium.score(fixture.batch, applicantsPerRound: 3) {
            done.append($0)
        }
        #expect(done == [3, 6, 7])
        #expect(try outcomes.map(\.points) == fixture.points())
        #expect(outcomes.map(\.borrower) == fixture.batch.borrowers)
        for outcome in outcomes {
            #expect(outcome.status == .accepted)
            #expect(outcome.approvals.count == 5)
            #expect(outcome.objections.isEmpty)
            #expect(try outcome.grade == ScoreScale.standard.grade(forPoints: outcome.points))
            #expect(try consortium.outcome(of: outcome.proposalID) == outcome)
            #expect(consortium.history(of: outcome.borrower) == [outcome])
        }
        // Two blocks per round, with every proposal and every bank's vote on it.
        #expect(consortium.chain.report.height == 6)
        #expect(consortium.chain.report.transactionCount == 7 + 7 * 5)
        #expect(consortium.chain.report.voteCount == 6 * 2 * 3)
    }

    @Test func chainHoldsWhatTheProposalCommitsTo() throws {
        let fixture = try ConsortiumFixture(applicants: 2)
        let consortium = try fixture.consortium()
        let outcomes = try consortium.score(fixture.batch)
        for (row, outcome) in outcomes.enumerated() {
            let tally = try #require(consortium.chain.state.score(of: outcome.proposalID))
            #expect(tally.proposal.modelDigest.bytes == fixture.model.digest.bytes)
            #expect(tally.proposal.scale == ScoreScale.standard.identifier)
            // Whoever is shown row and salt can check them.
            #expect(
                try ApplicationBatch.commitment(
                    to: fixture.batch.table[row], salt: fixture.batch.salts[row])
                    == tally.proposal.inputCommitment)
            #expect(
                try ApplicationBatch.commitment(
                    to: fixture.batch.table[1 - row], salt: fixture.batch.salts[row])
                    != tally.proposal.inputCommitment)
        }
    }

    @Test func bureausTakeTurnsInTheOrderOfTheirAddresses() throws {
        let fixture = try ConsortiumFixture()
        let consortium = try fixture.consortium()
        let outcomes = try consortium.score(fixture.batch, applicantsPerRound: 1)
        let order = consortium.bureaus.map(consortium.address)
        #expect(order == order.sorted())
        #expect(outcomes.map(\.bureau) == (0..<7).map { order[$0 % 3] })
        #expect(outcomes.map(\.cycle) == Array(0..<7))
        // A later call goes on where the turns stopped.
        let rest = try consortium.score(fixture.batch.selecting(rows: [2]))
        #expect(rest[0].bureau == order[1])
    }

    @Test func aSilentBureauIsPassedOver() throws {
        let fixture = try ConsortiumFixture()
        let consortium = try fixture.consortium()
        let order = consortium.bureaus.map(consortium.address)
        let outcomes = try consortium.score(
            fixture.batch, applicantsPerRound: 1, absent: [order[1]])
        #expect(outcomes.allSatisfy { $0.isAccepted })
        #expect(outcomes.map(\.bureau) == [0, 2, 2, 0, 2, 2, 0].map { order[$0] })
        // Each skipped turn shows as a proof in the next header.
        #expect(consortium.chain.state.height == 14)
        let skipped = try (1...14).map {
            try #require(try consortium.chain.block(at: UInt64($0))).block.header.consensus
                .nullifications.count
        }
        #expect(skipped == [0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1])
    }

    @Test func withoutAnyBureauNothingHappens() throws {
        let fixture = try ConsortiumFixture()
        let consortium = try fixture.consortium()
        let error = #expect(throws: LendingError.self) {
            try consortium.score(
                fixture.batch, absent: Set(consortium.bureaus.map(consortium.address)))
        }
        #expect(error?.code == .noBureauAvailable)
        #expect(consortium.chain.height == 0)
    }

    @Test func aDishonestBureauIsOutvotedAndNothingStops() throws {
        var fixture = try ConsortiumFixture()
        fixture.replaceModel(
            ofBureau: 0, with: TamperedModel(base: fixture.model) { $0 / 4 })
        let consortium = try fixture.consortium()
        let liar = consortium.address(of: fixture.bureaus[0])
        let honest = try fixture.bureaus[1].points(for: fixture.batch)
        let outcomes = try consortium.score(fixture.batch, applicantsPerRound: 1)
        #expect(outcomes.contains { $0.bureau == liar })
        for (row, outcome) in outcomes.enumerated() {
            if outcome.bureau == liar {
                #expect(outcome.status == .rejected)
                #expect(outcome.points > honest[row])
                #expect(outcome.rejections.count == 5)
                for bank in consortium.banks {
                    #expect(
                        outcome.objections[consortium.address(of: bank)]
                            == .otherPoints(proposed: outcome.points, own: honest[row]))
                }
                #expect(throws: LendingError.self) { try consortium.receipt(for: outcome) }
            } else {
                #expect(outcome.status == .accepted)
                #expect(outcome.points == honest[row])
            }
        }
        // The next bureau can propose the score again.
        let rows = outcomes.indices.filter { outcomes[$0].bureau == liar }
        let again = try consortium.score(
            fixture.batch.selecting(rows: rows), absent: [liar])
        #expect(again.allSatisfy { $0.isAccepted })
        #expect(again.map(\.points) == rows.map { honest[$0] })
        #expect(consortium.history(of: again[0].borrower).map(\.status) == [.rejected, .accepted])
    }

    @Test func aBureauWithAnotherModelIsRejected() throws {
        var fixture = try ConsortiumFixture(applicants: 1)
        let table = try SyntheticLoanBook(count: 300, seed: 5).table()
        let other = try Pipeline(.select("age", "duration"), .standardise())
            .then(LogisticRegression()).fit(
                table, target: SyntheticLoanBook.targetColumn,
                positive: SyntheticLoanBook.positiveLabel)
        for index in fixture.bureaus.indices { fixture.replaceModel(ofBureau: index, with: other) }
        let outcome = try fixture.consortium().score(fixture.batch)[0]
        #expect(outcome.status == .rejected)
        #expect(outcome.objections.count == 5)
        for objection in outcome.objections.values {
            guard case .otherModel = objection else {
                Issue.record("\(objection)")
                continue
            }
        }
    }

    /// Score votes decide by a strict majority of the registered banks; blocks go on regardless.
    @Test(arguments: [
        (5, 2, ScoreStatus.accepted), (5, 3, .rejected), (4, 1, .accepted), (4, 2, .rejected),
        (2, 1, .rejected), (1, 0, .accepted),
    ])
    func dissentingBanks(banks: Int, dissenting: Int, status: ScoreStatus) throws {
        var fixture = try ConsortiumFixture(applicants: 2, bankCount: banks)
        for index in 0..<dissenting {
            fixture.replaceModel(
                ofBank: index, with: TamperedModel(base: fixture.model) { ($0 + 1) / 2 })
        }
        let consortium = try fixture.consortium()
        let outcomes = try consortium.score(fixture.batch)
        for outcome in outcomes {
            #expect(outcome.status == status)
            #expect(outcome.rejections.count == dissenting)
            #expect(outcome.approvals.count == banks - dissenting)
        }
        #expect(consortium.chain.height == 2)
    }

    @Test func aBankWhoseModelFailsRejectsAndSaysWhy() throws {
        var fixture = try ConsortiumFixture(applicants: 1)
        fixture.replaceModel(ofBank: 3, with: BrokenModel(base: fixture.model))
        let consortium = try fixture.consortium()
        let outcome = try consortium.score(fixture.batch)[0]
        #expect(outcome.isAccepted)
        let objection = try #require(
            outcome.objections[consortium.address(of: consortium.banks[3])])
        #expect(objection.description.contains("broken on purpose"))
    }

    @Test func aBureauWhoseModelFailsLeavesTheChainAsItWas() throws {
        var fixture = try ConsortiumFixture(applicants: 3)
        fixture.replaceModel(ofBureau: 2, with: BrokenModel(base: fixture.model))
        let consortium = try fixture.consortium()
        let error = #expect(throws: LendingError.self) { try consortium.score(fixture.batch) }
        #expect(error?.code == .model)
        #expect(error?.description.contains("broken on purpose") == true)
        #expect(consortium.chain.height == 0)
    }

    @Test func aToleranceAcceptsWhatIsNear() throws {
        var fixture = try ConsortiumFixture(applicants: 1)
        let near = TamperedModel(base: fixture.model) { probability in
            // Two points on a scale where 20 points double the odds.
            let odds = (1 - probability) / probability * 1.0717734625
            return 1 / (1 + odds)
        }
        for index in fixture.bureaus.indices { fixture.replaceModel(ofBureau: index, with: near) }
        #expect(try fixture.consortium().score(fixture.batch)[0].status == .rejected)
        for tolerance in [1, 2] {
            fixture.banks = fixture.banks.map {
                Bank(
                    name: $0.name, identity: $0.identity, model: $0.model,
                    pointTolerance: tolerance)
            }
            #expect(
                try fixture.consortium().score(fixture.batch)[0].isAccepted == (tolerance == 2))
        }
    }

    @Test func scoresThatTooFewBanksVoteOnExpire() throws {
        var fixture = try ConsortiumFixture(applicants: 2, bankCount: 5)
        fixture.replaceModel(
            ofBank: 0, with: TamperedModel(base: fixture.model) { $0 / 9 })
        let consortium = try fixture.consortium()
        let absent = Set(consortium.banks[3...].map(consortium.address))
        let outcomes = try consortium.score(fixture.batch, applicantsPerRound: 1, absent: absent)
        // Two approvals and one rejection of five: neither accepted nor impossible, so the score
        // ends with its cycle.
        #expect(outcomes.map(\.status) == [.expired, .expired])
        let slow = try Consortium.inMemory(
            genesis: Consortium.genesis(
                chainName: "slow", bureaus: fixture.bureaus, banks: fixture.banks,
                creationTime: 0, cycleLength: 5), bureaus: fixture.bureaus, banks: fixture.banks)
        // Addresses are those of a chain.
        let away = Set(slow.banks[3...].map(slow.address))
        let open = try slow.score(fixture.batch, applicantsPerRound: 1, absent: away)
        #expect(open.map(\.status) == [.pending, .pending])
        // The next round does not fit into the cycle: its last block stays empty.
        _ = try slow.score(fixture.batch, applicantsPerRound: 2)
        #expect(try slow.chain.block(at: 5)?.block.transactions.isEmpty == true)
        #expect(try slow.outcome(of: open[0].proposalID).status == .expired)
    }

    @Test(arguments: [(5, 3), (4, 2), (2, 1)]) func halfOfTheBanksMakeNoBlock(
        banks: Int, absent: Int
    ) throws {
        let fixture = try ConsortiumFixture(applicants: 1, bankCount: banks)
        let consortium = try fixture.consortium()
        let missing = Set(consortium.banks.prefix(absent).map(consortium.address))
        let error = #expect(throws: LendingError.self) {
            try consortium.score(fixture.batch, absent: missing)
        }
        #expect(error?.code == .tooFewBanks)
        #expect(error?.message.contains("\(banks - absent) of \(banks)") == true)
        #expect(consortium.chain.height == 0)
        // Once they are back, all goes on.
        #expect(try consortium.score(fixture.batch)[0].isAccepted)
    }

    @Test func theSameInputsGiveTheSameChain() throws {
        let heads = try (0..<2).map { _ in
            let fixture = try ConsortiumFixture()
            let consortium = try fixture.consortium()
            _ = try consortium.score(fixture.batch, applicantsPerRound: 2)
            return consortium.chain.report
        }
        #expect(heads[0] == heads[1])
    }

    @Test func blockTimesComeFromTheTimingOnly() throws {
        let fixture = try ConsortiumFixture(applicants: 2)
        let consortium = try Consortium.inMemory(
            genesis: fixture.genesis(), bureaus: fixture.bureaus, banks: fixture.banks,
            timing: .every(milliseconds: 250, from: 5000))
        _ = try consortium.score(fixture.batch, applicantsPerRound: 1)
        let times = try (1...4).map {
            try #require(try consortium.chain.block(at: UInt64($0))).block.header.timestamp
        }
        #expect(times == [5000, 5250, 5500, 5750])
        let stopped = try Consortium.inMemory(
            genesis: fixture.genesis(), bureaus: fixture.bureaus, banks: fixture.banks,
            timing: BlockTiming { $0 })
        let error = #expect(throws: LendingError.self) { try stopped.score(fixture.batch) }
        #expect((error?.underlying as? LedgerError)?.code == .wrongTime)
    }

    @Test func strangersAndDoublesAreRefused() throws {
        let fixture = try ConsortiumFixture()
        let genesis = try fixture.genesis()
        let stranger = Bureau(
            name: "stranger", identity: try ConsortiumFixture.identity(200), model: fixture.model)
        let turncoat = Bank(
            name: "turncoat", identity: fixture.bureaus[0].identity, model: fixture.model)
        for (bureaus, banks) in [
            (fixture.bureaus + [stranger], fixture.banks),
            (fixture.bureaus, fixture.banks + [turncoat]),
            (fixture.bureaus, fixture.banks + [fixture.banks[0]]),
        ] {
            let error = #expect(throws: LendingError.self) {
                try Consortium.inMemory(genesis: genesis, bureaus: bureaus, banks: banks)
            }
            #expect(error?.code == .invalidParticipants)
        }
        #expect(throws: LendingError.self) {
            try Consortium.genesis(
                chainName: "test", bureaus: [], banks: fixture.banks, creationTime: 0)
        }
    }

    @Test(arguments: [0, -1, 13_108]) func roundsThatFitNoBlockAreRefused(size: Int) throws {
        let fixture = try ConsortiumFixture(applicants: 1)
        let error = #expect(throws: LendingError.self) {
            try fixture.consortium().score(fixture.batch, applicantsPerRound: size)
        }
        #expect(error?.code == .invalidBatch)
        #expect(error?.message.contains("13107") == true)
    }
}
