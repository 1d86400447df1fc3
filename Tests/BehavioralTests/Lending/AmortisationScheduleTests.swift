// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct AmortisationScheduleTests {
    static func schedule(_ row: TheoryGolden.Schedule) throws -> AmortisationSchedule {
        switch row.kind {
        case "annuity": try .annuity(periods: row.periods, ratePerPeriod: row.rate)
        case "bullet": try .bullet(periods: row.periods, ratePerPeriod: row.rate)
        default: try .equalPrincipal(periods: row.periods, ratePerPeriod: row.rate)
        }
    }

    @Test func golden() throws {
        for row in try TheoryGolden.shared.get().schedules {
            let schedule = try Self.schedule(row)
            expectClose(schedule.payments, row.payments, relative: 1e-12)
            let prospect = try schedule.prospect(
                defaultProbability: row.defaultProbability,
                lossGivenDefault: row.lossGivenDefault, discountRate: row.discountRate,
                recoveryDelay: row.recoveryDelay)
            expectClose(prospect.mean, row.mean, relative: 1e-11, absolute: 1e-13)
            let expected = try Prospect(
                outcomes: row.outcomes.map { ($0 * 1e12).rounded() / 1e12 },
                probabilities: row.probabilities)
            for (outcome, probability) in zip(expected.outcomes, expected.probabilities) {
                let match = zip(prospect.outcomes, prospect.probabilities)
                    .filter { abs($0.0 - outcome) < 1e-11 }
                expectClose(
                    match.map(\.1).reduce(0, +), probability, relative: 1e-11,
                    "\(row.kind) at \(outcome)")
            }
        }
    }

    @Test func onePeriodIsTheLoanOfTwoOutcomes() throws {
        let loan = try LoanProspect(
            defaultProbability: 0.08, rate: 0.14, lossGivenDefault: 0.45)
        let schedule = try AmortisationSchedule.bullet(periods: 1, ratePerPeriod: 0.14)
        let prospect = try schedule.prospect(defaultProbability: 0.08, lossGivenDefault: 0.45)
        for lender in [Lender.opportunistic, .neutral, .riskAverse] {
            let expected = try lender.invest(in: loan, cap: nil)
            for candidate in [prospect, try loan.prospect] {
                let decision = try lender.invest(in: candidate, cap: nil)
                expectClose(decision.objective.gain, expected.objective.gain, relative: 1e-13)
                expectClose(decision.objective.loss, expected.objective.loss, relative: 1e-13)
                expectClose(
                    try #require(decision.amount), try #require(expected.amount), relative: 1e-12)
            }
            // V(xi) is the value of the prospect of xi units.
            expectClose(
                try lender.objective(for: prospect).value(of: 0.37),
                try lender.preference.value(of: prospect.scaled(by: 0.37)), relative: 1e-13)
        }
    }

    @Test func noDefaultIsWorthTheInterest() throws {
        for schedule in try [
            AmortisationSchedule.annuity(periods: 24, ratePerPeriod: 0.01),
            .equalPrincipal(periods: 24, ratePerPeriod: 0.01),
            .bullet(periods: 24, ratePerPeriod: 0.01),
        ] {
            // At the contract's own rate every schedule is worth what was lent.
            let fair = try schedule.prospect(
                defaultProbability: 0, lossGivenDefault: 0.5, discountRate: 0.01)
            #expect(fair.outcomes.count == 1)
            expectClose(fair.mean, 0, absolute: 1e-13)
            // A sure default comes in the first period.
            let lost = try schedule.prospect(defaultProbability: 1, lossGivenDefault: 0.45)
            #expect(lost.outcomes == [0.55 - 1])
        }
    }

    @Test func badInput() throws {
        expectError(.invalidParameter, "0 periods") { () throws(BehavioralError) in
            try AmortisationSchedule.annuity(periods: 0, ratePerPeriod: 0.01)
        }
        expectError(.invalidParameter, "rate per period -0.1") { () throws(BehavioralError) in
            try AmortisationSchedule.bullet(periods: 2, ratePerPeriod: -0.1)
        }
        expectError(.countMismatch, "1 payments and 2 balances") {
            () throws(BehavioralError) in
            try AmortisationSchedule(payments: [1], balances: [1, 0.5])
        }
        expectError(.invalidParameter, "balance of period 1, nan") {
            () throws(BehavioralError) in
            try AmortisationSchedule(payments: [1, 1], balances: [1, .nan])
        }
        let schedule = try AmortisationSchedule.bullet(periods: 2, ratePerPeriod: 0.1)
        expectError(.invalidProbabilitySum, "1.2") { () throws(BehavioralError) in
            try schedule.prospect(defaultProbabilities: [0.6, 0.6], lossGivenDefault: 0.5)
        }
        expectError(.countMismatch, "1 default probabilities and 2 periods") {
            () throws(BehavioralError) in
            try schedule.prospect(defaultProbabilities: [0.6], lossGivenDefault: 0.5)
        }
        expectError(.invalidParameter, "loss given default 1.5") { () throws(BehavioralError) in
            try schedule.prospect(defaultProbability: 0.6, lossGivenDefault: 1.5)
        }
        expectError(.invalidParameter, "recovery delay -1.0") { () throws(BehavioralError) in
            try schedule.prospect(
                defaultProbability: 0.6, lossGivenDefault: 0.5, recoveryDelay: -1)
        }
        expectError(.invalidProbability, "default probability 2.0") {
            () throws(BehavioralError) in
            try schedule.prospect(defaultProbability: 2, lossGivenDefault: 0.5)
        }
    }
}
