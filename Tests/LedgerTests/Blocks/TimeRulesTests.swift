// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite("D5: block times") struct TimeRulesTests {
    @Test func aVoterRefusesATimeFarFromItsClock() throws {
        var network = try Network()
        let state = ChainState(genesis: network.genesis)
        let block = try network.block([], after: state)
        let time = block.header.timestamp
        for now in [time - 5_001, time + 5_001, 0, .max] {
            let error = expectError(.wrongTime) {
                try network.voters[0].vote(on: block, after: state, now: now)
            }
            #expect(error?.height == 1 && error?.message.contains("5000 ms") == true)
        }
        var round = AgreementRound(block, after: state)
        round.ask(&network.voters[0], now: time - 5_000)
        round.ask(&network.voters[1], now: time + 5_001)
        #expect(round.refusals.values.map(\.code) == [.wrongTime])
        #expect(throws: LedgerError.self) { try round.conclude() }
        round.ask(&network.voters[2], now: time + 5_000)
        _ = try round.conclude()
        let rules = TimeRules(.standard)
        #expect(
            rules.timestamp(after: 10, now: 5) == 11 && rules.timestamp(after: 10, now: 12) == 12)
        #expect(rules.timestamp(after: .max, now: 5) == .max)
    }

    /// Skewed clocks of proposer and banks: times grow strictly, and each certified time is within
    /// the drift of a bank that voted.
    @Test(arguments: propertySeeds(6)) func timesStayNearTheClocks(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var network = try Network()
        let chain = try Chain.inMemory(genesis: network.genesis)
        let rules = TimeRules(.standard)
        let skews = (0..<4).map { _ in UInt64.random(in: 0...9_000, using: &generator) }
        var now = Network.start + 20_000
        for _ in 0..<12 {
            now += UInt64.random(in: 0...3_000, using: &generator)
            var builder = try BlockBuilder(after: chain.state, proposer: network.bureaus[0])
            try builder.add(network.proposal(1))
            let block = try builder.build(
                timestamp: rules.timestamp(after: chain.state.timestamp, now: now + skews[3]))
            var round = AgreementRound(block, after: chain.state)
            var near = 0
            // Voters without memory: theirs would refuse a second block of a height.
            var voters = try network.banks.map { try Voter($0, registry: chain.state.registry) }
            for bank in 0..<3 {
                let clock = now + skews[bank]
                let time = block.header.timestamp
                if max(time, clock) - min(time, clock) <= 5_000 { near += 1 }
                round.ask(&voters[bank], now: clock)
            }
            #expect(round.collector.voteCount == near)
            guard near >= 2 else { continue }
            let before = chain.state.timestamp
            try chain.append(try round.conclude())
            #expect(chain.state.timestamp > before)
        }
    }
}
