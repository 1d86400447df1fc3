// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR4: groups")
struct GroupingTests {
    @Test func agreesWithPandas() throws {
        let golden: TablesGolden = try golden("tables")
        let table = try Table([
            .text("bank", golden.left.bank), .numeric("year", golden.left.year),
            .numeric("amount", golden.left.amount),
        ])
        let result = try table.aggregated(
            by: ["bank", "year"],
            [
                .count(), .count(of: "amount"), .sum("amount"), .mean("amount"), .min("amount"),
                .max("amount"), .standardDeviation("amount"), .median("amount"),
                .first("amount"), .last("amount"), .distinctCount("amount"),
            ])
        #expect(
            result.columnNames == [
                "bank", "year", "count", "amount_count", "amount_sum", "amount_mean", "amount_min",
                "amount_max", "amount_sd", "amount_median", "amount_first", "amount_last",
                "amount_distinct",
            ])
        let groups = golden.groups
        #expect(try result[column: "bank"].texts == groups.bank)
        #expect(try (0..<result.rowCount).map { try result[$0]["year"].number } == groups.year)
        let expected: [[Double?]] = [
            groups.size, groups.count, groups.sum, groups.mean, groups.min, groups.max, groups.sd,
            groups.median, groups.first, groups.last, groups.distinct,
        ]
        for (column, values) in zip(result.columns.dropFirst(2), expected) {
            expectClose(
                try #require(column.numbers).map { $0.isNaN ? -1e9 : $0 },
                values.map { $0 ?? -1e9 }, relative: 1e-13, absolute: 1e-15, column.name)
        }
    }

    @Test func otherKindsAndNoNames() throws {
        let day = CalendarDate("2020-05-01")
        let table = try Table([
            .date("day", [nil, day, CalendarDate("2019-01-01"), nil]),
            .categorical("level", [nil, "b", "a", "b"]), .text("text", ["x", nil, nil, "x"]),
            .numeric("none", [nil, nil, nil, nil] as [Double?]),
        ])
        let all = try table.aggregated(
            by: [],
            [
                .count(), .min("day"), .max("day", as: "latest"), .first("level"), .last("text"),
                .distinctCount("level"), .sum("none"), .mean("none"), .first("none"),
                .median("none"), .count(of: "none"),
            ])
        #expect(
            all[0].values == [
                .number(4), .date(CalendarDate("2019-01-01")!), .date(day!), .level("b"),
                .text("x"), .number(2), .number(0), .missing, .missing, .missing, .number(0),
            ])
        #expect(try all[column: "level_first"].levels == ["a", "b"])
        #expect(all.contains(column: "latest"))
        let empty = try table[rows: []].aggregated(by: ["level"], [.count(), .min("day")])
        #expect(empty.rowCount == 0 && empty.columnNames == ["level", "count", "day_min"])
        #expect(try table[rows: []].aggregated(by: [], [.count()]).rowCount == 0)
    }

    @Test func sumsLoseNothing() throws {
        let table = try Table([.numeric("x", [1, 1e100, 1, -1e100])])
        #expect(try table.aggregated(by: [], [.sum("x")])[0]["x_sum"] == .number(2))
    }

    @Test func mistakes() throws {
        let table = try Table([.text("t", ["a"]), .numeric("x", [1])])
        for (aggregation, code) in [
            (Aggregation.sum("t"), "wrongKind"), (.min("t"), "wrongKind"),
            (.mean("z"), "unknownColumn"), (.count(as: "t"), "duplicateColumn"),
        ] {
            let error = #expect(throws: FeatureError.self) {
                try table.aggregated(by: ["t"], [aggregation])
            }
            #expect(error?.code.description == code)
        }
        #expect(throws: FeatureError.self) { try table.aggregated(by: ["z"], [.count()]) }
    }
}
