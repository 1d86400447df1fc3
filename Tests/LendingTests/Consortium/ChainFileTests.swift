// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Lending
import Models
import Testing

@Suite struct ChainFileTests {
    @Test func aChainFileReopensVerifiesAndGoesOn() throws {
        try withTemporaryFolder { folder in
            let fixture = try ConsortiumFixture()
            let file = folder.appending(path: "scores.chain")
            let genesis = try fixture.genesis()
            let consortium = try Consortium.create(
                at: file, genesis: genesis, bureaus: fixture.bureaus, banks: fixture.banks)
            try consortium.anchor(fixture.model, name: "logistic", version: "1")
            let outcomes = try consortium.score(fixture.batch, applicantsPerRound: 4)
            let report = consortium.chain.report
            #expect(report.height == 6)
            try consortium.close()

            #expect(try Chain.verify(file: file) == report)
            let reopened = try Consortium.open(
                at: file, bureaus: fixture.bureaus, banks: fixture.banks)
            #expect(reopened.chain.report == report)
            for outcome in outcomes {
                #expect(try reopened.outcome(of: outcome.proposalID) == outcome)
            }
            for (receipt, outcome) in zip(try reopened.receipts(for: outcomes), outcomes) {
                let score = try receipt.verify(against: genesis)
                #expect(Int(score.score) == outcome.points)
                #expect(score.borrower == outcome.borrower)
            }
            let more = try reopened.score(fixture.batch.selecting(rows: [1]))
            #expect(more[0].isAccepted)
            #expect(more[0].cycle == 3)
            // Turns go on: the third bureau anchored or scored last, and so on in a circle.
            #expect(reopened.bureaus.map(reopened.address)[0] == more[0].bureau)
            try reopened.close()
        }
    }

    @Test func aFileThatExistsIsLeftAlone() throws {
        try withTemporaryFolder { folder in
            let fixture = try ConsortiumFixture()
            let file = folder.appending(path: "there.chain")
            try Data("something else".utf8).write(to: file)
            let error = #expect(throws: LendingError.self) {
                try Consortium.create(
                    at: file, genesis: fixture.genesis(), bureaus: fixture.bureaus,
                    banks: fixture.banks)
            }
            #expect((error?.underlying as? LedgerError)?.code == .fileExists)
            #expect(try Data(contentsOf: file) == Data("something else".utf8))
            #expect(throws: LendingError.self) {
                try Consortium.open(
                    at: folder.appending(path: "missing.chain"), bureaus: fixture.bureaus,
                    banks: fixture.banks)
            }
        }
    }

    @Test func refusedParticipantsLeaveNoFile() throws {
        try withTemporaryFolder { folder in
            let fixture = try ConsortiumFixture()
            let file = folder.appending(path: "none.chain")
            #expect(throws: LendingError.self) {
                try Consortium.create(
                    at: file, genesis: fixture.genesis(), bureaus: [],
                    banks: [fixture.banks[0], fixture.banks[0]])
            }
            #expect(!FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test func receiptsVerifyOfflineAndFailWhenAltered() throws {
        let fixture = try ConsortiumFixture(applicants: 2, bankCount: 3)
        let genesis = try fixture.genesis()
        let consortium = try fixture.consortium()
        let outcomes = try consortium.score(fixture.batch)
        let bytes = try consortium.receipt(for: outcomes[1]).canonicalBytes
        #expect(
            try ScoreReceipt(canonicalBytes: bytes).verify(against: genesis).borrower
                == outcomes[1].borrower)
        for index in stride(from: 0, to: bytes.count, by: 13) {
            var altered = bytes
            altered[index] ^= 1
            #expect(throws: LedgerError.self, "byte \(index)") {
                try ScoreReceipt(canonicalBytes: altered).verify(against: genesis)
            }
        }
        let other = try Consortium.genesis(
            chainName: "another", bureaus: fixture.bureaus, banks: fixture.banks,
            creationTime: 1000)
        #expect(throws: LedgerError.self) {
            try ScoreReceipt(canonicalBytes: bytes).verify(against: other)
        }
    }

    @Test func anchoredModelsAreOnTheChain() throws {
        let fixture = try ConsortiumFixture(applicants: 1)
        let consortium = try fixture.consortium()
        try consortium.anchor(fixture.model, name: "logistic", version: "1")
        let block = try #require(try consortium.chain.block(at: 1))
        guard case .modelRecord(let record) = block.block.transactions[0].transaction else {
            Issue.record("no model record")
            return
        }
        #expect(record.modelDigest.bytes == fixture.model.digest.bytes)
        #expect(record.name == "logistic")
        #expect(throws: LendingError.self) {
            try consortium.anchor(fixture.model, name: "", version: "1")
        }
        #expect(consortium.chain.height == 1)
    }
}
