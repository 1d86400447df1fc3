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

    /// Random mixes up to the bound: two of seven banks and a bureau.
    @Test(arguments: UInt64(1)...4) func mixesUpToTheBoundDoNotFork(seed: UInt64) throws {
        let actors = ByzantineActor.allCases
        func actor(_ salt: UInt64) -> ByzantineActor {
            actors[Int((seed &* 31 &+ salt &* 17) % UInt64(actors.count))]
        }
        var plan = SimulationPlan(seed: seed)
        plan.banks = 7
        plan.heights = 30
        plan.faultyHeights = 20
        plan.byzantineBanks = [1: actor(1), 4: actor(2)]
        plan.byzantineBureaus = [Int(seed % 4): actor(3)]
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

    /// T4: two nodes with one bank's key, every partition of the nodes into two parts.
    @Test(arguments: 0..<4) func twinsDoNotFork(part: Int) throws {
        // Four banks, two bureaus, one twin: the first bank stays in the first part.
        for mask in stride(from: part, to: 64, by: 4) {
            let groups = [0] + (0..<6).map { mask >> $0 & 1 }
            let others = [0] + (0..<6).map { (mask &* 37 &+ 11) >> $0 & 1 }
            var plan = SimulationPlan(seed: UInt64(mask))
            plan.spareBanks = 0
            plan.bureaus = 2
            plan.twinBanks = [0]
            plan.network.weatherInterval = 400
            plan.crashesPer10000 = 0
            plan.epochLength = 100
            plan.partitions = [groups, others]
            plan.faultyTime = 1600
            plan.faultyHeights = 100
            plan.heights = 8
            let report = try Simulation(plan).run()
            #expect(report.violations == [] && !report.hasForked, "partition \(mask)")
            #expect(!report.isStuck, "partition \(mask)")
            #expect(Set([Address.simulated(1, 0)]).isSuperset(of: report.convicted))
        }
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
