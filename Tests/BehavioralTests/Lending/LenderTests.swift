// SPDX-License-Identifier: Apache-2.0

import Behavioral
import Foundation
import Testing
import _CreditTestSupport

@Suite struct LenderTests {
    @Test func goldenPresets() throws {
        let presets = [
            "opportunistic": Lender.opportunistic, "neutral": .neutral, "riskAverse": .riskAverse,
        ]
        let loans = try BehavioralGolden.load().loans
        #expect(loans.count == 60)
        for row in loans {
            let lender = try #require(presets[row.lender])
            let loan = try LoanProspect(
                defaultProbability: row.defaultProbability, rate: row.rate,
                lossGivenDefault: row.lossGivenDefault)
            let decision = try lender.invest(in: loan, cap: nil)
            expectClose(decision.objective.gain, row.gain, relative: 1e-12)
            expectClose(decision.objective.loss, row.loss, relative: 1e-12)
            expectClose(decision.omega, row.omega, relative: 1e-12)
            expectClose(try #require(decision.amount), row.amount, relative: 1e-12)
            expectClose(decision.value, row.value, relative: 1e-12)
        }
    }

    @Test(arguments: propertySeeds(50))
    func presetsAreOrdered(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        for _ in 0..<40 {
            let lossGivenDefault = Double.random(in: 0.001...1, using: &generator)
            let loan = try LoanProspect(
                defaultProbability: .random(in: 0.0001...0.9999, using: &generator),
                rate: lossGivenDefault / 5000 + .random(in: 0...0.5, using: &generator),
                lossGivenDefault: lossGivenDefault)
            let amounts = try [Lender.opportunistic, .neutral, .riskAverse].map { lender in
                try #require(try lender.invest(in: loan, cap: nil).amount)
            }
            #expect(amounts[0] > amounts[1] && amounts[1] > amounts[2], "\(loan) \(amounts)")
        }
    }

    @Test(arguments: [Lender.opportunistic, .neutral, .riskAverse])
    func betterLoansGetMore(lender: Lender) throws {
        #expect(lender.gainExponent < lender.lossExponent)
        func amount(_ probability: Double, _ rate: Double, _ loss: Double) throws -> Double {
            let loan = try LoanProspect(
                defaultProbability: probability, rate: rate, lossGivenDefault: loss)
            return try #require(try lender.invest(in: loan, cap: nil).amount)
        }
        let base = try amount(0.1, 0.1, 0.5)
        #expect(try amount(0.05, 0.1, 0.5) > base)
        #expect(try amount(0.1, 0.2, 0.5) > base)
        #expect(try amount(0.1, 0.1, 0.3) > base)
    }

    @Test func certainties() throws {
        func invest(_ probability: Double, _ rate: Double, _ loss: Double, cap: Double? = 1) throws
            -> InvestmentDecision.Verdict
        {
            let loan = try LoanProspect(
                defaultProbability: probability, rate: rate, lossGivenDefault: loss)
            return try Lender.neutral.invest(in: loan, cap: cap).verdict
        }
        #expect(try invest(0, 0.1, 0.5) == .capped(1))
        #expect(try invest(0, 0.1, 0.5, cap: nil) == .unbounded)
        #expect(try invest(0.5, 0.1, 0, cap: 3) == .capped(3))
        #expect(try invest(1, 0.1, 0.5) == .nothing)
        #expect(try invest(0.2, 0, 0.5) == .nothing)
        #expect(try invest(0, 0, 0) == .nothing)
    }

    @Test func badInput() {
        for bad in [Double.nan, -0.1, 1.1] {
            expectError(.invalidProbability, "default probability \(bad)") {
                () throws(BehavioralError) in
                try LoanProspect(defaultProbability: bad, rate: 0.1, lossGivenDefault: 0.5)
            }
            expectError(.invalidParameter, "loss given default \(bad)") {
                () throws(BehavioralError) in
                try LoanProspect(defaultProbability: 0.1, rate: 0.1, lossGivenDefault: bad)
            }
        }
        for bad in [Double.nan, -0.1, .infinity] {
            expectError(.invalidParameter, "rate \(bad)") { () throws(BehavioralError) in
                try LoanProspect(defaultProbability: 0.1, rate: bad, lossGivenDefault: 0.5)
            }
        }
        for bad in [Double.nan, 0, -1, .infinity] {
            expectError(.invalidParameter, "gain exponent \(bad)") {
                () throws(BehavioralError) in
                try Lender(gainExponent: bad, lossExponent: 0.9, lossAversion: 2)
            }
            expectError(.invalidParameter, "loss exponent \(bad)") {
                () throws(BehavioralError) in
                try Lender(gainExponent: 0.5, lossExponent: bad, lossAversion: 2)
            }
            expectError(.invalidParameter, "loss aversion \(bad)") {
                () throws(BehavioralError) in
                try Lender(gainExponent: 0.5, lossExponent: 0.9, lossAversion: bad)
            }
        }
        // A rate whose power no double holds.
        expectError(.invalidParameter, "gain inf") { () throws(BehavioralError) in
            let lender = try Lender(gainExponent: 3, lossExponent: 4, lossAversion: 2)
            let loan = try LoanProspect(
                defaultProbability: 0.1, rate: 1e200, lossGivenDefault: 0.5)
            return try lender.invest(in: loan)
        }
    }

    @Test func codable() throws {
        let data = try JSONEncoder().encode(Lender.riskAverse)
        #expect(try JSONDecoder().decode(Lender.self, from: data) == .riskAverse)
        let broken = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: "\"lossAversion\":3.5", with: "\"lossAversion\":-3.5")
        #expect(broken.contains("-3.5"))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Lender.self, from: Data(broken.utf8))
        }
        let loan = try LoanProspect(defaultProbability: 0.1, rate: 0.2, lossGivenDefault: 0.3)
        let loanData = try JSONEncoder().encode(loan)
        #expect(try JSONDecoder().decode(LoanProspect.self, from: loanData) == loan)
        let wrong = #"{"defaultProbability":1.5,"rate":0.1,"lossGivenDefault":0.5}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LoanProspect.self, from: Data(wrong.utf8))
        }
    }
}
