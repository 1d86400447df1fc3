// SPDX-License-Identifier: Apache-2.0

/// Dated events of many accounts: enquiries, approvals, repayments, changes of an address.
///
/// A log hands out no event. It is read through ``EventHistory``, what was known of one account at
/// an as-of date, so that no feature can see what came later:
///
/// ```swift
/// let log = try EventLog(events, account: "borrower", date: "day", kind: "event")
/// let dates = try AsOfDates(loans, account: "borrower", date: "applied")
/// let features = try log.histories(asOf: dates).features(
///     EventFeatures(.count(of: ["enquiry"]), .sum("amount", of: ["repayment"])))
/// ```
///
/// The date of an event must be the day on which it became known. If a bureau reports an arrear
/// five days after it arose, the report's day is the one to give.
public struct EventLog: Sendable {
    /// What to do with events that do not come in the order of their dates.
    public enum OrderPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// They are sorted; events of one account and moment stay in the table's order.
        case sorted
        /// An event that is earlier than one before it of the same account is an error.
        case required
    }

    let storage: Storage

    /// The events by account, within an account by day; never changed once made.
    final class Storage: Sendable {
        let accounts: KeyTable
        /// The events of account `a` are at `offsets[a]..<offsets[a + 1]`.
        let offsets: [Int]
        let days: [Int32]
        let kinds: [Int32]
        let kindNames: [String]
        let attributes: Table
        /// The row of the table that each event came from.
        let rows: [Int]

        init(
            accounts: KeyTable, offsets: [Int], days: [Int32], kinds: [Int32],
            kindNames: [String], attributes: Table, rows: [Int]
        ) {
            self.accounts = accounts
            self.offsets = offsets
            self.days = days
            self.kinds = kinds
            self.kindNames = kindNames
            self.attributes = attributes
            self.rows = rows
        }
    }

    /// The number of events.
    public var eventCount: Int { storage.days.count }

    /// The accounts that have events, in the order in which the table first names them.
    public var accounts: [String] { storage.accounts.names }

    /// The kinds that events may have: the levels of the kind column, or the texts that occur in
    /// it ordered by bytes, and then those declared besides; one called `event` without one.
    public var kinds: [String] { storage.kindNames }

    /// The names of the attributes: all columns but account, date, kind and time.
    public var attributeNames: [String] { storage.attributes.columnNames }

    /// What was known of `account` at `date`; without events if the log does not have the account.
    ///
    /// - Complexity: O(log of the account's events).
    public func history(
        of account: String, asOf date: CalendarDate, boundary: AsOfDates.Boundary = .exclusive
    ) -> EventHistory {
        EventHistory(
            storage: storage,
            range: storage.range(
                of: storage.accounts.codes[account], before: boundary.endDay(of: date)),
            account: account, asOf: date, boundary: boundary)
    }

    /// What was known of each account at its as-of date, one history for each row of `dates`.
    ///
    /// An account that the log does not have gets a history without events: its counts and sums
    /// are zero.
    ///
    /// - Complexity: O(rows x log of the events of an account).
    public func histories(asOf dates: AsOfDates) -> EventHistories {
        EventHistories(storage: storage, dates: dates)
    }
}

extension EventLog.Storage {
    /// The events of the account with code `account` on days before `endDay`.
    func range(of account: Int32?, before endDay: Int32) -> Range<Int> {
        guard let account else { return 0..<0 }
        let start = offsets[Int(account)]
        return start..<firstEvent(notBefore: endDay, in: start..<offsets[Int(account) + 1])
    }

    /// The position of the first event in `range` that is not on a day before `day`.
    func firstEvent(notBefore day: Int32, in range: Range<Int>) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// For each kind whether it is among `names`; `nil` for all.
    ///
    /// - Throws: ``FeatureError`` with `unknownLevel`.
    func isTaken(_ names: [String]?) throws(FeatureError) -> [Bool]? {
        guard let names else { return nil }
        var taken = [Bool](repeating: false, count: kindNames.count)
        for name in names {
            guard let index = kindNames.firstIndex(of: name) else {
                throw .unknownLevel(name, of: kindNames, row: nil, column: "kind")
            }
            taken[index] = true
        }
        return taken
    }
}
