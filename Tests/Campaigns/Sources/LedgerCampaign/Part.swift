// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LedgerTestKit

enum Part: String, CaseIterable {
    case simulation, byzantine, twins, search, fuzz

    func groups() throws -> [Group] {
        switch self {
        case .simulation: [Self.simulation()]
        case .byzantine: Self.actors() + Self.mixes() + (try Self.beyondTheBound())
        case .twins: [Self.twins()]
        case .search: Self.search()
        case .fuzz: try Self.fuzz()
        }
    }

    /// T2: 500 seeds of 50 blocks with all faults, each twice.
    private static func simulation() -> Group {
        Group(
            name: "T2 500 seeds x 50 blocks, twice",
            jobs: (0..<50).map { part in
                {
                    var tally = Tally()
                    for seed in stride(from: UInt64(part), to: 500, by: 50) {
                        let plan = SimulationPlan(seed: seed)
                        let report = try sound(plan, "seed \(seed)")
                        guard try Simulation(plan).run() == report else {
                            throw Failure(description: "seed \(seed): two runs differ")
                        }
                        guard report.height >= 50, report.convicted.isEmpty else {
                            throw Failure(description: "seed \(seed): \(report)")
                        }
                        tally = tally + Tally(runs: 2, events: 2 * report.events)
                    }
                    return tally
                }
            })
    }

    /// T3: each actor alone, as a bank and as a bureau.
    private static func actors() -> [Group] {
        ByzantineActor.allCases.map { actor in
            Group(
                name: "T3 \(actor.rawValue) alone",
                jobs: (UInt64(0)..<12).map { seed in
                    {
                        var plan = SimulationPlan(seed: seed)
                        plan.byzantineBanks = [Int(seed % 5): actor]
                        plan.byzantineBureaus = [Int(seed % 4): actor]
                        return Tally(runs: 1, events: try sound(plan, "seed \(seed)").events)
                    }
                })
        }
    }

    /// T3: mixes up to the bound.
    private static func mixes() -> [Group] {
        [(4, QuorumRule.bft), (7, .bft), (10, .bft), (6, .explicit(5))].map { banks, rule in
            Group(
                name: "T3 mixes up to the bound, \(banks) banks, \(rule)",
                jobs: (UInt64(0)..<30).map { seed in
                    {
                        let plan = try SimulationPlan.mix(banks: banks, rule: rule, seed: seed)
                        return Tally(runs: 1, events: try sound(plan, "seed \(seed)").events)
                    }
                })
        }
    }

    /// T3: one liar more; most runs fork, and each fork convicts enough
    /// banks and none that is honest.
    private static func beyondTheBound() throws -> [Group] {
        let scopes: [(Int, QuorumRule)] = [
            (4, .bft), (5, .majority), (5, .bft), (7, .majority), (7, .bft), (10, .bft),
        ]
        return scopes.flatMap { banks, rule in
            [ByzantineActor.doubleVoter, .nullifierAndFinalizer].map { actor in
                Group(
                    name: "T3 beyond, \(banks) banks, \(rule), \(actor.rawValue)",
                    jobs: (UInt64(0)..<20).map { seed in
                        { try fork(banks, rule, actor, seed) }
                    },
                    check: {
                        2 * $0.forks >= $0.runs ? nil : "only \($0.forks) of \($0.runs) runs forked"
                    })
            }
        }
    }

    @Sendable private static func fork(
        _ banks: Int, _ rule: QuorumRule, _ actor: ByzantineActor, _ seed: UInt64
    ) throws -> Tally {
        let plan = try SimulationPlan.beyondTheBound(
            banks: banks, rule: rule, actor: actor, seed: seed)
        let report = try Simulation(plan).run()
        let bound = 2 * (try rule.threshold(bankCount: banks)) - banks
        let guilty = Set(plan.byzantineBanks.keys.map { Simulation.bank($0) })
        guard report.violations.isEmpty, guilty.isSuperset(of: report.convicted) else {
            throw Failure(description: "seed \(seed): \(report)")
        }
        if report.hasForked, report.convicted.count < bound {
            throw Failure(
                description: "seed \(seed): \(report.convicted.count) convicted, not \(bound)")
        }
        return Tally(runs: 1, events: report.events, forks: report.hasForked ? 1 : 0)
    }

