// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit
import Testing

/// T14: paper 004, sections III-A to III-C, sentence by sentence, where
/// no other suite has the test.
///
/// The table in `Documentation/ProofOfVoting.md` names the test of every sentence and defect.
@Suite("T14: paper 004, III-A to III-C") struct SeedPaperTests {
    // MARK: III-A

    static func power(_ base: Int, _ exponent: Int, _ modulus: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in product * base % modulus }
    }

    static func inverse(of number: Int, modulo modulus: Int) -> Int? {
        (1..<modulus).first { $0 * number % modulus == 1 }
    }

    @Test("T14: 'g * b = 1 (mod k)' gives the private key away, and signatures do not verify")
    func theKeyGenerationAsPrinted() throws {
        let (k, phi) = (61 * 53, 60 * 52)
        var roundTrips = 0
        for b in [7, 11, 17, 19, 23] {
            let g = try #require(Self.inverse(of: b, modulo: k))
            #expect(Self.inverse(of: g, modulo: k) == b, "anybody computes the private key")
            let signature = Self.power(65, b, k)
            if Self.power(signature, g, k) == 65 { roundTrips += 1 }
            // Modulo the Euler function, as must be meant, it works; without padding it is forged.
            let sound = try #require(Self.inverse(of: b, modulo: phi))
            #expect(Self.power(signature, sound, k) == 65)
            let forged = signature * signature % k
            #expect(Self.power(forged, sound, k) == 65 * 65 % k, "nobody signed the square")
        }
        #expect(roundTrips == 0)
    }

    @Test("T14: two large primes: RSA keys have 2048 bits or more, and differ")
    func keysAreLarge() throws {
        let keys = try (0..<2).map { _ in try SigningIdentity.generate(.rsaPSS2048) }
        #expect(keys.allSatisfy { $0.publicIdentity.publicKey.count == 256 })
        #expect(keys.allSatisfy { ($0.publicIdentity.publicKey.first ?? 0) >= 128 })
        #expect(keys[0].publicIdentity != keys[1].publicIdentity)
    }

    @Test("T14: 'The public key is unique to the user'") func aKeyHasOneOwner() throws {
        let key = SigningIdentity.generate()
        let members = try ["one", "two"].map {
            try Member(name: $0, role: .bank, identity: key, chainName: "test")
        }
        let bureau = try Member(
            name: "bureau", role: .bureau, identity: .generate(), chainName: "test")
        #expect(throws: LedgerError.self) {
            try Genesis(chainName: "test", members: members + [bureau], creationTime: 1)
        }
        _ = try Genesis(chainName: "test", members: [members[0], bureau], creationTime: 1)
    }

    // MARK: III-B

    @Test("T14: 'a single bureau or a set of bureaus can become malicious'")
    func maliciousBureausDoNotFork() throws {
        for seed in UInt64(0)..<3 {
            var plan = SimulationPlan(seed: seed)
            for bureau in 0..<plan.bureaus { plan.byzantineBureaus[bureau] = .equivocatingProposer }
            plan.heights = 10
            plan.faultyHeights = 8
            plan.faultyTime = 5000
            plan.calmTime = 5000
            let report = try Simulation(plan).run()
            #expect(!report.hasForked && report.violations == [], "seed \(seed)")
            #expect(report.convicted == [] && !report.equivocatingBureaus.isEmpty)
        }
    }

    @Test("T14: 'a single bureau is allowed to calculate the credit score only for a single cycle'")
    func noBureauServesTwoCyclesInARow() throws {
        var plan = SimulationPlan(seed: 2)
        plan.epochLength = 3
        plan.heights = 30
        plan.faultyHeights = 20
        #expect(try Simulation(plan).run().violations == [])
        plan.application = try SameBureaus()
        plan.spareBanks = 0
        let report = try Simulation(plan).run()
        #expect(report.violations.contains { $0.contains("serves in epochs") })
    }

    /// A state that lets the same bureaus serve for ever.
    struct SameBureaus: ConsensusApplication {
        let chainID = try? LedgerDigest([UInt8](repeating: 0x51, count: 32))
        let digest: LedgerDigest

        init() throws { digest = try LedgerDigest([UInt8](repeating: 0, count: 32)) }

        func applying(
            _ payload: [UInt8], in block: BlockContext
        ) throws(LedgerError) -> any ConsensusApplication { self }

        func configuration(after configuration: EpochConfiguration) -> EpochConfiguration {
            guard
                let chainID,
                let next = try? EpochConfiguration(
                    epoch: configuration.epoch + 1, voters: configuration.voters,
                    bureaus: configuration.bureaus, lastHeight: configuration.lastHeight + 3,
                    chainID: chainID)
            else { return configuration }
            return next
        }
    }

    /// How often each candidate comes first in 4000 draws.
    static func firstSeats(votes: [Int]) throws -> [Int] {
        var counts = [Int](repeating: 0, count: votes.count)
        let candidates = votes.enumerated().map {
            BureauElection.Candidate(Simulation.bureau($0.offset), votes: $0.element)
        }
        for draw in 0..<4000 {
            let bytes = [UInt8(draw & 255), UInt8(draw >> 8)] + [UInt8](repeating: 3, count: 30)
            let election = BureauElection(votes: candidates, seed: try LedgerDigest(bytes))
            let first = try #require(election.order(seats: 1).first)
            let place = try #require(votes.indices.first { Simulation.bureau($0) == first })
            counts[place] += 1
        }
        return counts
    }

    static func chiSquare(_ counts: [Int], votes: [Int]) -> Double {
        let total = Double(votes.reduce(0, +))
        return zip(counts, votes).reduce(0) {
            let expected = 4000 * Double($1.1) / total
            return $0 + (Double($1.0) - expected) * (Double($1.0) - expected) / expected
        }
    }

    // 16.27 is the 99.9 % point of chi-square with 3 degrees of freedom.
    @Test("T14: 'A set of bureaus is randomly selected initially'")
    func equalVotesGiveEqualChances() throws {
        #expect(
            try Self.chiSquare(Self.firstSeats(votes: [1, 1, 1, 1]), votes: [1, 1, 1, 1]) < 16.27)
    }

    @Test("T14: 'the bureaus start gaining a higher vote and thereby a higher probability'")
    func moreVotesGiveMoreTurns() throws {
        let counts = try Self.firstSeats(votes: [1, 2, 3, 4])
        #expect(Self.chiSquare(counts, votes: [1, 2, 3, 4]) < 16.27)
        #expect(Self.chiSquare(counts, votes: [1, 1, 1, 1]) > 16.27)
        #expect(counts == counts.sorted())
    }

    @Test("T14: 'A round of consensus is completed only when a new block is generated'")
    func aRoundWithoutABlockIsNotCompleted() throws {
        var network = try ScriptedNetwork(banks: 3)
        let missing = network.block(view: 1)
        let skipped = network.giveUp(missing, 0, 1)
        #expect((0..<2).allSatisfy { network.height(of: $0) == 0 && network.view(of: $0) == 2 })
        network.agree(on: network.block(view: 2, skipping: network.skips(skipped)), 0, 1)
        #expect((0..<2).allSatisfy { network.height(of: $0) == 1 })
    }

    @Test("T14: 'the responsibility of mining the block goes to the next prospective bureau'")
    func theNextBureauTakesOver() throws {
        var network = try ScriptedNetwork(banks: 3)
        let skipped = network.giveUp(network.block(view: 1), 0, 1)
        // The bureau that failed cannot come back in the other's turn.
        let late = network.block(view: 2, skipping: network.skips(skipped), payload: 1, turn: 1)
        network.agree(on: late, 0, 1)
        #expect(network.height(of: 0) == 0)
        let block = network.block(view: 2, skipping: network.skips(skipped))
        #expect(block.header.proposer != late.header.proposer)
        network.agree(on: block, 0, 1)
        #expect(network.heads[0] == block && network.heads[1] == block)
    }

    @Test("T14: 'more than 50% of votes from valid lenders': of all that are registered")
    func twoOfFourBanksAreNotEnough() throws {
        var network = try ScriptedNetwork(banks: 4, rule: .majority)
        let block = network.block(view: 1)
        // Both banks that answer agree, and they are half.
        network.agree(on: block, 0, 1)
        #expect(network.height(of: 0) == 0 && network.view(of: 0) == 1)
        network.agree(on: block, 0, 1, 2)
        #expect((0..<3).allSatisfy { network.height(of: $0) == 1 })
    }

    @Test("T14: 'only one block can receive at least 50% votes': not if a bank signs two")
    func oneLyingBankForksAnOddMajorityAndIsConvicted() throws {
        var network = try ScriptedNetwork(banks: 3, rule: .majority)
        for (bank, payload) in [(0, UInt8(0)), (1, 1)] {
            let block = network.block(view: 1, payload: payload)
            network.propose(block, to: bank)
            for role in [ConsensusStatement.Role.notarize, .finalize] {
                network.deliver(
                    .vote(network.vote(for: network.statement(role, of: block), of: 2)), to: bank)
            }
        }
        #expect(network.hasForked && network.violations == [])
        #expect(network.convicted == [network.banks[2]])
    }

    @Test("T14: 'if at least one bureau normally works': and certificates are passed on")
    func aHiddenNotarizationReachesTheOthers() throws {
        for (broken, reached) in [(BrokenRules(), UInt64(2)), (.neverForward, 1)] {
            var network = try ScriptedNetwork(banks: 4, rule: .bft, breaking: broken)
            let block = network.block(view: 1)
            for bank in 0..<3 { network.propose(block, to: bank) }
            // Only the first bank sees the quorum; the last one is silent.
            network.pass(.notarize, of: block, from: [1, 2], to: 0)
            #expect(network.view(of: 0) == 2)
            network.timeOut(0, 1, 2)
            for sender in 0..<3 {
                for message in network.sent[sender] {
                    for bank in 0..<3 where bank != sender {
                        if case .vote(let vote) = message, vote.statement.role == .notarize {
                            continue
                        }
                        network.deliver(message, to: bank)
                    }
                }
            }
            #expect(network.view(of: 1) == reached && network.view(of: 2) == reached)
        }
    }
}
