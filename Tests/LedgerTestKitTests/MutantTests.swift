// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit
import Testing

/// T7: a test of rules must fail when a rule is missing.
///
/// Each mutant is the real core without a rule, and the oracle must notice; with the rule the same
/// schedule does no harm.
@Suite("E1 T7: negative controls") struct MutantTests {
    @Test(
        "T7: an attack does harm without the rule, and none with it",
        arguments: Attack.onVotes + Attack.onProofs)
    func isCaught(attack: Attack) throws {
        let mutant = try attack.run(isRuleInForce: false)
        let sound = try attack.run(isRuleInForce: true)
        let isHarmless = !sound.hasForked && sound.violations == []
        #expect(isHarmless, "with the rule")
        switch attack.harm {
        case .fork:
            let hasForked = mutant.hasForked
            #expect(hasForked, "heights \((0..<attack.banks).map { mutant.height(of: $0) })")
            #expect(Set(sound.banks).isDisjoint(with: sound.convicted), "an honest bank")
        case .violation(let words):
            #expect(mutant.violations.contains { $0.contains(words) })
        case .impunity(let bank):
            #expect(mutant.convicted == [])
            #expect(sound.convicted == [sound.banks[bank]])
        }
    }

    /// A disk that says what is not true is as bad as no disk.
    @Test("T7: a lying disk is caught") func aLyingDiskIsCaught() throws {
        let caught = try (UInt64(0)..<20).contains { seed in
            var plan = SimulationPlan(seed: seed)
            plan.crashesPer10000 = 200
            plan.hasLyingDisks = true
            let report = try Simulation(plan).run()
            return !report.violations.isEmpty || report.hasForked
        }
        #expect(caught)
    }

    struct SearchMutant: Sendable, CustomTestStringConvertible {
        var name: String
        var broken: BrokenRules
        var testDescription: String { name }
    }

    /// The search finds forks of three honest banks without being told how.
    @Test(
        "T7: the search finds forks",
        arguments: [
            SearchMutant(name: "the paper as printed", broken: .paperAsPrinted),
            SearchMutant(name: "skip without proof", broken: .skipWithoutProof),
            SearchMutant(name: "final on notarization", broken: .finalOnNotarization),
        ])
    func theSearchForks(mutant: SearchMutant) throws {
        var search = try ExhaustiveSearch(
            banks: 3, rule: .majority, byzantine: 0, views: 2, breaking: mutant.broken)
        let outcome = search.run(limit: 60_000)
        #expect(outcome.fork != nil, "\(outcome.states) states")
    }

    struct Standstill: Sendable, CustomTestStringConvertible {
        var name: String
        var broken: BrokenRules
        var setUp: @Sendable (inout SimulationPlan) -> Void
        var testDescription: String { name }

        func report(seed: UInt64, breaking broken: BrokenRules) throws -> SimulationReport {
            var plan = SimulationPlan(seed: seed)
            plan.spareBanks = 0
            plan.crashesPer10000 = 0
            plan.epochLength = 100
            plan.faultyTime = 300
            plan.calmTime = 3000
            plan.heights = 2
            plan.faultyHeights = 100
            setUp(&plan)
            plan.broken = broken
            return try Simulation(plan).run()
        }
    }

    /// Rules without which nothing forks and the network stands still.
    @Test(
        "T7: a network without a rule of progress stands still",
        arguments: [
            Standstill(
                name: "constant time-outs", broken: .constantTimeOuts,
                setUp: {
                    $0.calmNetwork.minimumDelay = 250
                    $0.faultyTime = 1
                    $0.calmTime = 6000
                }),
            Standstill(
                name: "one vote per height", broken: .oneVotePerHeight,
                setUp: {
                    $0.byzantineBureaus = [2: .equivocatingProposer]
                    $0.network.partitionPercent = 0
                }),
            // Nobody can prove any more that the views passed in which nobody heard the others.
            Standstill(
                name: "leave a view on a time-out", broken: .leaveViewOnTimeOut,
                setUp: {
                    $0.network.lossPercent = 100
                    $0.faultyTime = 1000
                }),
            Standstill(
                name: "never forward", broken: .neverForward, setUp: { $0.network.lossPercent = 40 }
            ),
        ])
    func standsStill(mutant: Standstill) throws {
        let seed = try #require(
            try (UInt64(0)..<10).first {
                try mutant.report(seed: $0, breaking: mutant.broken).isStuck
            }, "\(mutant.name) went unnoticed")
        let sound = try mutant.report(seed: seed, breaking: [])
        #expect(!sound.isStuck && !sound.hasForked && sound.violations == [], "seed \(seed)")
    }
}
