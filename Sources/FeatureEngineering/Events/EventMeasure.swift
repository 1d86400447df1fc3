// SPDX-License-Identifier: Apache-2.0

/// A number made of the events in a window before an as-of date, once for each of its windows.
///
/// An event whose attribute is missing has no part in a statistic of that attribute. Where there is
/// nothing to measure, counts and sums are 0 and everything else is missing.
public struct EventMeasure: Sendable, Hashable, Codable {
    /// What is measured.
    public enum Statistic: String, Sendable, Hashable, Codable, CaseIterable {
        /// The number of events.
        case count
        /// The sum of an attribute.
        case sum
        /// The arithmetic mean of an attribute.
        case mean
        /// The smallest value of an attribute.
        case minimum
        /// The largest value of an attribute.
        case maximum
        /// The standard deviation of an attribute with divisor n - 1; missing for fewer than two.
        case standardDeviation
        /// The number of distinct values of an attribute of any kind.
        case distinctCount
        /// How many events have another value than the account's event before, which may lie
        /// before the window; a first value is no change.
        case changeCount
        /// The days from the newest event to the as-of date.
        case daysSinceLast
        /// The days from the oldest event to the as-of date.
        case daysSinceFirst
        /// The value of an attribute at the newest event.
        case last
        /// The least-squares slope per month of the monthly numbers of events.
        case countSlope
        /// The least-squares slope per month of the monthly sums.
        case sumSlope
        /// The least-squares slope per month of the monthly means, over the months that have one.
        case meanSlope
        /// The number of events per month (or day) in the window over that in the longer one.
        case countRatio
        /// The sum per month (or day) in the window over that in the longer one.
        case sumRatio
    }

    /// What is measured.
    public let statistic: Statistic
    /// The attribute that is measured; `nil` for statistics of the events themselves.
    public let attribute: String?
    /// The kinds of events that are looked at; `nil` for all.
    public let kinds: [String]?
    /// The windows, one feature each.
    public let windows: [EventWindow]
    /// The longer window of a ratio.
    public let reference: EventWindow?

    init(
        _ statistic: Statistic, _ attribute: String?, _ kinds: [String]?, _ windows: [EventWindow],
        reference: EventWindow? = nil
    ) {
        self.statistic = statistic
        self.attribute = attribute
        self.kinds = kinds
        self.windows = windows
        self.reference = reference
    }

    /// The number of events of `kinds`.
    public static func count(
        of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.count, nil, kinds, windows) }

    /// The sum of `attribute` over events of `kinds`.
    public static func sum(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.sum, attribute, kinds, windows) }

    /// The arithmetic mean of `attribute` over events of `kinds`.
    public static func mean(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.mean, attribute, kinds, windows) }

    /// The smallest `attribute` of events of `kinds`.
    public static func minimum(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.minimum, attribute, kinds, windows) }

    /// The largest `attribute` of events of `kinds`.
    public static func maximum(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.maximum, attribute, kinds, windows) }

    /// The standard deviation of `attribute`, divisor n - 1, over events of `kinds`.
    public static func standardDeviation(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.standardDeviation, attribute, kinds, windows) }

    /// The number of distinct values of `attribute`, of any kind of column, in events of `kinds`.
    public static func distinctCount(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.distinctCount, attribute, kinds, windows) }

    /// How often `attribute`, of any kind of column, changed from one event of `kinds` to the next.
    public static func changeCount(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow] = .creditReport
    ) -> EventMeasure { EventMeasure(.changeCount, attribute, kinds, windows) }

    /// The days since the newest event of `kinds`.
    public static func daysSinceLast(
        of kinds: [String]? = nil, over window: EventWindow = .all
    ) -> EventMeasure { EventMeasure(.daysSinceLast, nil, kinds, [window]) }

    /// The days since the oldest event of `kinds`.
    public static func daysSinceFirst(
        of kinds: [String]? = nil, over window: EventWindow = .all
    ) -> EventMeasure { EventMeasure(.daysSinceFirst, nil, kinds, [window]) }

    /// The value of `attribute`, of any kind of column, at the newest event of `kinds`.
    public static func last(
        _ attribute: String, of kinds: [String]? = nil, over window: EventWindow = .all
    ) -> EventMeasure { EventMeasure(.last, attribute, kinds, [window]) }

    /// The values of `attribute` at the newest event of `kinds` (lag 1), the one before (2), ...
    public static func lags(
        _ attribute: String, _ lags: ClosedRange<Int>, of kinds: [String]? = nil
    ) -> EventMeasure {
        EventMeasure(.last, attribute, kinds, lags.map { .events(1).lagged(by: $0 - 1) })
    }

    /// The trend of the number of events: its least-squares slope over whole months.
    public static func countSlope(
        of kinds: [String]? = nil, over windows: [EventWindow]
    ) -> EventMeasure { EventMeasure(.countSlope, nil, kinds, windows) }

    /// The trend of the monthly sums of `attribute`: their least-squares slope over whole months.
    public static func sumSlope(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow]
    ) -> EventMeasure { EventMeasure(.sumSlope, attribute, kinds, windows) }

    /// The trend of the monthly means of `attribute`: their least-squares slope.
    public static func meanSlope(
        _ attribute: String, of kinds: [String]? = nil, over windows: [EventWindow]
    ) -> EventMeasure { EventMeasure(.meanSlope, attribute, kinds, windows) }

    /// How busy a short window is against a long one: 1 means as many events per month in both.
    ///
    /// Missing if the long window has none.
    public static func countRatio(
        of kinds: [String]? = nil, _ short: EventWindow = .months(3),
        to long: EventWindow = .months(12)
    ) -> EventMeasure { EventMeasure(.countRatio, nil, kinds, [short], reference: long) }

    /// The sum of `attribute` per month in a short window over that in a long one.
    ///
    /// Missing if the long window's sum is 0.
    public static func sumRatio(
        _ attribute: String, of kinds: [String]? = nil, _ short: EventWindow = .months(3),
        to long: EventWindow = .months(12)
    ) -> EventMeasure { EventMeasure(.sumRatio, attribute, kinds, [short], reference: long) }

    /// The features' names, one for each window: `sum(amount of repayment) 3m`.
    public var names: [String] {
        windows.map { window in
            if statistic == .last, window.unit == .events, window.length == 1 {
                return "lag \(window.lag + 1)\(subject)"
            }
            return subjectName + " " + (reference.map { "\(window)/\($0)" } ?? "\(window)")
        }
    }

    /// The name without a window: `sum(amount of repayment)`.
    var subjectName: String { statistic.rawValue + subject }

    /// The same measure over other windows.
    func over(_ windows: [EventWindow]) -> EventMeasure {
        EventMeasure(statistic, attribute, kinds, windows, reference: reference)
    }

    private var subject: String {
        let parts = [attribute, kinds.map { $0.joined(separator: "|") }].compactMap { $0 }
        return parts.isEmpty ? "" : "(\(parts.joined(separator: " of ")))"
    }
}

/// The measures that a model looks at, in the order of its features.
///
/// Nothing is learnt: the features of a row depend on this recipe and on what was known of the
/// row's account at its as-of date.
public struct EventFeatures: Sendable, Hashable, Codable {
    /// The measures in their order.
    public var measures: [EventMeasure]

    /// The features that `measures` make.
    public init(_ measures: EventMeasure...) { self.measures = measures }

    /// The features that `measures` make.
    public init(measures: [EventMeasure]) { self.measures = measures }

    /// The features' names in their order.
    public var names: [String] { measures.flatMap(\.names) }
}
