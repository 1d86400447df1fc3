// SPDX-License-Identifier: Apache-2.0

import Ledger
import LedgerTestKit
import Testing

/// T7: a test of rules must fail when a rule is missing.
///
/// Each mutant is the real core without a rule, and the search or the oracle must notice.
@Suite("E1 T7: negative controls") struct MutantTests {
    /// A disk that says what is not true is as bad as no disk.
    @Test func aLyingDiskIsCaught() throws {
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

    /// Mutants that need a bureau which knows the rules better than chance: the search finds a fork
    /// of three honest banks.
    @Test(arguments: [
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
}
