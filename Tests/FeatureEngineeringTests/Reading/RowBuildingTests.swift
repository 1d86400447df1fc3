// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

@Suite("PR4: tables of rows")
struct RowBuildingTests {
    private let schema = TableSchema([
        .numeric("amount", in: 0...1000, missing: ["NA"]), .categorical("purpose", ["car", "1"]),
        .skipped("id"), .date("opened"), .text("note"), .categorical("city"),
    ])

    @Test func valuesOfEveryKind() throws {
        let day = CalendarDate("2024-02-29")!
        let table = try Table(
            rows: [
                [.number(1.5), .level("car"), .missing, .date(day), .text("x"), .text("B")],
                [.text("NA"), .number(1), .number(7), .text("2024-02-29"), .number(2), .text("A")],
                [.text(" 12 "), .missing, .missing, .missing, .date(day), .level(" B ")],
            ], schema: schema)
        #expect(table.columnNames == ["amount", "purpose", "opened", "note", "city"])
        #expect(
            table[0].values
                == [.number(1.5), .level("car"), .date(day), .text("x"), .level("B")])
        #expect(
            table[1].values == [.missing, .level("1"), .date(day), .text("2"), .level("A")])
        #expect(
            table[2].values
                == [.number(12), .missing, .missing, .text("2024-02-29"), .level("B")])
        #expect(try table[column: "city"].levels == ["A", "B"])
    }

    /// Rows that exist one at a time only, as those of a database cursor.
    @Test func rowsAreTakenOneAtATime() throws {
        let rows = (0..<1000).lazy.map { [Column.Value.number(Double($0))] }
        let table = try Table(rows: rows, schema: TableSchema([.numeric("x")]))
        #expect(try table[column: "x"].numbers == (0..<1000).map(Double.init))
        #expect(try Table(rows: [], schema: schema).rowCount == 0)
    }

    @Test func whatDoesNotFitIsNamed() {
        func failure(_ row: [Column.Value]) -> FeatureError? {
            let good: [Column.Value] = [
                .number(1), .level("car"), .missing, .missing, .text(""), .missing,
            ]
            return #expect(throws: FeatureError.self) {
                try Table(rows: [good, row], schema: schema, name: "query")
            }
        }
        let rest: [Column.Value] = [.level("car"), .missing, .missing, .missing, .missing]
        #expect(
            failure([.number(1)])?.message
                == "query, record 2: has 1 values where there are 6 columns")
        #expect(
            failure([.text("x")] + rest)?.message
                == "query, record 2, column 'amount': 'x' is not a number")
        #expect(failure([.number(.nan)] + rest)?.code == .outOfRange)
        #expect(failure([.number(1001)] + rest)?.code == .outOfRange)
        #expect(failure([.number(1), .level("boat")] + rest.dropFirst())?.code == .unknownLevel)
        #expect(
            failure([.number(1), .missing, .missing, .text("1.1.2020"), .missing, .missing])?.code
                == .invalidValue)
    }
}
