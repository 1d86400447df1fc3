// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct SensitivityTests {
    @Test func golden() throws {
        for row in try TheoryGolden.shared.get().sensitivities {
            let lender = try Lender(
                gainExponent: row.tau, lossExponent: row.chi, lossAversion: row.lambda)
            let loan = try LoanProspect(
                defaultProbability: row.defaultProbability, rate: row.rate,
                lossGivenDefault: row.lossGivenDefault)
            let sensitivity = try #require(try lender.sensitivity(for: loan))
            expectClose(
                [
                    sensitivity.amount, sensitivity.defaultProbability, sensitivity.rate,
                    sensitivity.lossGivenDefault, sensitivity.gainExponent,
                    sensitivity.lossExponent, sensitivity.lossAversion,
                ],
                [
                    row.amount, row.dDefaultProbability, row.dRate, row.dLossGivenDefault,
                    row.dTau, row.dChi, row.dLambda,
                ], relative: 1e-11)
            expectClose(sensitivity.omega, 1 / (row.chi - row.tau), relative: 1e-15)
        }
    }

    @Test func nilWithoutASmoothOptimum() throws {
        let sure = try LoanProspect(defaultProbability: 0, rate: 0.1, lossGivenDefault: 0.5)
        #expect(try Lender.neutral.sensitivity(for: sure) == nil)
        let flat = try Lender(gainExponent: 0.8, lossExponent: 0.8, lossAversion: 2)
        let loan = try LoanProspect(defaultProbability: 0.1, rate: 0.1, lossGivenDefault: 0.5)
        #expect(try flat.sensitivity(for: loan) == nil)
    }
}
