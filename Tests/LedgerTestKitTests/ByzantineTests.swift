// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit
import Testing

/// T3 and T4: banks and bureaus that break the rules.
@Suite("E1, E4 T3, T4: Byzantine actors") struct ByzantineTests {
    /// Each way to break the rules alone, as a bank and as a bureau: `f = 1 = 2q - n - 1`.
    @Test(arguments: ByzantineActor.allCases) func oneActorDoesNotFork(actor: ByzantineActor) throws
    {
        for seed in UInt64(1)...2 {
            var plan = SimulationPlan(seed: seed)
            plan.heights = 40
            plan.faultyHeights = 25
            plan.byzantineBanks = [0: actor]
            plan.byzantineBureaus = [Int(seed % 4): actor]
            try expectSafe(plan)
        }
    }

    /// Random mixes up to the bound, in banks and in a bureau.
    @Test("T3: mixes up to the bound do not fork", arguments: UInt64(1)...6)
    func mixesUpToTheBoundDoNotFork(seed: UInt64) throws {
        let (banks, rule) = [(4, QuorumRule.bft), (7, .bft), (10, .bft)][Int(seed % 3)]
        let plan = try SimulationPlan.mix(banks: banks, rule: rule, seed: seed)
        #expect(!plan.byzantineBanks.isEmpty)
        try expectSafe(plan)
    }

    func expectSafe(_ plan: SimulationPlan) throws {
        let report = try Simulation(plan).run()
        #expect(report.violations == [], "seed \(plan.seed)")
        #expect(!report.hasForked, "seed \(plan.seed)")
        #expect(!report.isStuck, "seed \(plan.seed), height \(report.height)")
        let guilty = Set(plan.byzantineBanks.keys.map { Address.simulated(1, $0) })
        #expect(guilty.isSuperset(of: report.convicted), "an honest bank was convicted")
        let bureaus = Set(plan.byzantineBureaus.keys.map { Address.simulated(2, $0) })
        #expect(bureaus.isSuperset(of: report.equivocatingBureaus))
    }

    /// What each way of lying leaves behind: the double votes are caught.
    @Test(arguments: [ByzantineActor.doubleVoter, .nullifierAndFinalizer])
    func contradictionsAreCaught(actor: ByzantineActor) throws {
        var plan = SimulationPlan(seed: 3)
        plan.byzantineBanks = [0: actor]
        plan.byzantineBureaus = [0: .equivocatingProposer, 1: .equivocatingProposer]
        plan.bureaus = 6
        let report = try Simulation(plan).run()
        #expect(report.convicted == [Address.simulated(1, 0)])
        #expect(!report.equivocatingBureaus.isEmpty)
    }

    /// T4: two nodes with one bank's key, every partition of the nodes into
    /// two parts and another in turn.
    ///
    /// `Tests/Campaigns` tries all pairs.
    @Test("T4: twins do not fork", arguments: 0..<4) func twinsDoNotFork(part: Int) throws {
        for mask in stride(from: part, to: 64, by: 4) {
            let report = try Simulation(.twins(mask, (mask &* 37 &+ 11) & 63)).run()
            #expect(report.violations == [] && !report.hasForked, "partition \(mask)")
            #expect(!report.isStuck, "partition \(mask)")
            #expect(Set([Address.simulated(1, 0)]).isSuperset(of: report.convicted))
        }
    }

    struct Excess: Sendable, CustomTestStringConvertible {
        var banks: Int
        var rule: QuorumRule
        var actor: ByzantineActor
        var testDescription: String { "\(banks) banks, \(rule), \(actor)" }
    }

    /// One liar more than the bound: the honest banks on two sides of a partition come to hold two
    /// chains, which convict `2q - n` banks or more, all of them guilty.
    @Test(
        "T3: beyond the bound there is a fork, and it convicts",
        arguments: [
            (4, QuorumRule.bft), (5, .majority), (5, .bft), (7, .bft), (10, .bft),
        ].flatMap { banks, rule in
            [ByzantineActor.doubleVoter, .nullifierAndFinalizer].map {
                Excess(banks: banks, rule: rule, actor: $0)
            }
        })
    func beyondTheBoundThereIsAForkThatConvicts(excess: Excess) throws {
        let quorum = try excess.rule.threshold(bankCount: excess.banks)
        let liars = 2 * quorum - excess.banks
        let guilty = Set((0..<liars).map { Simulation.bank($0) })
        var forks = 0
        for seed in UInt64(0)..<4 {
            let plan = try SimulationPlan.beyondTheBound(
                banks: excess.banks, rule: excess.rule, actor: excess.actor, seed: seed)
            let report = try Simulation(plan).run()
            #expect(report.violations == [], "seed \(seed)")
            #expect(guilty.isSuperset(of: report.convicted), "seed \(seed)")
            guard report.hasForked else { continue }
            forks += 1
            #expect(report.convicted.count >= liars, "seed \(seed): \(report.convicted.count)")
        }
        #expect(forks > 0)
    }

    /// With the keys of two banks on two nodes each the bound is passed: there are forks, and each
    /// convicts `2q - n = 2` banks, the right ones.
    @Test func twoPairsOfTwinsFork() throws {
        var forks = 0
        for seed in UInt64(0)..<20 {
            var plan = SimulationPlan(seed: seed)
            plan.spareBanks = 0
            plan.bureaus = 2
            plan.twinBanks = [0, 1]
            plan.crashesPer10000 = 0
            plan.epochLength = 100
            plan.heights = 8
            plan.faultyHeights = 100
            plan.faultyTime = 4000
            // One of each pair with one honest bank and one bureau.
            plan.partitions = [[0, 0, 0, 1, 0, 1, 1, 1]]
            let report = try Simulation(plan).run()
            #expect(report.violations == [])
            if report.hasForked {
                forks += 1
                #expect(report.convicted == [Address.simulated(1, 0), .simulated(1, 1)].sorted())
            }
        }
        #expect(forks > 0)
    }
}
