// SPDX-License-Identifier: Apache-2.0

/// Where a borrower stands at an action: the nine features of a behaviour scorecard.
///
/// Source: F. Li and L. Wang, "Application of Deep Learning Method in Financial Technology",
/// II (1) (b), which names them for CARD B.
public struct InLoanItem: Sendable, Hashable {
    /// The day of the action, or the as-of date.
    public let date: CalendarDate
    /// All that was paid out to the borrower so far.
    public let totalAmount: Double
    /// What was paid out less the principal that was paid back, at least 0.
    public let remainingPrincipal: Double
    /// The kind of this action, of the last one at an as-of date; `nil` before the first.
    public let action: String?
    /// The amount of this action; 0 before the first.
    public let actionAmount: Double
    /// The days to the next date on which something unpaid falls due; `nil` if nothing does.
    ///
    /// 0 on the due date itself.
    public let daysToNextRepayment: Int?
    /// What is unpaid of the instalments of the next repayment date; 0 if there is none.
    public let amountDueNext: Double
    /// The mean unpaid amount of the repayment dates that remain behind the next one; 0 if there
    /// are none.
    ///
    /// The paper's "amount payable on a remaining day".
    public let amountPerRemainingDay: Double
    /// How many instalments have been paid in full before their due date.
    public let earlyRepaymentCount: Int
    /// How many instalments were not paid in full at the end of their due date.
    public let overdueCount: Int
}

/// How the actions of borrowers become ``InLoanItem``s.
///
/// Repayments go to the instalments agreed by then, oldest due date first; what is left over goes
/// to instalments agreed later.
public struct InLoanItems: Sendable, Hashable, Codable {
    /// The kinds of actions that pay out a loan.
    public var drawdownKinds: [String]
    /// The kinds of actions that pay back.
    public var repaymentKinds: [String]
    /// The kinds of actions that move no principal, such as a change of the limit.
    public var otherKinds: [String]
    /// The attribute with an action's amount.
    public var amount: String
    /// The attribute with the principal in a repayment; `nil` if repayments are all principal.
    public var principal: String?
    /// The unpaid rest of an instalment that is forgiven, against rounding of cents.
    public var tolerance: Double

    /// Items of actions of these kinds.
    public init(
        drawdownKinds: [String], repaymentKinds: [String], otherKinds: [String] = [],
        amount: String, principal: String? = nil, tolerance: Double = 0.005
    ) {
        self.drawdownKinds = drawdownKinds
        self.repaymentKinds = repaymentKinds
        self.otherKinds = otherKinds
        self.amount = amount
        self.principal = principal
        self.tolerance = tolerance
    }

    /// The kinds of actions in the order drawdowns, repayments, others.
    public var kinds: [String] { drawdownKinds + repaymentKinds + otherKinds }

    /// The names of the numbers of a step.
    public var names: [String] {
        [
            "days before as-of", "days since previous", "total amount", "remaining principal",
        ] + kinds.map { "action=\($0)" } + [
            "action amount", "days to next repayment", "amount due next",
            "amount per remaining day", "early repayments", "overdue",
        ]
    }
}

extension InLoanItems {
    func validate() throws(FeatureError) {
        guard Set(kinds).count == kinds.count, !kinds.isEmpty else {
            throw FeatureError(
                .invalidParameter, "actions \(kinds) must be kinds that occur once")
        }
        guard tolerance >= 0, tolerance.isFinite else {
            throw FeatureError(.invalidParameter, "tolerance is \(tolerance)")
        }
    }
}

extension EventHistory {
    /// Where the borrower stood after each action of this history, oldest first.
    ///
    /// - Throws: ``FeatureError``: `invalidParameter` for a recipe that contradicts itself;
    ///   `unknownLevel`, `unknownColumn` or `wrongKind`; `missingValue` or `outOfRange` with the
    ///   row of the log's table for an amount that is missing or negative.
    /// - Complexity: O(actions x instalments of the account).
    public func inLoanItems(
        _ recipe: InLoanItems, schedule: RepaymentSchedule
    ) throws(FeatureError) -> [InLoanItem] {
        try ActionScan(recipe, storage).items(self, schedule.instalments(of: account)).items
    }
}

extension EventHistories {
    /// Where each borrower stands at the as-of date, nine columns.
    ///
    /// `last action` is categorical and missing before the first action; `days to next repayment`
    /// is missing if nothing falls due.
    ///
    /// - Throws: As ``EventHistory/inLoanItems(_:schedule:)``.
    public func inLoanFeatures(
        _ recipe: InLoanItems, schedule: RepaymentSchedule
    ) throws(FeatureError) -> Table {
        let scan = try ActionScan(recipe, storage)
        let states = try map { (history) throws(FeatureError) in
            try scan.items(history, schedule.instalments(of: history.account)).state
        }
        func numeric(_ name: String, _ value: (InLoanItem) -> Double) -> Column {
            Column(name: name, storage: .numeric(states.map(value)))
        }
        return try Table([
            numeric("total amount") { $0.totalAmount },
            numeric("remaining principal") { $0.remainingPrincipal },
            .categorical("last action", states.map(\.action), levels: recipe.kinds),
            numeric("last action amount") { $0.actionAmount },
            numeric("days to next repayment") { $0.daysToNextRepayment.map(Double.init) ?? .nan },
            numeric("amount due next") { $0.amountDueNext },
            numeric("amount per remaining day") { $0.amountPerRemainingDay },
            numeric("early repayments") { Double($0.earlyRepaymentCount) },
            numeric("overdue") { Double($0.overdueCount) },
        ])
    }

    /// The actions of every row as a sequence of items, oldest first, for a recurrent network.
    ///
    /// A step has the days before the as-of date, the days since the action before (0 for the
    /// first), and the nine features, the action as 1 among 0. Where nothing falls due, the days to
    /// the next repayment are 0, as is the amount due.
    ///
    /// - Parameter maximumLength: The most steps, of which the newest are kept; `nil` for all.
    /// - Throws: As ``EventHistory/inLoanItems(_:schedule:)``.
    public func inLoanSequences(
        _ recipe: InLoanItems, schedule: RepaymentSchedule, maximumLength: Int? = nil
    ) throws(FeatureError) -> SequenceBatch {
        guard maximumLength ?? 1 >= 1 else {
            throw FeatureError(.invalidParameter, "a sequence needs at least one step")
        }
        let scan = try ActionScan(recipe, storage)
        let kinds = recipe.kinds
        var elements: [Double] = []
        var offsets = [0]
        for history in self {
            let items = try scan.items(history, schedule.instalments(of: history.account)).items
            let kept = items.suffix(maximumLength ?? items.count)
            for (index, item) in zip(kept.indices, kept) {
                let previous = index == 0 ? item.date : items[index - 1].date
                elements += [
                    Double(item.date.days(until: history.asOf)),
                    Double(previous.days(until: item.date)), item.totalAmount,
                    item.remainingPrincipal,
                ]
                elements += kinds.map { $0 == item.action ? 1 : 0 }
                elements += [
                    item.actionAmount, Double(item.daysToNextRepayment ?? 0), item.amountDueNext,
                    item.amountPerRemainingDay, Double(item.earlyRepaymentCount),
                    Double(item.overdueCount),
                ]
            }
            offsets.append(offsets[offsets.count - 1] + kept.count)
        }
        return try SequenceBatch(elements: elements, offsets: offsets, names: recipe.names)
    }
}
