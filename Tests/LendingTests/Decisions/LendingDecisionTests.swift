// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Ledger
import Lending
import Testing
import _CreditTestSupport

@Suite struct LendingDecisionTests {
    @Test func decisionsAreTheLendersOwn() throws {
        let fixture = try ConsortiumFixture(applicants: 12)
        let consortium = try fixture.consortium()
        let scale = ScoreScale.standard
        for outcome in try consortium.score(fixture.batch) {
            let probability = try scale.defaultProbability(forPoints: outcome.points)
            let rate = min(0.36, (0.05 + probability * 0.45) / (1 - probability))
            let loan = try LoanProspect(
                defaultProbability: probability, rate: rate, lossGivenDefault: 0.45)
            for bank in consortium.banks {
                let decision = try bank.decide(on: outcome)
                #expect(try decision.investment == bank.lender.invest(in: loan))
                #expect(decision.prospect == loan)
                #expect(decision.points == outcome.points)
                #expect(decision.grade == outcome.grade)
                #expect((0...1).contains(decision.share))
            }
            let shares = try consortium.banks.prefix(3).map { try $0.decide(on: outcome).share }
            #expect(shares[0] >= shares[1] && shares[1] >= shares[2])
        }
    }

    @Test func theCapBinds() throws {
        let fixture = try ConsortiumFixture(applicants: 3)
        let consortium = try fixture.consortium()
        for outcome in try consortium.score(fixture.batch) {
            let free = try consortium.banks[0].decide(on: outcome).share
            let capped = try consortium.banks[0].decide(on: outcome, cap: free / 2)
            #expect(capped.share == free / 2)
            #expect(throws: LendingError.self) {
                try consortium.banks[0].decide(on: outcome, cap: 1.5)
            }
        }
    }

    @Test func onlyAcceptedScoresOnTheBanksScaleCount() throws {
        var fixture = try ConsortiumFixture(applicants: 1, bankCount: 3)
        let accepted = try fixture.consortium().score(fixture.batch)[0]
        let foreign = Bank(
            name: "foreign", identity: try ConsortiumFixture.identity(50), model: fixture.model,
            scale: try ScoreScale(pointsToDoubleOdds: 40))
        #expect(
            #expect(throws: LendingError.self) { try foreign.decide(on: accepted) }?.code
                == .invalidScale)
        for index in 0..<2 {
            fixture.replaceModel(
                ofBank: index, with: TamperedModel(base: fixture.model) { $0 / 3 })
        }
        let rejected = try fixture.consortium().score(fixture.batch)[0]
        #expect(
            #expect(throws: LendingError.self) { try fixture.banks[0].decide(on: rejected) }?
                .code == .scoreNotAccepted)
    }

    @Test func decisionsGoOnTheChain() throws {
        let fixture = try ConsortiumFixture(applicants: 4)
        let consortium = try fixture.consortium()
        let outcomes = try consortium.score(fixture.batch)
        let bank = consortium.banks[1]
        let decisions = try outcomes.map { try bank.decide(on: $0) }
        try consortium.record(decisions, of: bank)
        let block = try #require(try consortium.chain.block(at: 3))
        #expect(block.block.transactions.count == 4)
        for (transaction, decision) in zip(block.block.transactions, decisions) {
            #expect(transaction.sender == consortium.address(of: bank))
            guard case .lendingDecision(let record) = transaction.transaction else {
                Issue.record("no decision")
                continue
            }
            #expect(record.proposal == decision.proposalID)
            expectClose(Double(record.shareInMillionths) / 1e6, decision.share, absolute: 1e-6)
            #expect(Double(record.shareInMillionths) / 1e6 <= decision.share)
        }
        let stranger = Bank(
            name: "stranger", identity: try ConsortiumFixture.identity(77), model: fixture.model)
        #expect(throws: LendingError.self) { try consortium.record(decisions, of: stranger) }
        #expect(consortium.chain.height == 3)
    }
}

@Suite struct LoanTermsTests {
    @Test func expectedReturnIsTheMargin() throws {
        let terms = try LoanTerms(
            ratePolicy: .expectedReturn(margin: 0.03, maximum: 10), lossGivenDefault: 0.6)
        for probability in [0, 0.01, 0.2, 0.7] {
            let rate = try terms.rate(forDefaultProbability: probability)
            expectClose((1 - probability) * rate - probability * 0.6, 0.03, absolute: 1e-15)
        }
        #expect(try terms.rate(forDefaultProbability: 1) == 10)
        let free = try LoanTerms(
            ratePolicy: .expectedReturn(margin: 0, maximum: 0.2), lossGivenDefault: 0)
        #expect(try free.rate(forDefaultProbability: 1) == 0.2)
        #expect(try LoanTerms(ratePolicy: .fixed(0.1)).rate(forDefaultProbability: 0.9) == 0.1)
        #expect(try LoanTerms.standard.rate(forDefaultProbability: 0.9) == 0.36)
    }

    @Test func impossibleTermsAreRefused() {
        let wrong: [() throws -> LoanTerms] = [
            { try LoanTerms(ratePolicy: .fixed(0)) }, { try LoanTerms(ratePolicy: .fixed(.nan)) },
            { try LoanTerms(ratePolicy: .fixed(.infinity)) },
            { try LoanTerms(ratePolicy: .expectedReturn(margin: -0.1, maximum: 1)) },
            { try LoanTerms(ratePolicy: .expectedReturn(margin: 0.5, maximum: 0.4)) },
            { try LoanTerms(ratePolicy: .fixed(0.1), lossGivenDefault: 1.1) },
            { try LoanTerms(ratePolicy: .fixed(0.1), lossGivenDefault: .nan) },
        ]
        for make in wrong {
            #expect(#expect(throws: LendingError.self) { try make() }?.code == .invalidTerms)
        }
        for probability in [-0.1, 1.1, .nan] {
            #expect(throws: LendingError.self) {
                try LoanTerms.standard.rate(forDefaultProbability: probability)
            }
        }
    }

    @Test func termsComeBackFromJSONAndAreChecked() throws {
        let terms = LoanTerms.standard
        let json = try JSONEncoder().encode(terms)
        #expect(try JSONDecoder().decode(LoanTerms.self, from: json) == terms)
        let text = try #require(String(data: json, encoding: .utf8))
        let wrong = text.replacingOccurrences(of: "0.45", with: "4.5")
        try #require(wrong != text)
        #expect(throws: LendingError.self) {
            try JSONDecoder().decode(LoanTerms.self, from: Data(wrong.utf8))
        }
    }
}
