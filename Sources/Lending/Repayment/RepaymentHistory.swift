// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// One monthly instalment of a loan: what was due and what had happened by the day of observation.
public struct RepaymentEvent: Sendable, Hashable {
    /// The instalment's number, from 1.
    public let month: Int
    /// The day on which it was due.
    public let dueDate: CalendarDate
    /// The amount due, in hundredths of the currency unit.
    public let amountDue: Int
    /// The amount paid by the day of observation, in hundredths of the currency unit.
    public let amountPaid: Int
    /// The day of payment, `nil` while it is open.
    public let paymentDate: CalendarDate?
    /// Days from the due date to the payment, or to the observation while it is open; 0 if early.
    public let daysPastDue: Int
    /// The risk level of ``daysPastDue``.
    public let state: RepaymentState

    /// An instalment as seen on `observationDate`; a payment after that day is not counted.
    ///
    /// - Throws: ``LendingError`` with code `invalidRepayment` for a month below 1, an amount that
    ///   is not above 0, or an observation before the due date.
    public init(
        month: Int, dueDate: CalendarDate, amountDue: Int, paymentDate: CalendarDate?,
        observationDate: CalendarDate
    ) throws(LendingError) {
        guard month >= 1, amountDue > 0 else {
            throw LendingError(
                .invalidRepayment, "month \(month) with \(amountDue) due: both must be above 0")
        }
        guard dueDate <= observationDate else {
            throw LendingError(
                .invalidRepayment, "due on \(dueDate), after the observation on \(observationDate)")
        }
        let paid = paymentDate.flatMap { $0 <= observationDate ? $0 : nil }
        let end = paid ?? observationDate
        self.month = month
        self.dueDate = dueDate
        self.amountDue = amountDue
        self.paymentDate = paid
        amountPaid = paid == nil ? 0 : amountDue
        daysPastDue = max(0, Int(end.daysSince1970) - Int(dueDate.daysSince1970))
        state = try RepaymentState(daysPastDue: daysPastDue)
    }
}

/// The instalments of one loan, as known on one day.
public struct RepaymentHistory: Sendable, Hashable {
    /// The day of observation.
    public let observationDate: CalendarDate
    /// The instalments in the order of their months.
    public let events: [RepaymentEvent]

    /// The history of `events`, which must be in the order of their months.
    ///
    /// - Throws: ``LendingError`` with code `invalidRepayment` where a month
    ///   does not follow the one before.
    public init(
        observationDate: CalendarDate, events: [RepaymentEvent]
    ) throws(LendingError) {
        for (earlier, later) in zip(events, events.dropFirst()) where earlier.month >= later.month {
            throw LendingError(
                .invalidRepayment, "month \(later.month) follows month \(earlier.month)")
        }
        self.observationDate = observationDate
        self.events = events
    }

    /// The worst level of any instalment; normal for an empty history.
    public var worstState: RepaymentState { events.map(\.state).max() ?? .normal }

    /// Whether an instalment was written off.
    public var isDefault: Bool { worstState.isDefault }
}
