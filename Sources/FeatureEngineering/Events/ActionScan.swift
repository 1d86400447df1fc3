// SPDX-License-Identifier: Apache-2.0

/// A recipe of in-loan items made ready for one log.
struct ActionScan {
    private let storage: EventLog.Storage
    private let isDrawdown: [Bool]
    private let isRepayment: [Bool]
    private let isOther: [Bool]
    private let amountColumn: Column
    private let amounts: [Double]
    private let principalColumn: Column
    private let principals: [Double]
    private let tolerance: Double

    init(_ recipe: InLoanItems, _ storage: EventLog.Storage) throws(FeatureError) {
        try recipe.validate()
        self.storage = storage
        isDrawdown = try storage.isTaken(recipe.drawdownKinds) ?? []
        isRepayment = try storage.isTaken(recipe.repaymentKinds) ?? []
        isOther = try storage.isTaken(recipe.otherKinds) ?? []
        amountColumn = try storage.attributes[column: recipe.amount]
        principalColumn = try storage.attributes[column: recipe.principal ?? recipe.amount]
        for column in [amountColumn, principalColumn] where column.kind != .numeric {
            throw .wrongKind(column, needed: "numeric")
        }
        amounts = amountColumn.numbers ?? []
        principals = principalColumn.numbers ?? []
        tolerance = recipe.tolerance
    }

    /// The items of a history's actions, and where the borrower stands at its as-of date.
    func items(
        _ history: EventHistory, _ instalments: [RepaymentSchedule.Instalment]
    ) throws(FeatureError) -> (items: [InLoanItem], state: InLoanItem) {
        var book = LoanBook(instalments, tolerance: tolerance)
        var items: [InLoanItem] = []
        for position in history.range {
            let kind = Int(storage.kinds[position])
            guard isDrawdown[kind] || isRepayment[kind] || isOther[kind] else { continue }
            let day = storage.days[position]
            // An action that moves no money needs no amount.
            let amount =
                isOther[kind] && amounts[position].isNaN
                ? 0 : try required(amounts, amountColumn, position)
            book.advance(to: day, agreedThrough: day)
            if isDrawdown[kind] { book.drawn += amount }
            if isRepayment[kind] {
                book.pay(amount, on: day)
                book.principalPaid += try required(principals, principalColumn, position)
            }
            guard book.isFinite else {
                throw FeatureError(
                    .outOfRange, "the sum of the amounts is too large",
                    row: storage.rows[position], column: amountColumn.name)
            }
            items.append(
                book.item(day: day, from: day, action: storage.kindNames[kind], amount: amount))
        }
        book.advance(to: history.endDay, agreedThrough: history.endDay - 1)
        let state = book.item(
            day: history.asOf.daysSince1970, from: history.endDay, action: items.last?.action,
            amount: items.last?.actionAmount ?? 0)
        return (items, state)
    }

    private func required(
        _ values: [Double], _ column: Column, _ position: Int
    ) throws(FeatureError) -> Double {
        guard values[position] >= 0 else {
            throw column.amountError(values[position], row: storage.rows[position])
        }
        return values[position]
    }
}

/// The instalments of one account while its actions go by.
private struct LoanBook {
    struct Open {
        let due: Int32
        let agreed: Int32
        var unpaid: Double
        var isKnown = false
        var isOverdue = false
    }

    var drawn = 0.0
    var principalPaid = 0.0
    private var open: [Open]
    private var credit = 0.0
    private var earlyCount = 0
    private var overdueCount = 0
    private let tolerance: Double

    init(_ instalments: [RepaymentSchedule.Instalment], tolerance: Double) {
        self.tolerance = tolerance
        open = instalments.map { Open(due: $0.due, agreed: $0.agreed, unpaid: $0.amount) }
    }

    var isFinite: Bool { drawn.isFinite && principalPaid.isFinite && credit.isFinite }

    /// Takes in what was agreed, and counts what fell due before `day` and was not paid.
    mutating func advance(to day: Int32, agreedThrough lastAgreed: Int32) {
        for index in open.indices where !open[index].isKnown && open[index].agreed <= lastAgreed {
            open[index].isKnown = true
            if credit > 0 { pay(0, on: open[index].agreed) }
        }
        for index in open.indices
        where open[index].isKnown && !open[index].isOverdue && open[index].due < day
            && open[index].unpaid > 0
        {
            open[index].isOverdue = true
            overdueCount += 1
        }
    }

    mutating func pay(_ amount: Double, on day: Int32) {
        credit += amount
        for index in open.indices where open[index].isKnown && open[index].unpaid > 0 {
            let part = min(credit, open[index].unpaid)
            credit -= part
            open[index].unpaid -= part
            if open[index].unpaid <= tolerance {
                open[index].unpaid = 0
                if day < open[index].due { earlyCount += 1 }
            }
            if credit <= 0 { break }
        }
    }

    /// The state on `day`, when the next due date is the first from `firstDue` on.
    func item(day: Int32, from firstDue: Int32, action: String?, amount: Double) -> InLoanItem {
        let coming = open.filter { $0.isKnown && $0.unpaid > 0 && $0.due >= firstDue }
        let next = coming.first?.due
        let later = coming.filter { $0.due != next }
        let laterDates = Set(later.map(\.due)).count
        return InLoanItem(
            date: CalendarDate(day: day), totalAmount: drawn,
            remainingPrincipal: max(0, drawn - principalPaid), action: action,
            actionAmount: amount, daysToNextRepayment: next.map { Int($0 - day) },
            amountDueNext: coming.lazy.filter { $0.due == next }.reduce(0) { $0 + $1.unpaid },
            amountPerRemainingDay: later.isEmpty
                ? 0 : later.reduce(0) { $0 + $1.unpaid } / Double(laterDates),
            earlyRepaymentCount: earlyCount, overdueCount: overdueCount)
    }
}
