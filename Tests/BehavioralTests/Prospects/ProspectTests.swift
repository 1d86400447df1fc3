// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import RealModule
import Testing
import _CreditTestSupport

@Suite struct ProspectTests {
    @Test func sortsAndJoins() throws {
        let prospect = try Prospect(
            outcomes: [3, -1, 3, 7, 0, -0.0], probabilities: [0.2, 0.3, 0.1, 0, 0.25, 0.15])
        #expect(prospect.outcomes == [-1, 0, 3])
        expectClose(prospect.probabilities, [0.3, 0.4, 0.3], relative: 1e-15)
        expectClose(prospect.mean, 0.6, relative: 1e-15)
        expectClose(prospect.variance, 0.3 * 2.56 + 0.4 * 0.36 + 0.3 * 5.76, relative: 1e-15)
        #expect(prospect.cumulative(-1.5) == 0)
        #expect(prospect.cumulative(-1) == 0.3)
        #expect(prospect.cumulative(3) == 1)
        #expect(try prospect.quantile(0.3) == -1)
        #expect(try prospect.quantile(0.31) == 0)
        #expect(try prospect.quantile(1) == 3)
        let scaled = try prospect.scaled(by: -2, adding: 1)
        #expect(scaled.outcomes == [-5, 1, 3])
        #expect(try Prospect(certain: 4).probabilities == [1])
    }

    @Test func samples() throws {
        let prospect = try Prospect(sample: [0.1, -0.2, 0.1, 0.3])
        #expect(prospect.outcomes == [-0.2, 0.1, 0.3])
        #expect(prospect.probabilities == [0.25, 0.5, 0.25])
        // A weight of 2 is the outcome twice.
        #expect(try Prospect(sample: [0.1, -0.2, 0.3], weights: [2, 1, 1]) == prospect)
        // All outcomes together are certain, though probabilities were rounded to ten digits: the
        // weight of 0.9999999999 is only 0.999999.
        let rounded = try Prospect(outcomes: [1, 2], probabilities: [0.5, 0.4999999999])
        let theory = CumulativeProspectTheory.tverskyKahneman1992
        expectClose(theory.decisionWeights(of: rounded).reduce(0, +), 1, relative: 1e-15)
    }

    @Test(arguments: propertySeeds(30))
    func dominance(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let outcomes = (0..<6).map { _ in Double.random(in: -10...10, using: &generator) }
        let base = try Prospect(sample: outcomes)
        // Every outcome a little better: first order, hence second order.
        let better = try Prospect(
            sample: outcomes.map { $0 + .random(in: 0.1...1, using: &generator) })
        #expect(better.dominates(base) && better.dominates(base, order: .second))
        #expect(!base.dominates(better) && !base.dominates(better, order: .second))
        #expect(!base.dominates(base) && !base.dominates(base, order: .second))
        // A mean-preserving spread of every outcome: second order only.
        let spread = try Prospect(sample: outcomes.flatMap { [$0 - 1, $0 + 1] })
        #expect(base.dominates(spread, order: .second))
        #expect(!base.dominates(spread) && !spread.dominates(base))
        // Cumulative prospect theory never prefers what is dominated in the first order.
        for theory in [
            CumulativeProspectTheory.tverskyKahneman1992, .expectedValue,
            Lender.riskAverse.preference,
        ] {
            #expect(try theory.value(of: better) > theory.value(of: base))
        }
        // Brute force on the distribution functions.
        let other = try Prospect(
            sample: (0..<3).map { _ in .random(in: -10...4, using: &generator) })
        let points = (base.outcomes + other.outcomes).sorted()
        let excess = points.map { base.cumulative($0) - other.cumulative($0) }
        #expect(
            base.dominates(other)
                == (excess.allSatisfy { $0 <= 1e-12 } && excess.contains { $0 < -1e-12 }))
    }

    @Test func badInput() throws {
        expectError(.countMismatch, "2 outcomes and 1 probabilities") {
            () throws(BehavioralError) in
            try Prospect(outcomes: [1, 2], probabilities: [1])
        }
        for bad in [Double.nan, .infinity] {
            expectError(.invalidOutcome, "outcome \(bad) at 1") { () throws(BehavioralError) in
                try Prospect(outcomes: [1, bad], probabilities: [0.5, 0.5])
            }
            expectError(.invalidOutcome, "outcome \(bad) at 0") { () throws(BehavioralError) in
                try Prospect(sample: [bad])
            }
        }
        for bad in [Double.nan, -0.1, 1.1] {
            expectError(.invalidProbability, "probability at 1, \(bad)") {
                () throws(BehavioralError) in
                try Prospect(outcomes: [1, 2], probabilities: [0.5, bad])
            }
        }
        expectError(.invalidProbabilitySum, "0.9") { () throws(BehavioralError) in
            try Prospect(outcomes: [1, 2], probabilities: [0.5, 0.4])
        }
        expectError(.empty, "no outcome") { () throws(BehavioralError) in
            try Prospect(outcomes: [], probabilities: [])
        }
        expectError(.empty, "no outcome") { () throws(BehavioralError) in
            try Prospect(sample: [1], weights: [0])
        }
        expectError(.invalidParameter, "weight at 1, -1.0") { () throws(BehavioralError) in
            try Prospect(sample: [1, 2], weights: [1, -1])
        }
        expectError(.countMismatch, "2 outcomes and 1 weights") { () throws(BehavioralError) in
            try Prospect(sample: [1, 2], weights: [1])
        }
        let prospect = try Prospect(sample: [1, 2])
        expectError(.invalidProbability, "1.5") { () throws(BehavioralError) in
            try prospect.quantile(1.5)
        }
        expectError(.invalidParameter, "scale inf") { () throws(BehavioralError) in
            try prospect.scaled(by: .infinity)
        }
    }

    @Test func codable() throws {
        let prospect = try Prospect(outcomes: [2, -1, 0], probabilities: [0.1, 0.2, 0.7])
        let data = try JSONEncoder().encode(prospect)
        #expect(try JSONDecoder().decode(Prospect.self, from: data) == prospect)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                Prospect.self, from: Data(#"{"outcomes":[1],"probabilities":[0.5]}"#.utf8))
        }
    }
}
