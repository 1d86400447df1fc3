// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR3: event logs and their errors")
struct EventLogTests {
    private let cut = AsOfDates(accounts: ["7"], at: [day("2024-06-01")])

    private func table(account: Column, dates: [String?] = ["2024-01-02", "2024-01-01"]) throws
        -> Table
    {
        try Table([
            account, .date("date", dates.map { $0.map(day) }), .text("kind", ["b", "a"]),
            .numeric("amount", [2, 1]), .numeric("second", [5, 9]),
        ])
    }

    @Test func accountsMayBeTextsCategoriesOrNumbers() throws {
        let accounts: [Column] = [
            .text("id", ["7", "7"]), try .categorical("id", ["7", "7"]),
            try .numeric("id", [7, 7]),
        ]
        for account in accounts {
            let log = try EventLog(table(account: account), account: "id", date: "date")
            #expect(log.accounts == ["7"] && log.eventCount == 2)
            #expect(log.kinds == ["event"])
            #expect(log.attributeNames == ["kind", "amount", "second"])
            let history = log.histories(asOf: cut)[0]
            #expect(history.account == "7" && history.asOf == day("2024-06-01"))
            #expect(try history.value("amount", 0) == .number(1))
            #expect(history.date(1) == day("2024-01-02"))
        }
    }

    @Test func aTimeOrdersTheEventsOfADay() throws {
        let one = try table(account: .text("id", ["7", "7"]), dates: ["2024-01-01", "2024-01-01"])
        var log = try EventLog(one, account: "id", date: "date", kind: "kind")
        var kinds = log.histories(asOf: cut)[0]
        #expect([kinds.kind(0), kinds.kind(1)] == ["b", "a"])
        log = try EventLog(one, account: "id", date: "date", kind: "kind", time: "amount")
        kinds = log.histories(asOf: cut)[0]
        #expect([kinds.kind(0), kinds.kind(1)] == ["a", "b"])
        #expect(log.attributeNames == ["second"])
    }

