// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct ShareOptimumTests {
    @Test(arguments: propertySeeds(20))
    func findsTheClosedForm(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let lender = try Lender(
            gainExponent: .random(in: 0.3...0.6, using: &generator),
            lossExponent: .random(in: 0.8...1.2, using: &generator),
            lossAversion: .random(in: 1...3, using: &generator))
        let schedule = try AmortisationSchedule.annuity(
            periods: 12, ratePerPeriod: .random(in: 0.005...0.05, using: &generator))
        let prospect = try schedule.prospect(
            defaultProbability: .random(in: 0.01...0.3, using: &generator),
            lossGivenDefault: .random(in: 0.2...1, using: &generator))
        let closed = try lender.invest(in: prospect)
        let found = try lender.preference.bestShare(of: prospect)
        #expect(found.value >= closed.value - 1e-12)
        expectClose(
            found.share, try #require(closed.amount), relative: 1e-5, absolute: 1e-6)
        switch (found.verdict, closed.verdict) {
        case (.interior, .interior), (.capped, .capped), (.nothing, .nothing): break
        default:
            // Close to an end the search may stop short of it, or the peak lie below a step.
            expectClose(found.share, try #require(closed.amount), absolute: 1e-6)
        }
    }

    @Test func otherReferencesAndCurves() throws {
        let prospect = try Prospect(outcomes: [-0.4, 0.05, 0.2], probabilities: [0.1, 0.3, 0.6])
        let v = try ValueFunction(
            gains: .exponential(rate: 3), losses: .exponential(rate: 1), lossAversion: 1.8,
            reference: 0.03)
        let theory = CumulativeProspectTheory(
            valueFunction: v, gainWeighting: .tverskyKahneman1992Gains,
            lossWeighting: .tverskyKahneman1992Losses)
        let found = try theory.bestShare(of: prospect, cap: 2, riskFreeReturn: 0.01)
        var best = -Double.infinity
        for step in 0...4000 {
            let share = 2 * Double(step) / 4000
            best = max(
                best,
                try theory.value(
                    of: prospect.scaled(by: share, adding: (1 - share) * 0.01)))
        }
        #expect(found.value >= best - 1e-12)
        expectClose(
            try theory.value(
                of: prospect.scaled(by: found.share, adding: (1 - found.share) * 0.01)),
            found.value, relative: 1e-12)
    }

    @Test func badInput() throws {
        let prospect = try Prospect(outcomes: [-1, 1], probabilities: [0.5, 0.5])
        let theory = CumulativeProspectTheory.tverskyKahneman1992
        #expect(try theory.bestShare(of: prospect).verdict == .nothing)
        #expect(try theory.bestShare(of: prospect, cap: 0).share == 0)
        expectError(.invalidParameter, "cap -1.0") { () throws(BehavioralError) in
            try theory.bestShare(of: prospect, cap: -1)
        }
        expectError(.invalidParameter, "risk-free return nan") { () throws(BehavioralError) in
            try theory.bestShare(of: prospect, riskFreeReturn: .nan)
        }
        let quadratic = CumulativeProspectTheory.expectedUtility(
            try ValueFunction(gains: .quadratic(rate: 2), losses: .linear, lossAversion: 1))
        expectError(.invalidOutcome, "outcome 1.0") { () throws(BehavioralError) in
            try quadratic.bestShare(of: prospect)
        }
    }
}
