// SPDX-License-Identifier: Apache-2.0

import RealModule

/// How a budget is spread over many borrowers, and what one more unit of it would be worth.
public struct BudgetAllocation: Hashable, Sendable {
    /// The amount for each borrower, at least 0, in the order of the objectives.
    public let amounts: [Double]

    /// The sum of the values of all amounts.
    public let value: Double

    /// The value of one more unit of budget; 0 where the budget is not used up.
    public let budgetPrice: Double

    /// The value of one more unit of each group's limit, beyond that of the budget; 0 where the
    /// limit is not reached.
    public let groupPrices: [Double]

    /// The sum of the amounts.
    public var total: Double { amounts.reduce(0, +) }
}

/// Spreads a budget over many borrowers, with limits per loan and per group.
///
/// Maximises `sum_i V_i(xi_i)` for objectives `V_i(xi) = G_i xi^tau - L_i xi^chi` under
/// `sum_i xi_i <= budget`, `xi_i <= loanLimit` and, for each group g,
/// `sum over g <= groupLimits[g]`. Each loan is valued by itself, as a mental account of its own:
/// gains of one do not make up for losses of another. On `0...xi*` each V is strictly concave for
/// tau < 1, so one price per limit decides: every loan gets the amount at which one more unit is
/// worth the price. The result is the global optimum, to about 1e-10.
///
/// ```swift
/// let lender = Lender.neutral
/// let allocator = try BudgetAllocator(budget: 1, loanLimit: 0.1, groupLimits: [0.5, 0.6])
/// let allocation = try allocator.allocate(loans.map(lender.objective), groups: sectors)
/// ```
public struct BudgetAllocator: Hashable, Sendable {
    /// The budget, positive; amounts are in its unit.
    public let budget: Double

    /// The most that one loan may get; nil for no limit.
    public let loanLimit: Double?

    /// The most that each group may get; empty for no groups.
    public let groupLimits: [Double]

    /// Describes the limits.
    ///
    /// - Throws: ``BehavioralError`` for a budget that is not positive and finite, and for a limit
    ///   that is negative or not finite.
    public init(
        budget: Double = 1, loanLimit: Double? = nil, groupLimits: [Double] = []
    ) throws(BehavioralError) {
        try Validation.positive("budget", budget)
        if let loanLimit { try Validation.notNegative("loan limit", loanLimit) }
        for (group, limit) in groupLimits.enumerated() {
            try Validation.notNegative("limit of group \(group),", limit)
        }
        self.budget = budget
        self.loanLimit = loanLimit
        self.groupLimits = groupLimits
    }

