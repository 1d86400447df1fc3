// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

extension SyntheticLoanBook {
    /// The repayments of the loan in `row`, as known 120 days after the last instalment shown.
    ///
    /// One instalment falls due on the first of each month from February 2025, at most twelve are
    /// shown, and each is the amount over the duration, without interest. A loan that defaults
    /// stops paying at a month drawn at random, so that instalment and all later ones are written
    /// off; no instalment of another loan is ever paid more than 90 days late. Riskier loans are
    /// late more often. The state of each instalment follows from its dates.
    ///
    /// - Precondition: `row` is a row of the book.
    /// - Throws: ``LendingError`` never in practice: the dates fit each other by construction.
    public func repaymentHistory(ofRow row: Int) throws(LendingError) -> RepaymentHistory {
        precondition(loans.indices.contains(row), "row \(row) of a book of \(count) loans")
        let loan = loans[row]
        var random = RandomStream(seed: seed).child("synthetic-loan-book").child("repayment", row)
        let months = min(loan.application.duration, 12)
        let lastPaid = loan.isDefault ? random.integer(below: months) : months
        let observed = try Self.dueDate(month: months, plusDays: 120)
        var events: [RepaymentEvent] = []
        for month in 1...months {
            let delay = Self.delay(probability: loan.defaultProbability, &random)
            let paid = try Self.dueDate(month: month, plusDays: delay)
            events.append(
                try RepaymentEvent(
                    month: month, dueDate: Self.dueDate(month: month, plusDays: 0),
                    amountDue: loan.application.creditAmount * 100 / loan.application.duration,
                    paymentDate: month <= lastPaid ? paid : nil, observationDate: observed))
        }
        return try RepaymentHistory(observationDate: observed, events: events)
    }

    private static let delays = WeightedChoice<ClosedRange<Int>>([
        (1...15, 12), (16...30, 5), (31...90, 3),
    ])

    /// Days after the due date; below 0 for an early payment.
    private static func delay(probability: Double, _ random: inout RandomStream) -> Int {
        guard random.uniform() < 0.05 + 0.5 * probability else { return -random.integer(below: 4) }
        let range = delays.draw(&random)
        return range.lowerBound + random.integer(below: range.count)
    }

    private static func dueDate(
        month: Int, plusDays days: Int
    ) throws(LendingError) -> CalendarDate {
        guard
            let first = CalendarDate(year: 2025 + month / 12, month: month % 12 + 1, day: 1),
            let date = CalendarDate(daysSince1970: Int(first.daysSince1970) + days)
        else {
            throw LendingError(.invalidRepayment, "month \(month) plus \(days) days has no date")
        }
        return date
    }
}
