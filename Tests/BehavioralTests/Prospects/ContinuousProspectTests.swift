// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct ContinuousProspectTests {
    static func prospect(_ row: TheoryGolden.Continuous) throws -> ContinuousProspect {
        switch row.kind {
        case "normal": try .normal(mean: row.first, standardDeviation: row.second)
        case "lognormal":
            try .lognormal(
                logMean: row.first, logStandardDeviation: row.second, shift: -1)
        default: try .uniform(from: row.first, to: row.second)
        }
    }

    @Test func golden() throws {
        let rows = try TheoryGolden.shared.get().continuous
        #expect(rows.count == 16)
        for row in rows {
            let isPrelec = row.weighting == "prelec"
            let theory = try CumulativeProspectTheory(
                valueFunction: .power(gainExponent: 0.88, lossExponent: 0.75, lossAversion: 2.25),
                gainWeighting: isPrelec
                    ? .prelec(alpha: 0.65, beta: 1.1) : .tverskyKahneman1992Gains,
                lossWeighting: isPrelec
                    ? .prelec(alpha: 0.8, beta: 0.9) : .tverskyKahneman1992Losses)
            let prospect = try Self.prospect(row)
            expectClose(
                try theory.value(of: prospect), row.value, relative: 1e-12,
                absolute: 1e-12 * (row.gain + row.loss), "\(row)")
            let lender = try Lender(
                gainExponent: 0.88, lossExponent: 0.75, lossAversion: 2.25,
                gainWeighting: theory.gainWeighting, lossWeighting: theory.lossWeighting)
            let objective = try lender.objective(for: prospect)
            expectClose(objective.gain, row.gain, relative: 1e-12, "\(row)")
            expectClose(objective.loss, row.loss, relative: 1e-12, "\(row)")
        }
    }

    @Test func momentsAndLimits() throws {
        // E[X^a] of an exponential distribution is Gamma(1 + a), by a user's own tails.
        let exponential = try ContinuousProspect(
            lowerBound: 0, knots: [1, 10], cumulative: { -Double.expMinusOne(-max($0, 0)) },
            survival: { Double.exp(-max($0, 0)) })
        let utility = CumulativeProspectTheory.expectedUtility(
            try .power(gainExponent: 0.5, lossExponent: 1, lossAversion: 1))
        expectClose(
            try utility.value(of: exponential), Double.sqrt(.pi) / 2, relative: 1e-13)
        expectClose(
            try utility.certaintyEquivalent(of: exponential), Double.pi / 4, relative: 1e-13)
        expectClose(
            try utility.riskPremium(of: exponential), 1 - Double.pi / 4, relative: 1e-12)
        // The mean of a lognormal.
        let lognormal = try ContinuousProspect.lognormal(
            logMean: 0.1, logStandardDeviation: 0.4)
        expectClose(
            try CumulativeProspectTheory.expectedValue.value(of: lognormal),
            Double.exp(0.18), relative: 1e-12)
        // A fine discrete prospect comes close to the continuous one.
        let uniform = try ContinuousProspect.uniform(from: -1, to: 3)
        let count = 4000
        let sample = (0..<count).map { -1 + 4 * (Double($0) + 0.5) / Double(count) }
        let theory = CumulativeProspectTheory.tverskyKahneman1992
        expectClose(
            try theory.value(of: Prospect(sample: sample)), try theory.value(of: uniform),
            relative: 1e-3)
    }

    @Test func badInput() throws {
        expectError(.invalidParameter, "standard deviation 0.0") { () throws(BehavioralError) in
            try ContinuousProspect.normal(mean: 0, standardDeviation: 0)
        }
        expectError(.invalidParameter, "bounds 2.0 and 1.0") { () throws(BehavioralError) in
            try ContinuousProspect.uniform(from: 2, to: 1)
        }
        expectError(.invalidParameter, "shift nan") { () throws(BehavioralError) in
            try ContinuousProspect.lognormal(
                logMean: 0, logStandardDeviation: 1, shift: .nan)
        }
        expectError(.empty, "no knots") { () throws(BehavioralError) in
            try ContinuousProspect(knots: [], cumulative: { _ in 0 }, survival: { _ in 1 })
        }
        expectError(.invalidParameter, "knot 3.0 at 1") { () throws(BehavioralError) in
            try ContinuousProspect(
                upperBound: 2, knots: [1, 3], cumulative: { _ in 0 }, survival: { _ in 1 })
        }
        expectError(.invalidProbability, "cumulative probability at 1.0, 1.5") {
            () throws(BehavioralError) in
            try ContinuousProspect(knots: [1], cumulative: { _ in 1.5 }, survival: { _ in 0 })
        }
        // A tail so heavy that the value is infinite.
        let pareto = try ContinuousProspect(
            lowerBound: 1, knots: [1, 10], cumulative: { 1 - 1 / Double.sqrt(max($0, 1)) },
            survival: { 1 / Double.sqrt(max($0, 1)) })
        expectError(.notConverged, "does not settle") { () throws(BehavioralError) in
            try CumulativeProspectTheory.expectedValue.value(of: pareto)
        }
        let quadratic = CumulativeProspectTheory.expectedUtility(
            try ValueFunction(gains: .quadratic(rate: 1), losses: .linear, lossAversion: 1))
        expectError(.invalidOutcome, "inf") { () throws(BehavioralError) in
            try quadratic.value(of: .normal(mean: 0, standardDeviation: 1))
        }
    }
}
