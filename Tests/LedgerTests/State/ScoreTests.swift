// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite struct ScoreTests {
    @Test(arguments: 1...8) func acceptanceNeedsMoreThanHalfOfTheRegisteredBanks(
        banks: Int
    ) throws {
        var network = try Network(banks: banks)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        try network.append([proposal], to: chain)
        for bank in 0..<banks {
            let accepted = 2 * bank > banks
            #expect(chain.state.status(of: proposal.id) == (accepted ? .accepted : .pending))
            try network.append([network.vote(bank, on: proposal)], to: chain)
        }
        #expect(chain.state.status(of: proposal.id) == .accepted)
        #expect(try chain.state.status(of: digest(9)) == nil)
    }

    /// Random votes of random banks over many proposals against a count by hand.
    @Test(arguments: propertySeeds(12)) func agreesWithACountingOracle(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let banks = Int.random(in: 1...7, using: &generator)
        var network = try Network(banks: banks)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposals = try (0..<4).map { try network.proposal($0) }
        try network.append(proposals, to: chain)
        var yes = [Int](repeating: 0, count: 4)
        var no = yes
        var ballots = (0..<4).flatMap { item in (0..<banks).map { (item, $0) } }
        ballots.shuffle(using: &generator)
        for _ in 0..<Int.random(in: 0...ballots.count, using: &generator) {
            let (item, bank) = ballots.removeLast()
            let approves = Bool.random(using: &generator)
            if approves { yes[item] += 1 } else { no[item] += 1 }
            try network.append(
                [network.vote(bank, on: proposals[item], approves: approves)], to: chain)
        }
        for (item, proposal) in proposals.enumerated() {
            let open = banks - yes[item] - no[item]
            let expected: ScoreStatus
            if 2 * yes[item] > banks {
                expected = .accepted
            } else if 2 * (yes[item] + open) > banks {
                expected = .pending
            } else {
                expected = .rejected
            }
            #expect(chain.state.status(of: proposal.id) == expected)
            #expect(chain.state.score(of: proposal.id)?.approvals.count == yes[item])
        }
        // A new cycle ends what is pending and nothing else.
        let before = proposals.map { chain.state.status(of: $0.id) }
        try network.append([], to: chain, cycle: 1)
        for (proposal, status) in zip(proposals, before) {
            #expect(
                chain.state.status(of: proposal.id) == (status == .pending ? .expired : status))
        }
    }

    @Test func votesAreCheckedAgainstTheChain() throws {
        var network = try Network(banks: 3)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        try network.append([proposal], to: chain)
        try network.append([network.vote(0, on: proposal)], to: chain)
        for approves in [true, false] {
            let error = expectError(.duplicateScoreVote) {
                try network.append(
                    [network.vote(0, on: proposal, approves: approves)], to: chain)
            }
            let bank = network.banks[0].address(chainID: network.chainID)
            #expect(error?.message.contains("\(bank)") == true)
        }
        let unknown = try network.proposal(2)
        expectError(.unknownProposal) {
            try network.append([network.vote(1, on: unknown)], to: chain)
        }
        expectError(.wrongCycle) {
            try network.append([network.vote(1, on: proposal, cycle: 3)], to: chain)
        }
        expectError(.wrongCycle) { try network.append([network.proposal(4, cycle: 1)], to: chain) }
        #expect(chain.height == 2)
        try network.append([network.vote(1, on: proposal)], to: chain)
        #expect(chain.state.status(of: proposal.id) == .accepted)
        expectError(.wrongCycle) {
            try network.append([network.vote(1, on: proposal, cycle: 1)], to: chain, cycle: 1)
        }
    }

    @Test func decisionsNeedAnAcceptedScore() throws {
        var network = try Network(banks: 3)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let proposal = try network.proposal(1)
        func decision() throws -> Transaction {
            .lendingDecision(
                try LendingDecisionRecord(
                    proposal: proposal.id, shareInMillionths: 94_000, verdict: 1))
        }
        try network.append([proposal], to: chain)
        let error = expectError(.scoreNotAccepted) {
            try network.append([network.sign(decision(), by: network.banks[0])], to: chain)
        }
        #expect(error?.message.contains("pending") == true)
        // Proposal, votes and decision may stand in one block, in this order.
        let votes = try [network.vote(1, on: proposal), network.vote(2, on: proposal)]
        try network.append(
            votes + [network.sign(decision(), by: network.banks[2])], to: chain)
        #expect(chain.report.transactionCount == 4)
    }

    @Test func historyOfABorrower() throws {
        var network = try Network(banks: 1)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let first = try network.proposal(1, score: 600)
        let second = try network.proposal(1, score: 650)
        let other = try network.proposal(2, score: 700)
        try network.append([first, second, other], to: chain)
        let borrower = Borrower.opaque(try digest(1))
        #expect(chain.state.scores(for: borrower).map(\.proposal.score) == [600, 650])
        #expect(chain.state.acceptedScore(for: borrower) == nil)
        try network.append([network.vote(0, on: first)], to: chain)
        #expect(chain.state.acceptedScore(for: borrower)?.proposal.score == 600)
        try network.append([network.vote(0, on: second)], to: chain)
        #expect(chain.state.acceptedScore(for: borrower)?.proposal.score == 650)
        #expect(chain.state.proposals == [first.id, second.id, other.id])
    }
}
