// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR3: calendar arithmetic of windows")
struct CalendarArithmeticTests {
    @Test(arguments: [
        ("2024-03-31", -1, "2024-02-29"), ("2023-03-31", -1, "2023-02-28"),
        ("2024-03-31", -13, "2023-02-28"), ("2024-02-29", -12, "2023-02-28"),
        ("2024-02-29", -48, "2020-02-29"), ("2024-01-15", -1, "2023-12-15"),
        ("2024-12-31", 2, "2025-02-28"), ("2024-05-31", -24, "2022-05-31"),
        ("2024-05-31", 0, "2024-05-31"), ("2024-10-30", 4, "2025-02-28"),
    ])
    func monthsKeepTheDayWhereTheyCan(from: String, months: Int, to: String) {
        #expect(day(from).adding(months: months) == day(to))
    }

    /// Against counting: the month is the right one, and the day the same or the month's last.
    @Test(arguments: propertySeeds(50))
    func monthsAgainstCounting(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let date = try #require(
            CalendarDate(daysSince1970: Int.random(in: -100_000...100_000, using: &generator)))
        let months = Int.random(in: -600...600, using: &generator)
        let moved = try #require(date.adding(months: months))
        let (from, to) = (date.components, moved.components)
        #expect(to.year * 12 + to.month == from.year * 12 + from.month + months)
        let next = try #require(moved.adding(days: 1))
        #expect(to.day == from.day || (to.day < from.day && next.components.day == 1))
        #expect(moved.days(until: date) == -date.days(until: moved))
    }

    @Test func theCalendarEnds() {
        #expect(day("0000-01-31").adding(months: -1) == nil)
        #expect(day("9999-12-01").adding(months: 1) == nil)
        #expect(day("9999-12-31").adding(days: 1) == nil)
        #expect(day("2024-01-01").adding(days: .max) == nil)
        #expect(day("2024-01-01").adding(months: .min) == nil)
        #expect(day("0000-01-01").adding(days: 366) == day("0001-01-01"))
    }

    /// Months behind each other share no day and leave none out, at every end of a month.
    @Test func windowsThatFollowEachOtherCoverEveryDayOnce() throws {
        let days = (0..<800).map { day("2022-12-15").adding(days: $0)! }
        let log = try EventLog(
            Table([.text("id", days.map { _ in "a" }), .date("date", days)]), account: "id",
            date: "date")
        let cuts = (700..<800).map { days[$0] }
        for boundary in AsOfDates.Boundary.allCases {
            let features = try log.histories(
                asOf: AsOfDates(accounts: ["a"], at: cuts, boundary: boundary)
            ).features(
                EventFeatures(
                    .count(over: (0..<12).map { .months(1).lagged(by: $0) } + [.months(12)])))
            for row in 0..<features.rowCount {
                let counts = features.columns.compactMap { $0.numbers?[row] }
                #expect(counts.dropLast().reduce(0, +) == counts.last)
                #expect(counts.last == 365 || counts.last == 366)
            }
        }
    }

    @Test func aWindowBeforeTheCalendarBeganTakesEverything() throws {
        let log = try eventLog([("a", "0000-01-01", "x", 1), ("a", "0000-05-01", "x", 1)])
        let features = try log.histories(
            asOf: AsOfDates(accounts: ["a"], at: [day("0000-06-01")])
        ).features(EventFeatures(.count(over: [.months(24), .months(3).lagged(by: 24)])))
        #expect(features.columns.map(\.numbers) == [[2], [0]])
    }
}
