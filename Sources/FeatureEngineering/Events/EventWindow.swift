// SPDX-License-Identifier: Apache-2.0

/// The stretch before an as-of date whose events a measure looks at.
///
/// With ``AsOfDates/Boundary/exclusive``, `months(n)` is `[date - n months, date)` and
/// `months(n).lagged(by: k)` is `[date - (k + n) months, date - k months)`, by the calendar as in
/// ``CalendarDate/adding(months:)``; so windows that follow each other neither overlap nor leave a
/// gap. With ``AsOfDates/Boundary/inclusive``, both ends are one day later.
public struct EventWindow: Sendable, Hashable, Codable {
    /// What a window's length is counted in.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Calendar months.
        case months
        /// Days.
        case days
        /// Events of the kinds that the measure takes, the newest first.
        case events
        /// Everything before the cut.
        case all
    }

    /// What length and lag are counted in.
    public let unit: Unit
    /// The length, at least 1.
    public let length: Int
    /// How far before the as-of date the window ends, at least 0.
    public let lag: Int

    /// The last `count` months.
    public static func months(_ count: Int) -> EventWindow {
        EventWindow(unit: .months, length: count, lag: 0)
    }

    /// The last `count` days.
    public static func days(_ count: Int) -> EventWindow {
        EventWindow(unit: .days, length: count, lag: 0)
    }

    /// The last `count` events of the kinds that the measure takes.
    public static func events(_ count: Int) -> EventWindow {
        EventWindow(unit: .events, length: count, lag: 0)
    }

    /// All events before the cut.
    public static let all = EventWindow(unit: .all, length: 1, lag: 0)

    /// The window of the same length that ends `lag` months, days or events earlier.
    public func lagged(by lag: Int) -> EventWindow {
        EventWindow(unit: unit, length: length, lag: self.lag + lag)
    }
}

extension [EventWindow] {
    /// The windows of credit reports: 1, 3, 6, 12 and 24 months.
    ///
    /// Source: F. Li and L. Wang, "Application of Deep Learning Method in Financial Technology".
    public static var creditReport: [EventWindow] { [1, 3, 6, 12, 24].map { .months($0) } }
}

extension EventWindow: CustomStringConvertible {
    /// The window as in names of features: `3m`, `30d`, `5e`, `all`,
    /// and `3m lag 6` if it is lagged.
    public var description: String {
        let text =
            switch unit {
            case .months: "\(length)m"
            case .days: "\(length)d"
            case .events: "\(length)e"
            case .all: "all"
            }
        return lag == 0 ? text : "\(text) lag \(lag)"
    }
}

extension EventWindow {
    func validate() throws(FeatureError) {
        guard length >= 1, lag >= 0, length <= 1_000_000, lag <= 1_000_000,
            unit != .all || lag == 0
        else {
            throw FeatureError(
                .invalidParameter,
                "a window of \(length) \(unit.rawValue) with lag \(lag) does not exist; length is "
                    + "1 to 1000000, lag 0 to 1000000, and 0 for all events")
        }
    }

    /// The days of a window in months or days, half-open, for an as-of date.
    func dayRange(asOf date: CalendarDate, _ boundary: AsOfDates.Boundary) -> Range<Int32> {
        let end = dayBefore(date, lag) + (boundary == .inclusive ? 1 : 0)
        let start = dayBefore(date, lag + length) + (boundary == .inclusive ? 1 : 0)
        return start..<end
    }

    /// The day `count` months or days before `date`; far before all events if the calendar ends.
    private func dayBefore(_ date: CalendarDate, _ count: Int) -> Int32 {
        let day = unit == .months ? date.adding(months: -count) : date.adding(days: -count)
        return day?.daysSince1970 ?? Self.beforeAllEvents
    }

    private static let beforeAllEvents = Int32.min / 2
}
