// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LedgerTestKit
import Testing

/// T5: every run of the real core in small scopes.
@Suite("E1 T5: exhaustive search") struct ExhaustiveSearchTests {
    struct Scope: Sendable, CustomTestStringConvertible {
        var banks: Int
        var rule: QuorumRule
        var byzantine: Int
        var testDescription: String { "\(banks) banks, \(rule), \(byzantine) Byzantine" }
    }

    /// What counts is how many honest banks there are and how many of them a quorum needs: 3 banks
    /// without a Byzantine one are 4 with 1 and 5 with 2, so each such scope stands once.
    static let scopes: [Scope] = [
        Scope(banks: 3, rule: .majority, byzantine: 0),
        Scope(banks: 3, rule: .majority, byzantine: 1),
        Scope(banks: 4, rule: .bft, byzantine: 0),
        Scope(banks: 4, rule: .bft, byzantine: 2),
        Scope(banks: 5, rule: .bft, byzantine: 3),
    ]

    /// `CREDIT_SEARCH_STATES` looks further than the nearest 15,000 states of every test run.
    static let limit =
        ProcessInfo.processInfo.environment["CREDIT_SEARCH_STATES"].flatMap { Int($0) } ?? 15_000

    /// T5: No run forks with `f <= 2q - n - 1` Byzantine banks, and some run does with one more.
    @Test(arguments: scopes) func forksExactlyBeyondTheBound(scope: Scope) throws {
        var search = try ExhaustiveSearch(
            banks: scope.banks, rule: scope.rule, byzantine: scope.byzantine, views: 2)
        let quorum = try scope.rule.threshold(bankCount: scope.banks)
        let outcome = search.run(limit: Self.limit)
        #expect((outcome.fork != nil) == (scope.byzantine > 2 * quorum - scope.banks - 1))
    }
}
