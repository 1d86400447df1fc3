// SPDX-License-Identifier: Apache-2.0

/// A day of the proleptic Gregorian calendar, from 0000-01-01 to 9999-12-31.
///
/// No time of day, no time zone: a loan's due date is the same day everywhere.
public struct CalendarDate: Sendable, Hashable {
    /// Days since 1970-01-01, negative before.
    public let daysSince1970: Int32

    /// The day that lies `daysSince1970` days after 1970-01-01, if it is in the range.
    public init?(daysSince1970: Int) {
        guard Self.dayRange.contains(daysSince1970) else { return nil }
        self.daysSince1970 = Int32(daysSince1970)
    }

    /// The day with these numbers, if the calendar has it.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.dayCount(ofMonth: month, year: year)
        else { return nil }
        daysSince1970 = Int32(Self.days(year: year, month: month, day: day))
    }

    /// Reads an ISO 8601 calendar date in its extended form, `YYYY-MM-DD`.
    public init?(_ text: String) {
        var copy = text
        let date = copy.withUTF8 { Self(ascii: UnsafeRawBufferPointer($0)) }
        guard let date else { return nil }
        self = date
    }

    /// Reads `YYYY-MM-DD` from bytes.
    package init?(ascii bytes: UnsafeRawBufferPointer) {
        let dash = UInt8(ascii: "-")
        guard bytes.count == 10, bytes[4] == dash, bytes[7] == dash,
            let year = Self.number(bytes, 0..<4), let month = Self.number(bytes, 5..<7),
            let day = Self.number(bytes, 8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month and day.
    public var components: (year: Int, month: Int, day: Int) {
        // The year is taken to begin in March, so that the leap day is its last; 146 097 days
        // make a cycle of 400 years.
        let shifted = Int(daysSince1970) + 719_468
        let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear =
            dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static let dayRange =
        days(
            year: 0, month: 1, day: 1)...days(
            year: 9999, month: 12, day: 31)

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let cycle = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfCycle = marchYear - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }

    private static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var result = 0
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            result = result * 10 + Int(digit)
        }
        return result
    }
}

extension CalendarDate: Comparable {
    /// Whether `left` is the earlier day.
    public static func < (left: Self, right: Self) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }
}

extension CalendarDate: CustomStringConvertible {
    /// The date as `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension CalendarDate: Codable {
    /// Reads the text `YYYY-MM-DD`.
    ///
    /// - Throws: `DecodingError` if the text is not a date of the calendar.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a date YYYY-MM-DD")
        }
        self = date
    }

    /// Writes the text `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
