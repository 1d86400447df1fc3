// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing

struct CalendarDateTests {
    @Test func agreesWithPython() throws {
        let reading: ReadingGolden = try golden("reading")
        for expected in reading.dates {
            let date = try #require(CalendarDate(expected.text))
            #expect(Int(date.daysSince1970) == expected.days)
            #expect(date.description == expected.text)
            #expect(CalendarDate(daysSince1970: expected.days) == date)
        }
    }

    /// Counts day by day through a whole cycle of the calendar with its own leap-year rule.
    @Test func everyDayOfACycleFollowsTheDayBefore() throws {
        var days = Int(try #require(CalendarDate("1999-12-31")).daysSince1970)
        for year in 2000..<2400 {
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            for (index, length) in [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
                .enumerated()
            {
                for day in 1...length {
                    days += 1
                    let date = CalendarDate(year: year, month: index + 1, day: day)
                    guard let date, Int(date.daysSince1970) == days,
                        date.components == (year, index + 1, day)
                    else {
                        Issue.record("\(year)-\(index + 1)-\(day) is not day \(days)")
                        return
                    }
                }
                #expect(CalendarDate(year: year, month: index + 1, day: length + 1) == nil)
            }
        }
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31",
        "24-01-01", "2024-1-1", "20240101", "2024-01-01 ", "2024/01/01", "2024-01-0a", "",
        "2024-01-01T00:00",
    ])
    func refusesWhatIsNoDate(text: String) { #expect(CalendarDate(text) == nil) }

    @Test func rangeAndOrder() throws {
        let first = try #require(CalendarDate("0000-01-01"))
        let last = try #require(CalendarDate("9999-12-31"))
        #expect(first < last)
        #expect(CalendarDate(daysSince1970: Int(first.daysSince1970) - 1) == nil)
        #expect(CalendarDate(daysSince1970: Int(last.daysSince1970) + 1) == nil)
        #expect(first.components == (0, 1, 1))
        let coded = try JSONEncoder().encode([first, last])
        #expect(String(decoding: coded, as: UTF8.self) == #"["0000-01-01","9999-12-31"]"#)
        #expect(try JSONDecoder().decode([CalendarDate].self, from: coded) == [first, last])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CalendarDate.self, from: Data(#""2023-02-29""#.utf8))
        }
    }
}
