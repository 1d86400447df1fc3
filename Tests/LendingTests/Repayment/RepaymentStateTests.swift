// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Lending
import Testing

@Suite struct RepaymentStateTests {
    @Test(arguments: [
        (0, RepaymentState.normal), (1, .grace), (15, .grace), (16, .overdue16To30),
        (30, .overdue16To30), (31, .overdue31To90), (90, .overdue31To90), (91, .writtenOff),
        (10_000, .writtenOff), (.max, .writtenOff),
    ])
    func levelsBeginAtTheirDays(days: Int, state: RepaymentState) throws {
        #expect(try RepaymentState(daysPastDue: days) == state)
        #expect(state.daysPastDue.contains(days))
    }

    @Test func negativeDaysAreRefused() {
        let error = #expect(throws: LendingError.self) { try RepaymentState(daysPastDue: -1) }
        #expect(error?.code == .invalidRepayment)
    }

    @Test func levelsAreOrderedFromTheBest() {
        #expect(RepaymentState.allCases.sorted() == RepaymentState.allCases)
        #expect(RepaymentState.normal < .writtenOff)
        #expect(RepaymentState.allCases.filter(\.isDefault) == [.writtenOff])
    }

    @Test func datesGiveTheState() throws {
        let due = try #require(CalendarDate("2024-02-28"))
        let observed = try #require(CalendarDate("2024-12-31"))
        for (payment, state) in [
            ("2024-01-05", RepaymentState.normal), ("2024-02-28", .normal), ("2024-02-29", .grace),
            ("2024-03-14", .grace), ("2024-03-15", .overdue16To30), ("2024-03-29", .overdue16To30),
            ("2024-03-30", .overdue31To90), ("2024-05-28", .overdue31To90),
            ("2024-05-29", .writtenOff),
        ] {
            let paid = try #require(CalendarDate(payment))
            #expect(
                RepaymentState(dueDate: due, paymentDate: paid, observationDate: observed) == state,
                "paid on \(payment)")
        }
        #expect(
            RepaymentState(dueDate: due, paymentDate: nil, observationDate: observed)
                == .writtenOff)
        #expect(RepaymentState(dueDate: due, paymentDate: nil, observationDate: due) == .normal)
    }

    @Test func aPaymentAfterTheObservationIsNotKnownYet() throws {
        let due = try #require(CalendarDate("2024-02-01"))
        let observed = try #require(CalendarDate("2024-02-11"))
        let paid = try #require(CalendarDate("2024-06-01"))
        #expect(
            RepaymentState(dueDate: due, paymentDate: paid, observationDate: observed) == .grace)
        let event = try RepaymentEvent(
            month: 1, dueDate: due, amountDue: 5000, paymentDate: paid, observationDate: observed)
        #expect(event.amountPaid == 0)
        #expect(event.paymentDate == nil)
        #expect(event.daysPastDue == 10)
        #expect(event.state == .grace)
    }

    @Test func impossibleEventsAreRefused() throws {
        let due = try #require(CalendarDate("2024-02-01"))
        let before = try #require(CalendarDate("2024-01-31"))
        for (month, amount, observed) in [(0, 10, due), (1, 0, due), (1, 10, before)] {
            let error = #expect(throws: LendingError.self) {
                try RepaymentEvent(
                    month: month, dueDate: due, amountDue: amount, paymentDate: nil,
                    observationDate: observed)
            }
            #expect(error?.code == .invalidRepayment)
        }
        let event = try RepaymentEvent(
            month: 1, dueDate: due, amountDue: 10, paymentDate: due, observationDate: due)
        #expect(throws: LendingError.self) {
            try RepaymentHistory(observationDate: due, events: [event, event])
        }
        let history = try RepaymentHistory(observationDate: due, events: [event])
        #expect(history.worstState == .normal)
    }
}