    @Test func datesOutOfOrderAreSortedOrRefused() throws {
        let events = try eventTable([
            ("a", "2024-03-01", "x", 1), ("b", "2024-01-01", "x", 2), ("a", "2024-04-01", "x", 3),
            ("a", "2024-03-31", "x", 4), ("b", "2023-01-01", "x", 5),
        ])
        let sorted = try EventLog(events, account: "account", date: "date", kind: "kind")
        let history = sorted.history(of: "a", asOf: day("2025-01-01"))
        #expect(try history.table()[column: "amount"].numbers == [1, 4, 3])
        let error = #expect(throws: FeatureError.self) {
            try EventLog(
                events, account: "account", date: "date", kind: "kind", order: .required)
        }
        #expect(error?.code == .outOfOrder && error?.row == 3 && error?.value == "2024-03-31")
        #expect(error?.message.contains("account 'a'") == true)
        let inOrder = events[rows: [1, 0, 2]]
        #expect(
            try EventLog(inOrder, account: "account", date: "date", order: .required).eventCount
                == 3)
    }

    @Test func missingKeysDatesAndKindsAreNamed() throws {
        func code(_ table: Table, kind: String? = nil, time: String? = nil) -> FeatureError? {
            #expect(throws: FeatureError.self) {
                try EventLog(table, account: "id", date: "date", kind: kind, time: time)
            }
        }
        var error = code(try table(account: .text("id", ["7", nil])))
        #expect(error?.code == .missingValue && error?.row == 1 && error?.column == "id")
        error = code(try table(account: .text("id", ["7", "7"]), dates: ["2024-01-01", nil]))
        #expect(error?.code == .missingValue && error?.row == 1 && error?.column == "date")
        let good = try table(account: .text("id", ["7", "8"]))
        #expect(code(good, kind: "amount")?.code == .wrongKind)
        #expect(code(good, kind: "nothing")?.code == .unknownColumn)
        #expect(code(good, time: "kind")?.code == .wrongKind)
        let dates = try table(account: .date("id", [day("2024-01-01"), nil]))
        #expect(code(dates)?.code == .wrongKind)
        let noKind = try Table([
            .text("id", ["7"]), .date("date", [day("2024-01-01")]), .text("kind", [nil]),
            .numeric("time", [nil] as [Double?]),
        ])
        #expect(code(noKind, kind: "kind")?.column == "kind")
        #expect(code(noKind, time: "time")?.column == "time")
    }

    @Test func emptyLogsAndUnknownAccountsHaveNoEvents() throws {
        let empty = try eventLog([], declaring: ["x"])
        let features = try empty.histories(asOf: cut).features(
            EventFeatures(
                .count(of: ["x"]), .sum("amount", over: [.all]), .mean("amount", over: [.all]),
                .daysSinceLast(), .countSlope(over: [.months(3)]), .countRatio()))
        #expect(
            features[0].values == Array(repeating: .number(0), count: 6)
                + [.missing, .missing, .number(0), .missing])
        let log = try eventLog([("a", "2024-01-01", "x", 1)])
        #expect(log.histories(asOf: cut)[0].count == 0)
        #expect(try log.histories(asOf: cut)[0].table().rowCount == 0)
    }

    @Test func impossibleMeasuresAreRefused() throws {
        let histories = try eventLog([("7", "2024-01-01", "x", 1)]).histories(asOf: cut)
        func code(_ measures: EventMeasure...) -> FeatureError? {
            #expect(throws: FeatureError.self) {
                try histories.features(EventFeatures(measures: measures))
            }
        }
        #expect(code(.count(of: ["y"]))?.code == .unknownLevel)
        #expect(code(.count(of: ["y"]))?.value == "y")
        #expect(code(.sum("x"))?.code == .unknownColumn)
        #expect(code(.count(), .count())?.code == .duplicateColumn)
        #expect(code()?.code == .emptyInput)
        for measure in [
            .count(over: [.months(0)]), .count(over: [.days(3).lagged(by: -1)]),
            .count(over: [.all.lagged(by: 1)]), .count(over: []), .count(of: []),
            .countSlope(over: [.months(1)]), .countSlope(over: [.days(90)]),
            .countRatio(.months(3), to: .days(90)), .countRatio(.events(3), to: .events(9)),
        ] as [EventMeasure] {
            #expect(code(measure)?.code == .invalidParameter)
        }
        let texts = try EventLog(
            eventTable([("7", "2024-01-01", "x", 1)]), account: "account", date: "date"
        ).histories(asOf: cut)
        let error = #expect(throws: FeatureError.self) {
            try texts.features(EventFeatures(.mean("kind")))
        }
        #expect(error?.code == .wrongKind)
    }

    @Test func sumsThatAreTooLargeAreRefused() throws {
        let largest = Double.greatestFiniteMagnitude
        let histories = try eventLog([
            ("7", "2024-05-01", "x", largest), ("7", "2024-05-02", "x", largest),
        ]).histories(asOf: cut)
        for measure in [
            .sum("amount"), .mean("amount"), .standardDeviation("amount"),
            .sumSlope("amount", over: [.months(3)]), .sumRatio("amount"),
        ] as [EventMeasure] {
            let error = #expect(throws: FeatureError.self) {
                try histories.features(EventFeatures(measure))
            }
            #expect(error?.code == .outOfRange && error?.row == 0)
        }
    }

    @Test func lastKeepsTheKindOfItsColumn() throws {
        let table = try Table([
            .text("id", ["a", "a"]), .date("date", [day("2024-01-01"), day("2024-02-01")]),
            .categorical("job", ["x", "y"], levels: ["y", "x"]), .text("town", [nil, "t"]),
            .date("hired", [day("2020-01-01"), nil]), .numeric("pay", [1, nil]),
        ])
        let log = try EventLog(table, account: "id", date: "date")
        let features = try log.histories(
            asOf: AsOfDates(accounts: ["a", "b"], at: [day("2024-02-01"), day("2024-03-01")])
        ).features(
            EventFeatures(.last("job"), .last("town"), .last("hired"), .lags("pay", 1...2)))
        #expect(try features[column: "last(job) all"].levels == ["y", "x"])
        #expect(try features[column: "last(job) all"].texts == ["x", "y", nil, nil])
        #expect(try features[column: "last(town) all"].texts == [nil, "t", nil, nil])
        #expect(
            try features[column: "last(hired) all"].dates == [day("2020-01-01"), nil, nil, nil])
        #expect(try features[column: "lag 1(pay)"][0] == .number(1))
        #expect(try features[column: "lag 2(pay)"][1] == .number(1))
        #expect(try features[column: "lag 1(pay)"].missingCount == 3)
    }

    @Test func progressIsShownAndMayEndTheWork() throws {
        let histories = try eventLog([("7", "2024-05-01", "x", 1)]).histories(asOf: cut)
        let recipe = EventFeatures(.count(), .sum("amount"))
        var steps: [Int] = []
        _ = try histories.features(recipe) { progress in
            steps.append(progress.step)
            #expect(progress.stepLimit == 10)
        }
        #expect(steps == Array(1...10))
        let error = #expect(throws: FeatureError.self) {
            try histories.features(recipe) { if $0.step == 3 { $0.stop() } }
        }
        #expect(error?.code == .cancelled && error?.column == "count 6m")
    }

    @Test func aCancelledTaskMakesNoFeatures() async throws {
        let histories = try eventLog([("7", "2024-05-01", "x", 1)]).histories(asOf: cut)
        let code = await Task { () -> FeatureError.Code? in
            withUnsafeCurrentTask { $0?.cancel() }
            return #expect(throws: FeatureError.self) {
                try histories.features(EventFeatures(.count()))
            }?.code
        }.value
        #expect(code == .cancelled)
    }
}
