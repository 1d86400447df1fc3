// SPDX-License-Identifier: Apache-2.0

import Behavioral
import RealModule
import Testing
import _CreditTestSupport

@Suite struct AllocationTests {
    @Test func golden() throws {
        for row in try TheoryGolden.shared.get().allocations {
            let objectives = try row.gain.indices.map {
                try InvestmentObjective(
                    gain: row.gain[$0], loss: row.loss[$0], gainExponent: row.tau[$0],
                    lossExponent: row.chi[$0])
            }
            let allocation = try BudgetAllocator(
                budget: row.budget, loanLimit: row.loanLimit, groupLimits: row.groupLimits
            ).allocate(objectives, groups: row.groupLimits.isEmpty ? nil : row.groups)
            expectClose(allocation.value, row.value, relative: 1e-7)
            // SLSQP stops early, never above the optimum.
            #expect(allocation.value >= row.value - 1e-9)
            expectClose(allocation.amounts, row.amounts, absolute: 2e-3)
        }
    }

    /// The conditions of Karush, Kuhn and Tucker, which for concave
    /// values are those of the optimum.
    @Test(arguments: propertySeeds(25))
    func optimality(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        func random(_ range: ClosedRange<Double>) -> Double {
            .random(in: range, using: &generator)
        }
        let count = Int.random(in: 1...40, using: &generator)
        let objectives = try (0..<count).map { index in
            let tau = random(0.2...0.7)
            return try InvestmentObjective(
                gain: random(0...1), loss: index % 7 == 3 ? 0 : random(0...1), gainExponent: tau,
                lossExponent: index % 5 == 2 ? tau : tau + random(0.05...0.8))
        }
        let groups = (0..<count).map { _ in Int.random(in: 0...2, using: &generator) }
        let limits = [random(0...1), random(0.1...2), 100]
        let budget = random(0.1...4)
        let loanLimit = random(0.05...1)
        let allocation = try BudgetAllocator(
            budget: budget, loanLimit: loanLimit, groupLimits: limits
        ).allocate(objectives, groups: groups)
        #expect(allocation.total <= budget * (1 + 1e-9))
        let used = (0..<3).map { group in
            zip(allocation.amounts, groups).filter { $0.1 == group }.map(\.0).reduce(0, +)
        }
        #expect(zip(used, limits).allSatisfy { $0 <= $1 * (1 + 1e-9) + 1e-12 })
        // Prices are paid only for limits that bind.
        if allocation.budgetPrice > 0 {
            expectClose(allocation.total, budget, relative: 1e-8)
        }
        for group in 0..<3 where allocation.groupPrices[group] > 0 {
            expectClose(used[group], limits[group], relative: 1e-8, absolute: 1e-12)
        }
        var value = 0.0
        for (index, objective) in objectives.enumerated() {
            let amount = allocation.amounts[index]
            value += try objective.value(of: amount)
            #expect(amount >= 0 && amount <= min(loanLimit, budget) * (1 + 1e-12))
            let price = allocation.budgetPrice + allocation.groupPrices[groups[index]]
            guard amount > 1e-9 else { continue }
            let (tau, chi) = (objective.gainExponent, objective.lossExponent)
            let slope =
                tau * objective.gain * Double.pow(amount, tau - 1)
                - chi * objective.loss * Double.pow(amount, chi - 1)
            if amount < min(loanLimit, budget) * (1 - 1e-9) {
                expectClose(slope, price, relative: 1e-6, absolute: 1e-8, "loan \(index)")
            } else {
                #expect(slope >= price * (1 - 1e-6) - 1e-8, "loan \(index)")
            }
        }
        expectClose(allocation.value, value, relative: 1e-12)
        // No random shift between two loans of one group is better.
        for _ in 0..<20 where count > 1 {
            let (from, to) = (
                Int.random(in: 0..<count, using: &generator),
                Int.random(in: 0..<count, using: &generator)
            )
            guard from != to, groups[from] == groups[to] else { continue }
            let shift = min(
                random(0...0.1), allocation.amounts[from], loanLimit - allocation.amounts[to])
            guard shift > 0 else { continue }
            let before =
                try objectives[from].value(of: allocation.amounts[from])
                + objectives[to].value(of: allocation.amounts[to])
            let after =
                try objectives[from].value(of: allocation.amounts[from] - shift)
                + objectives[to].value(of: allocation.amounts[to] + shift)
            #expect(after <= before + 1e-9)
        }
    }

    @Test func withoutBindingLimitsEveryLoanGetsItsBest() throws {
        let loans = try [0.02, 0.05, 0.2].map {
            try LoanProspect(defaultProbability: $0, rate: 0.15, lossGivenDefault: 0.45)
        }
        let objectives = try loans.map { try Lender.neutral.objective(for: $0) }
        let allocation = try BudgetAllocator(budget: 1000).allocate(objectives)
        #expect(allocation.budgetPrice == 0)
        expectClose(
            allocation.amounts, try objectives.map { try #require($0.interiorOptimum) },
            relative: 1e-15)
        // Alike loans share a budget evenly.
        let even = try BudgetAllocator(budget: 0.3).allocate([objectives[0], objectives[0]])
        expectClose(even.amounts, [0.15, 0.15], relative: 1e-9)
    }

    @Test func badInput() throws {
        let good = try InvestmentObjective(omega: 1, gainExponent: 0.5, lossExponent: 0.9)
        let bad = try InvestmentObjective(omega: 1, gainExponent: 0.9, lossExponent: 0.5)
        let allocator = try BudgetAllocator()
        expectError(.notConcave, "loan 1 has tau 0.9 and chi 0.5") {
            () throws(BehavioralError) in
            try allocator.allocate([good, bad])
        }
        expectError(.empty, "no loans") { () throws(BehavioralError) in
            try allocator.allocate([])
        }
        expectError(.invalidParameter, "budget 0.0") { () throws(BehavioralError) in
            try BudgetAllocator(budget: 0)
        }
        expectError(.invalidParameter, "limit of group 1, nan") { () throws(BehavioralError) in
            try BudgetAllocator(groupLimits: [1, .nan])
        }
        let grouped = try BudgetAllocator(groupLimits: [1])
        expectError(.invalidParameter, "loan 1 is in group 3") { () throws(BehavioralError) in
            try grouped.allocate([good, good], groups: [0, 3])
        }
        expectError(.countMismatch, "1 groups and 2 loans") { () throws(BehavioralError) in
            try grouped.allocate([good, good], groups: [0])
        }
        expectError(.countMismatch, "1 group limits and no groups") {
            () throws(BehavioralError) in
            try grouped.allocate([good])
        }
    }
}
