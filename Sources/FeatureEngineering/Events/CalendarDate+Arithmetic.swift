// SPDX-License-Identifier: Apache-2.0

extension CalendarDate {
    /// The day `days` later, or earlier if negative; `nil` outside the calendar's range.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = Int(daysSince1970).addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(daysSince1970: sum)
    }

    /// The same day of the month `months` later, or earlier if negative.
    ///
    /// Where that month is too short, its last day: one month before 31 March is 28 or 29
    /// February. `nil` outside the calendar's range.
    public func adding(months: Int) -> CalendarDate? {
        let (year, month, day) = components
        let (count, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, count >= 0, count < 120_000 else { return nil }
        // Only the last three days of a month can be missing in another.
        for candidate in stride(from: day, through: min(day, 28), by: -1) {
            let date = CalendarDate(
                year: count / 12, month: count % 12 + 1, day: candidate)
            if let date { return date }
        }
        return nil
    }

    /// The number of days from this day to `other`, negative if `other` is earlier.
    public func days(until other: CalendarDate) -> Int {
        Int(other.daysSince1970) - Int(daysSince1970)
    }
}