    /// T4: a bank with two nodes, every pair of partitions of the seven nodes.
    private static func twins() -> Group {
        Group(
            name: "T4 twins, 64 x 64 partitions",
            jobs: (0..<64).map { first in
                {
                    var tally = Tally()
                    for second in 0..<64 {
                        let report = try sound(
                            .twins(first, second), "partitions \(first), \(second)",
                            guilty: [Simulation.bank(0)])
                        tally = tally + Tally(runs: 1, events: report.events)
                    }
                    return tally
                }
            })
    }

    /// T5: the runs of few banks, all of them for three.
    ///
    /// What counts is how many are honest and how many of these a quorum needs: 4 banks with a
    /// liar, or 5 with 2, are 3 without one.
    private static func search() -> [Group] {
        let within: [Scope] = [
            Scope(banks: 3, rule: .majority), Scope(banks: 4, rule: .bft),
            Scope(banks: 5, rule: .majority), Scope(banks: 5, rule: .bft),
        ]
        let beyond: [Scope] = [
            Scope(banks: 3, rule: .majority, byzantine: 1),
            Scope(banks: 4, rule: .bft, byzantine: 2),
            Scope(banks: 5, rule: .majority, byzantine: 1),
            Scope(banks: 5, rule: .bft, byzantine: 3),
        ]
        return [
            Group(
                name: "T5 3 to 5 banks up to the bound",
                jobs: within.map { scope in { try scope.search(forks: false) } }),
            Group(
                name: "T5 3 to 5 banks beyond it",
                jobs: beyond.map { scope in { try scope.search(forks: true) } }),
        ]
    }

    private struct Scope: Sendable {
        var banks: Int
        var rule: QuorumRule
        var byzantine = 0

        func search(forks: Bool) throws -> Tally {
            var search = try ExhaustiveSearch(
                banks: banks, rule: rule, byzantine: byzantine, views: 2)
            let outcome = search.run(limit: searchLimit)
            let isMissed = banks == 3 && !forks && !outcome.isComplete
            guard (outcome.fork != nil) == forks, !isMissed else {
                throw Failure(
                    description: "\(banks) banks, \(rule), \(byzantine) Byzantine: "
                        + "\(outcome.states) states, fork \(String(describing: outcome.fork))")
            }
            return Tally(runs: 1, events: outcome.states, forks: forks ? 1 : 0)
        }
    }

    /// `CREDIT_SEARCH_STATES` looks further than the nearest states;
    /// 1,124,770 are all of three banks.
    static let searchLimit =
        ProcessInfo.processInfo.environment["CREDIT_SEARCH_STATES"].flatMap { Int($0) } ?? 1_200_000

    /// T13: a million changed inputs for each reader, or `CREDIT_FUZZ_COUNT`.
    private static func fuzz() throws -> [Group] {
        let count =
            ProcessInfo.processInfo.environment["CREDIT_FUZZ_COUNT"].flatMap { Int($0) }
            ?? 1_000_000
        return try FuzzSubject.ledger().map { subject in
            Group(
                name: "T13 \(subject.name)",
                jobs: (UInt64(1)...8).map { seed in
                    {
                        if let complaint = subject.complaint(count: count / 8, seed: seed) {
                            throw Failure(description: complaint)
                        }
                        return Tally(runs: count / 8)
                    }
                })
        }
    }
}

/// Runs a plan in which nothing may go wrong, and convictions hit the guilty only.
@Sendable func sound(
    _ plan: SimulationPlan, _ name: String, guilty: [Address]? = nil
) throws -> SimulationReport {
    let report = try Simulation(plan).run()
    let liars = guilty ?? plan.byzantineBanks.keys.map { Simulation.bank($0) }
    let bureaus = plan.byzantineBureaus.keys.map { Simulation.bureau($0) }
    guard
        report.violations.isEmpty, !report.hasForked, !report.isStuck,
        Set(liars).isSuperset(of: report.convicted),
        Set(bureaus).isSuperset(of: report.equivocatingBureaus)
    else { throw Failure(description: "\(name): \(report)") }
    return report
}
