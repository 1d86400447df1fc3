// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct InvestmentTests {
    /// A random objective with tau < chi and an optimum between 1e-6 and 1e6.
    static func objective(seed: UInt64) throws -> InvestmentObjective {
        var generator = TestGenerator(seed: seed)
        while true {
            let tau = Double.random(in: 0.05...1.2, using: &generator)
            let objective = try InvestmentObjective(
                gain: Double.random(in: 0.01...3, using: &generator),
                loss: Double.random(in: 0.01...3, using: &generator), gainExponent: tau,
                lossExponent: tau + Double.random(in: 0.05...0.9, using: &generator))
            if let xi = objective.interiorOptimum, xi > 1e-6, xi < 1e6 { return objective }
        }
    }

    @Test func paperText() throws {
        // Section VI: chi 0.9, tau 0.5; to the digits printed.
        for (omega, printed, digits) in [(0.2, 0.0041, 4), (0.7, 0.094, 3), (1.0, 0.23, 2)] {
            let objective = try InvestmentObjective(
                omega: omega, gainExponent: 0.5, lossExponent: 0.9)
            let xi = try #require(objective.interiorOptimum)
            let scale = Double.pow(10, digits)
            #expect((xi * scale).rounded() == (printed * scale).rounded())
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func closedForm() throws {
        let optima = try ProspectTheoryGolden.load().xi
        #expect(optima.count == 24)
        for optimum in optima {
            let objective = try InvestmentObjective(
                omega: optimum.omega, gainExponent: optimum.tau, lossExponent: optimum.chi)
            expectClose(
                try #require(objective.interiorOptimum), try #require(Double(optimum.xi)),
                relative: 1e-12, "\(optimum)")
        }
    }

    @Test(.enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func loanExamples() throws {
        for example in try LoanExample.load() {
            let lender = try Lender(
                gainExponent: example.tau, lossExponent: example.chi, lossAversion: example.lam)
            let loan = try LoanProspect(
                defaultProbability: example.PD, rate: example.r, lossGivenDefault: example.LGD)
            let decision = try lender.invest(in: loan, cap: nil)
            expectClose(decision.objective.gain, example.G, relative: 1e-12)
            expectClose(decision.objective.loss, example.L, relative: 1e-12)
            expectClose(decision.omega, example.Omega, relative: 1e-12)
            expectClose(decision.value, example.V, relative: 1e-12)
            let amount = try #require(decision.amount)
            #expect(decision.verdict == .interior(amount))
            expectClose(amount, example.xi, relative: 1e-12)
            expectClose(amount, example.xi_bruteforce, relative: 1e-6)
            #expect(
                try lender.invest(in: loan).verdict
                    == (example.xi > 1 ? .capped(1) : .interior(amount)))
        }
    }

    @Test(arguments: propertySeeds(50))
    func risesToTheOptimumAndFallsAfterIt(seed: UInt64) throws {
        let objective = try Self.objective(seed: seed)
        let xi = try #require(objective.interiorOptimum)
        // Log-spaced amounts, 1e-4 to 1e4 times the optimum.
        let factors = (0...800).map { Double.pow(10, Double($0) / 100 - 4) }
        let values = try factors.map { try objective.value(of: xi * $0) }
        for step in 1..<401 { #expect(values[step] > values[step - 1], "rising at \(step)") }
        for step in 401...800 { #expect(values[step] < values[step - 1], "falling at \(step)") }
        #expect(try objective.value(of: xi) > 0)
    }

    @Test(arguments: propertySeeds(50))
    func closedFormIsTheNumericMaximum(seed: UInt64) throws {
        let objective = try Self.objective(seed: seed)
        // Golden section on log(amount), without any knowledge of the formula.
        func value(_ logAmount: Double) -> Double {
            (try? objective.value(of: Double.exp(logAmount))) ?? .nan
        }
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (-20.0, 20.0)
        for _ in 0..<80 {
            let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
            if value(left) < value(right) { low = left } else { high = right }
        }
        expectClose(
            try #require(objective.interiorOptimum), Double.exp((low + high) / 2),
            relative: 2e-6)
    }

    @Test(arguments: propertySeeds(50))
    func capIsOptimal(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        // Any exponents: below, equal and above.
        let tau = Double.random(in: 0.1...1.5, using: &generator)
        let chi = Bool.random(using: &generator) ? tau : .random(in: 0.1...1.5, using: &generator)
        let objective = try InvestmentObjective(
            gain: .random(in: 0...2, using: &generator),
            loss: .random(in: 0...2, using: &generator), gainExponent: tau, lossExponent: chi)
        let cap = Double.random(in: 0.01...5, using: &generator)
        let decision = try objective.decision(cap: cap)
        let amount = try #require(decision.amount)
        #expect(amount >= 0 && amount <= cap)
        for step in 0...2000 {
            let other = try objective.value(of: cap * Double(step) / 2000)
            #expect(other <= decision.value + 1e-12, "\(step) of 2000, \(decision)")
        }
    }

    @Test func threeCases() throws {
        func verdict(
            _ omega: Double, _ tau: Double, _ chi: Double, cap: Double?
        ) throws -> InvestmentDecision.Verdict {
            try InvestmentObjective(omega: omega, gainExponent: tau, lossExponent: chi)
                .decision(cap: cap).verdict
        }
        // tau < chi
        #expect(try verdict(1.8, 0.5, 1, cap: nil) == .interior(Double.pow(0.9, 2)))
        #expect(try verdict(4, 0.5, 1, cap: nil) == .interior(4))
        #expect(try verdict(4, 0.5, 1, cap: 1) == .capped(1))
        #expect(try verdict(4, 0.5, 1, cap: 4) == .interior(4))
        #expect(try verdict(4, 0.5, 1, cap: 0) == .nothing)
        // Optima beyond the range of doubles.
        #expect(try verdict(0.2, 0.8999, 0.9, cap: 1) == .nothing)
        #expect(try verdict(5, 0.8999, 0.9, cap: 1) == .capped(1))
        #expect(try verdict(5, 0.8999, 0.9, cap: nil) == .unbounded)
        // tau = chi
        for cap in [nil, 1.0] {
            #expect(try verdict(0.99, 0.88, 0.88, cap: cap) == .nothing)
            #expect(try verdict(1, 0.88, 0.88, cap: cap) == .nothing)
        }
        #expect(try verdict(1.01, 0.88, 0.88, cap: nil) == .unbounded)
        #expect(try verdict(1.01, 0.88, 0.88, cap: 2) == .capped(2))
        // tau > chi: V(xi) = 0.5 xi - xi^0.5 is worth something from 4 on.
        #expect(try verdict(0.5, 1, 0.5, cap: nil) == .unbounded)
        #expect(try verdict(0.5, 1, 0.5, cap: 4) == .nothing)
        #expect(try verdict(0.5, 1, 0.5, cap: 9) == .capped(9))
    }

    @Test func decisionProperties() throws {
        let objective = try InvestmentObjective(
            gain: 4, loss: 2, gainExponent: 0.5, lossExponent: 1)
        let interior = try objective.decision(cap: nil)
        #expect(interior.omega == 2)
        #expect(interior.amount == 1)
        #expect(interior.value == 2)
        #expect(try objective.decision(cap: 0.25).value == 1.5)
        #expect(try objective.decision(cap: 0).value == 0)
        let endless = try InvestmentObjective(
            gain: 1, loss: 0, gainExponent: 0.5, lossExponent: 0.9)
        #expect(endless.omega == .infinity)
        #expect(try endless.decision(cap: nil).verdict == .unbounded)
        #expect(try endless.decision(cap: nil).amount == nil)
        #expect(try endless.decision(cap: nil).value == .infinity)
        #expect(try endless.decision(cap: 4).value == 2)
        #expect(try endless.value(of: 1e300) == 1e150)
        let hopeless = try InvestmentObjective(
            gain: 0, loss: 0, gainExponent: 0.5, lossExponent: 0.9)
        #expect(hopeless.omega == 0)
        #expect(try hopeless.decision(cap: nil).verdict == .nothing)
        #expect(try hopeless.value(of: 1e300) == 0)
        let steep = try InvestmentObjective(
            gain: 1, loss: 1, gainExponent: 3, lossExponent: 2)
        #expect(try steep.value(of: 1e-300) == 0)
        #expect(try steep.value(of: 1e300) == .infinity)
    }

    @Test func badInput() throws {
        for bad in [Double.nan, .infinity, -1] {
            expectError(.invalidParameter, "gain \(bad)") { () throws(BehavioralError) in
                try InvestmentObjective(gain: bad, loss: 1, gainExponent: 0.5, lossExponent: 0.9)
            }
            expectError(.invalidParameter, "loss \(bad)") { () throws(BehavioralError) in
                try InvestmentObjective(gain: 1, loss: bad, gainExponent: 0.5, lossExponent: 0.9)
            }
            expectError(.invalidParameter, "omega \(bad)") { () throws(BehavioralError) in
                try InvestmentObjective(omega: bad, gainExponent: 0.5, lossExponent: 0.9)
            }
            expectError(.invalidParameter, "gain exponent \(bad)") {
                () throws(BehavioralError) in
                try InvestmentObjective(omega: 1, gainExponent: bad, lossExponent: 0.9)
            }
            expectError(.invalidParameter, "loss exponent \(bad)") {
                () throws(BehavioralError) in
                try InvestmentObjective(omega: 1, gainExponent: 0.5, lossExponent: bad)
            }
            let objective = try InvestmentObjective(
                omega: 1, gainExponent: 0.5, lossExponent: 0.9)
            expectError(.invalidParameter, "cap \(bad)") { () throws(BehavioralError) in
                try objective.decision(cap: bad)
            }
            expectError(.invalidParameter, "amount \(bad)") { () throws(BehavioralError) in
                try objective.value(of: bad)
            }
        }
    }
}