    /// The best amount for each borrower.
    ///
    /// - Parameters:
    ///   - objectives: What each loan is worth, as ``Lender/objective(for:)-(LoanProspect)`` gives;
    ///     lenders may differ from loan to loan.
    ///   - groups: The group of each loan, such as its sector or region; nil without groups.
    /// - Throws: ``BehavioralError``: `empty`, `countMismatch`, `invalidParameter` for a group
    ///   without a limit, `notConcave` for a loan whose tau is not below 1 or is above its chi,
    ///   each with its position.
    /// - Complexity: O(n) per step of some hundred bisections, for n loans.
    public func allocate(
        _ objectives: [InvestmentObjective], groups: [Int]? = nil
    ) throws(BehavioralError) -> BudgetAllocation {
        guard !objectives.isEmpty else { throw BehavioralError(.empty, "no loans") }
        for (index, objective) in objectives.enumerated() {
            let (tau, chi) = (objective.gainExponent, objective.lossExponent)
            guard tau < 1, tau <= chi else {
                throw BehavioralError(
                    .notConcave,
                    "loan \(index) has tau \(tau) and chi \(chi); tau must be below 1 and not "
                        + "above chi")
            }
        }
        if let groups {
            try Validation.count("groups", groups.count, "loans", objectives.count)
            for (index, group) in groups.enumerated() where !groupLimits.indices.contains(group) {
                throw BehavioralError(
                    .invalidParameter,
                    "loan \(index) is in group \(group) of \(groupLimits.count) with a limit")
            }
        } else if !groupLimits.isEmpty {
            throw BehavioralError(
                .countMismatch, "\(groupLimits.count) group limits and no groups")
        }
        let limit = min(loanLimit ?? budget, budget)
        let loans = objectives.map { MarginalValue($0, limit: limit) }
        let groups = groups ?? Array(repeating: 0, count: loans.count)
        let limits = groupLimits.isEmpty ? [Double.infinity] : groupLimits
        var members = Array(repeating: [MarginalValue](), count: limits.count)
        for (loan, group) in zip(loans, groups) { members[group].append(loan) }
        // A group's own price does not depend on the budget's: the higher of the two rules.
        let floors = zip(members, limits).map { Self.price(of: $0, limit: $1) }
        let price = Self.price(
            of: zip(loans, groups).map { $0.withFloor(floors[$1]) }, limit: budget)
        let amounts = zip(loans, groups).map { $0.amount(atPrice: max(price, floors[$1])) }
        var value = CompensatedSum()
        for (objective, amount) in zip(objectives, amounts) {
            value.add(objective.uncheckedValue(of: amount))
        }
        return BudgetAllocation(
            amounts: amounts, value: value.value, budgetPrice: price,
            groupPrices: groupLimits.isEmpty ? [] : floors.map { max($0 - price, 0) })
    }

    /// The lowest price at which loans take no more than `limit` together.
    private static func price(of loans: [MarginalValue], limit: Double) -> Double {
        func total(_ price: Double) -> Double {
            loans.reduce(0) { $0 + $1.amount(atPrice: price) }
        }
        if total(0) <= limit { return 0 }
        // On the scale of logarithms: amounts are powers of prices.
        var (low, high) = (-700.0, 700.0)
        while high - low > 1e-13 * max(1, abs(low)) {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if total(Double.exp(middle)) > limit { low = middle } else { high = middle }
        }
        return Double.exp(high)
    }
}

/// The slope `V'(xi) = tau G xi^(tau - 1) - chi L xi^(chi - 1)` of one loan, and its inverse.
private struct MarginalValue {
    let objective: InvestmentObjective
    /// The best amount when one more unit costs nothing.
    let largest: Double
    var floor = 0.0

    init(_ objective: InvestmentObjective, limit: Double) {
        self.objective = objective
        switch objective.verdict(cap: limit) {
        case .interior(let amount), .capped(let amount): largest = amount
        case .nothing, .unbounded: largest = 0
        }
    }

    func withFloor(_ price: Double) -> MarginalValue {
        var copy = self
        copy.floor = price
        return copy
    }

    /// The amount at which one more unit is worth the price, or all that is allowed.
    func amount(atPrice price: Double) -> Double {
        let price = max(price, floor)
        guard price > 0, largest > 0 else { return largest }
        let (tau, chi) = (objective.gainExponent, objective.lossExponent)
        let gain = Double.log(tau * objective.gain) - Double.log(price)
        let ratio = chi * objective.loss / (tau * objective.gain)
        // log of V' / price at xi = exp(s): concave and falling in s up to xi*.
        func excess(_ s: Double) -> Double {
            let loss = objective.loss == 0 ? 0 : ratio * Double.exp((chi - tau) * s)
            return gain + (tau - 1) * s + Double.log(onePlus: -min(loss, 1))
        }
        var high = Double.log(largest)
        if excess(high) >= 0 { return largest }
        // Without the losses the amount would be larger, so this is a bound as well.
        high = min(high, gain / (1 - tau))
        if objective.loss == 0 { return Double.exp(high) }
        var low = high - 1
        while excess(low) < 0 { low -= high - low }
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high, high - low > 1e-15 * max(1, abs(high)) else {
                return Double.exp(middle)
            }
            if excess(middle) >= 0 { low = middle } else { high = middle }
        }
    }
}
