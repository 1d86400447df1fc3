// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LedgerTestKit
import Testing

/// T2: every rule under loss, delay, duplication, reordering, partitions, crashes and wrong clocks.
@Suite("E1 to E7, J5 T2: simulation") struct SimulationTests {
    /// `CREDIT_SIMULATION_SEEDS` runs more seeds than these ten; `Tests/Campaigns` runs 500.
    static let seedCount =
        ProcessInfo.processInfo.environment["CREDIT_SIMULATION_SEEDS"].flatMap { Int($0) } ?? 10

    @Test("T2: every seed is safe, live and repeatable", arguments: 0..<10)
    func everySeedIsSafeLiveAndRepeatable(part: Int) throws {
        for seed in stride(from: part, to: Self.seedCount, by: 10) {
            let report = try Simulation(SimulationPlan(seed: UInt64(seed))).run()
            #expect(report.violations == [], "seed \(seed)")
            #expect(!report.hasForked, "seed \(seed)")
            #expect(!report.isStuck, "seed \(seed)")
            #expect(report.convicted == [] && report.equivocatingBureaus == [], "seed \(seed)")
            #expect(report.height >= 50, "seed \(seed)")
            #expect(try Simulation(SimulationPlan(seed: UInt64(seed))).run() == report)
        }
    }

    @Test func anotherSeedIsAnotherRunAndFaultsHappen() throws {
        let reports = try (0..<5).map { try Simulation(SimulationPlan(seed: $0)).run() }
        #expect(Set(reports.map(\.audit)).count == 5)
        #expect(reports.contains { $0.crashes > 0 })
        #expect(reports.contains { $0.skippedViews > 0 })
    }

    struct Mode: Sendable, CustomTestStringConvertible {
        var name: String
        var banks: Int
        var rule: QuorumRule
        var testDescription: String { name }
    }

    /// E7: one bank alone, a majority, and more than that, with the same core.
    @Test(arguments: [
        Mode(name: "solo", banks: 1, rule: .majority), Mode(name: "two", banks: 2, rule: .majority),
        Mode(name: "majority", banks: 5, rule: .majority), Mode(name: "bft", banks: 7, rule: .bft),
        Mode(name: "unanimous", banks: 3, rule: .explicit(3)),
    ])
    func everyModeMakesTheSameProgress(mode: Mode) throws {
        for seed in UInt64(1)...3 {
            var plan = SimulationPlan(seed: seed)
            plan.banks = mode.banks
            plan.rule = mode.rule
            plan.heights = 30
            plan.faultyHeights = 20
            let report = try Simulation(plan).run()
            #expect(report.violations == [], "seed \(seed)")
            #expect(!report.hasForked && !report.isStuck, "seed \(seed)")
            #expect(report.height >= 30)
        }
    }

    /// L1: a majority may be silent no longer than it stays silent; the
    /// rest waits, and does not fork.
    @Test func withoutAQuorumNothingIsFinal() throws {
        var plan = SimulationPlan(seed: 1)
        plan.spareBanks = 0
        plan.byzantineBanks = [0: .silent, 1: .silent]
        plan.calmTime = 20_000
        plan.faultyTime = 2000
        let report = try Simulation(plan).run()
        #expect(report.isStuck)
        #expect(report.height == 0)
        #expect(report.violations == [])
        #expect(!report.hasForked)
    }

    /// E2: silent bureaus cost their time-outs and no more: `t0 * (g^b - 1) / (g - 1)`.
    @Test func silentBureausCostTheirTimeOuts() throws {
        var plan = SimulationPlan(seed: 1)
        plan.network = .calm
        plan.crashesPer10000 = 0
        plan.clockSkew = 0
        plan.bureaus = 8
        plan.epochLength = 1000
        plan.heights = 1
        plan.faultyHeights = 1
        plan.faultyTime = 5000
        plan.calmTime = 1000
        let quick = try Simulation(plan).run()
        #expect(quick.time < 60)
        // All but one bureau of the first epoch, at the beginning of the rotation, say nothing.
        plan.byzantineBureaus = Dictionary(uniqueKeysWithValues: (0..<8).map { ($0, .silent) })
        var best: [UInt64: UInt64] = [:]
        for honest in 0..<8 {
            plan.byzantineBureaus[honest] = nil
            let report = try Simulation(plan).run()
            if !report.isStuck { best[report.skippedViews] = report.time }
            plan.byzantineBureaus[honest] = .silent
        }
        // The epoch has four bureaus; each honest one follows another number of silent ones.
        #expect(best.keys.sorted() == [0, 1, 2, 3])
        for (skips, time) in best {
            let cost: UInt64 = 200 * ((1 << skips) - 1)
            #expect(time >= cost && time < cost + 60 + 10 * skips, "\(skips): \(time) ms")
        }
    }
}
