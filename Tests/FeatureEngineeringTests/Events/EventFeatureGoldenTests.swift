// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR3: windows, lags and rolling statistics against pandas")
struct EventFeatureGoldenTests {
    private let recipe = EventFeatures(
        .count(), .count(of: ["enquiry"]), .count(of: ["enquiry", "loan"]),
        .sum("amount", of: ["repayment"]), .mean("amount", of: ["repayment"]),
        .minimum("amount"), .maximum("amount"), .standardDeviation("amount"),
        .distinctCount("employer"), .changeCount("employer"),
        .daysSinceLast(), .daysSinceFirst(of: ["repayment"]),
        .lags("amount", 1...3, of: ["repayment"]),
        .mean("amount", of: ["repayment"], over: [.events(3), .events(5)]),
        .countSlope(over: [.months(6), .months(12)]),
        .sumSlope("amount", over: [.months(6), .months(12)]),
        .meanSlope("amount", over: [.months(6), .months(12)]),
        .countRatio(), .sumRatio("amount"), .count(over: [.months(3).lagged(by: 6)]))

    private func log(_ golden: EventGolden) throws -> EventLog {
        let events = golden.events
        return try EventLog(
            Table([
                .text("account", events.account), .date("date", events.date),
                .categorical("kind", events.kind), .numeric("amount", events.amount),
                .text("employer", events.employer),
            ]), account: "account", date: "date", kind: "kind")
    }

    @Test(arguments: AsOfDates.Boundary.allCases)
    func everyMeasureEqualsPandas(boundary: AsOfDates.Boundary) throws {
        let golden: EventGolden = try golden("events")
        let expected = boundary == .exclusive ? golden.exclusive : golden.inclusive
        let dates = try AsOfDates(
            Table([.text("who", golden.cuts.account), .date("when", golden.cuts.date)]),
            account: "who", date: "when", boundary: boundary)
        let features = try log(golden).histories(asOf: dates).features(recipe)
        #expect(features.columnNames == recipe.names)
        #expect(Set(recipe.names) == Set(expected.keys))
        for column in features.columns {
            let values = try #require(column.numbers)
            let reference = try #require(expected[column.name])
            for (row, (value, other)) in zip(values, reference).enumerated() {
                let place = "\(column.name), row \(row)"
                #expect(value.isNaN == (other == nil), "\(place)")
                // A slope of equal months is 0 for us and a rounding error for numpy.polyfit.
                expectClose(
                    [value].filter { !$0.isNaN }, [other].compactMap { $0 }, relative: 1e-11,
                    absolute: 1e-11, place)
            }
        }
    }

    /// A panel with a cut at each event is what pandas calls a rolling window closed on the left.
    @Test func rollingMeansEqualPandas() throws {
        let golden: EventGolden = try golden("events")
        let rolling = golden.rolling
        let table = try Table([
            .text("account", rolling.account), .date("date", rolling.date),
            .numeric("amount", rolling.amount),
        ])
        let log = try EventLog(table, account: "account", date: "date")
        let features = try log.histories(
            asOf: AsOfDates(table, account: "account", date: "date")
        ).features(EventFeatures(.mean("amount", over: [.days(30), .days(90)])))
        for length in [30, 90] {
            let expected = try #require(rolling.means["\(length)"])
            let values = try #require(features[column: "mean(amount) \(length)d"].numbers)
            #expect(values.map(\.isNaN) == expected.map { $0 == nil })
            expectClose(
                values.filter { !$0.isNaN }, expected.compactMap { $0 }, relative: 1e-12)
        }
    }
}
