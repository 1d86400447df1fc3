// SPDX-License-Identifier: Apache-2.0

/// The events of one account that were known at an as-of date, oldest first.
///
/// There is no way from a history to an event at or after its cut: what comes later can neither be
/// read nor counted.
public struct EventHistory: Sendable {
    let storage: EventLog.Storage
    let range: Range<Int>
    /// The account.
    public let account: String
    /// The date at which the account is looked at.
    public let asOf: CalendarDate
    /// Whether events of the as-of date itself are known.
    public let boundary: AsOfDates.Boundary

    /// The number of events.
    public var count: Int { range.count }

    /// The day of the event at `index`, counted from the oldest.
    ///
    /// - Precondition: `index` is in `0..<count`.
    public func date(_ index: Int) -> CalendarDate { CalendarDate(day: storage.days[place(index)]) }

    /// The kind of the event at `index`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    public func kind(_ index: Int) -> String { storage.kindNames[Int(storage.kinds[place(index)])] }

    /// The value of an attribute of the event at `index`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    public func value(_ attribute: String, _ index: Int) throws(FeatureError) -> Column.Value {
        try storage.attributes[column: attribute][place(index)]
    }

    /// The events as a table: `date`, `kind`, and the attributes.
    ///
    /// - Throws: ``FeatureError`` with `duplicateColumn` if an
    ///   attribute is called `date` or `kind`.
    /// - Complexity: O(events x attributes).
    public func table() throws(FeatureError) -> Table {
        let columns = [
            Column(name: "date", storage: .date(Array(storage.days[range]))),
            Column(
                name: "kind",
                storage: .categorical(
                    codes: Array(storage.kinds[range]), levels: storage.kindNames)),
        ]
        return try Table(columns + storage.attributes.columns.map { $0[rows: Array(range)] })
    }

    /// The first day whose events are not known.
    var endDay: Int32 { boundary.endDay(of: asOf) }

    private func place(_ index: Int) -> Int {
        precondition(
            index >= 0 && index < count, "event \(index) of a history of \(count) events")
        return range.lowerBound + index
    }
}

/// One ``EventHistory`` for each row of ``AsOfDates``, in their order.
public struct EventHistories: Sendable, RandomAccessCollection {
    let storage: EventLog.Storage
    let dates: AsOfDates
    let ranges: [Range<Int>]

    init(storage: EventLog.Storage, dates: AsOfDates) {
        self.storage = storage
        self.dates = dates
        let codes = dates.keys.names.map { storage.accounts.codes[$0] }
        let shift: Int32 = dates.boundary == .inclusive ? 1 : 0
        ranges = dates.codes.indices.map { row in
            storage.range(of: codes[Int(dates.codes[row])], before: dates.days[row] + shift)
        }
    }

    /// The first row.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { ranges.count }

    /// The history of `row`.
    ///
    /// - Precondition: `row` is in `0..<count`.
    public subscript(row: Int) -> EventHistory {
        precondition(row >= 0 && row < count, "row \(row) of \(count) histories")
        return EventHistory(
            storage: storage, range: ranges[row], account: dates.account(row),
            asOf: dates.date(row), boundary: dates.boundary)
    }
}
