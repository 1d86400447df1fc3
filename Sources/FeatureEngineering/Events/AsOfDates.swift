// SPDX-License-Identifier: Apache-2.0

/// Accounts with the date at which each is looked at; an account may occur at several dates.
///
/// Each row becomes one row of features, in the same order.
public struct AsOfDates: Sendable {
    /// Whether events of the as-of date itself are known.
    public enum Boundary: String, Sendable, Hashable, Codable, CaseIterable {
        /// Only events of earlier days are; a window of n months is `[date - n months, date)`.
        case exclusive
        /// Those of the date are too; a window of n months is `(date - n months, date]`.
        case inclusive
    }

    /// Whether events of the as-of date itself are known.
    public let boundary: Boundary
    let keys: KeyTable
    let codes: [Int32]
    let days: [Int32]

    /// The number of rows.
    public var count: Int { codes.count }

    /// The accounts and dates of the rows of `table`, such as loan applications.
    ///
    /// - Throws: ``FeatureError``: `unknownColumn`, `wrongKind`, or `missingValue` with the row.
    /// - Complexity: O(rows).
    public init(
        _ table: Table, account: String, date: String, boundary: Boundary = .exclusive
    ) throws(FeatureError) {
        var keys = KeyTable()
        codes = try keys.codes(of: table[column: account])
        days = try table[column: date].requiredDays()
        self.keys = keys
        self.boundary = boundary
    }

    /// Every account at every date, dates within accounts: the grid of a panel.
    public init(
        accounts: [String], at dates: [CalendarDate], boundary: Boundary = .exclusive
    ) {
        var keys = KeyTable()
        codes = accounts.flatMap { account in
            [Int32](repeating: keys.code(account), count: dates.count)
        }
        days = accounts.flatMap { _ in dates.map(\.daysSince1970) }
        self.keys = keys
        self.boundary = boundary
    }

    /// The account of `row`.
    ///
    /// - Precondition: `row` is in `0..<count`.
    public func account(_ row: Int) -> String { keys.names[Int(codes[row])] }

    /// The as-of date of `row`.
    ///
    /// - Precondition: `row` is in `0..<count`.
    public func date(_ row: Int) -> CalendarDate { CalendarDate(day: days[row]) }
}

extension AsOfDates.Boundary {
    /// The first day whose events are not known at `date`.
    func endDay(of date: CalendarDate) -> Int32 {
        date.daysSince1970 + (self == .inclusive ? 1 : 0)
    }
}

extension CalendarDate {
    /// The date of a day that came out of another date.
    init(day: Int32) {
        guard let date = CalendarDate(daysSince1970: Int(day)) else {
            preconditionFailure("day \(day) is not in the calendar")
        }
        self = date
    }
}
