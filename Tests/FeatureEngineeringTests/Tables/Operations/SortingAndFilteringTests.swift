// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR4: sorting, filtering, concatenation")
struct SortingAndFilteringTests {
    @Test func sortingAgreesWithPandas() throws {
        let golden: TablesGolden = try golden("tables")
        let table = try Table([
            .numeric("row", golden.left.row), .text("bank", golden.left.bank),
            .numeric("amount", golden.left.amount),
        ])
        let sorted = try table.sorted(by: ["bank", .descending("amount")])
        #expect(try sorted[column: "row"].numbers == golden.sortedRows)
    }

    /// Each key against a stable insertion sort that compares values.
    @Test(arguments: propertySeeds(20))
    func sortingAgreesWithInsertion(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 0...40, using: &generator)
        func pick<Value>(_ values: [Value?]) -> [Value?] {
            (0..<count).map { _ in values.randomElement(using: &generator)! }
        }
        let table = try Table([
            .numeric("n", pick([-1e300, -2.5, -0.0, 0, 3, 2.3e-308, nil])),
            .categorical("c", pick(["low", "high", nil]), levels: ["low", "middle", "high"]),
            .text("t", pick(["", "a", "ä", "Z", nil])),
            .date("d", pick([CalendarDate("0000-01-01"), CalendarDate("2020-01-01"), nil])),
        ])
        let ranks: [Column.Value: Int] = [
            .number(-1e300): 0, .number(-2.5): 1, .number(0): 2, .number(2.3e-308): 3,
            .number(3): 4,
            .level("low"): 0, .level("high"): 2, .text(""): 0, .text("Z"): 1, .text("a"): 2,
            .text("ä"): 3, .date(CalendarDate("0000-01-01")!): 0,
            .date(CalendarDate("2020-01-01")!): 1,
        ]
        let names = ["n", "c", "t", "d"].shuffled(using: &generator)
            .prefix(Int.random(in: 1...4, using: &generator))
        let keys = names.map { name in
            Bool.random(using: &generator) ? SortKey.ascending(name) : .descending(name)
        }
        func precedes(_ a: Int, _ b: Int) throws -> Bool {
            for key in keys {
                let (x, y) = (try table[a][key.column], try table[b][key.column])
                if x == y { continue }
                guard let first = ranks[x] else { return false }
                guard let second = ranks[y] else { return true }
                return key.isDescending ? first > second : first < second
            }
            return false
        }
        var expected: [Int] = []
        for row in 0..<count {
            var place = expected.count
            while place > 0, try precedes(row, expected[place - 1]) { place -= 1 }
            expected.insert(row, at: place)
        }
        #expect(try table.sortedRows(by: keys) == expected)
    }

    @Test func filters() throws {
        let table = try Table([
            .numeric("x", [1, nil, 3, 4]), .numeric("flag", [1, 0, nil, 1]),
            .text("t", ["a", "b", "a", nil]),
        ])
        func xs(_ table: Table) throws -> [Double?] {
            try (0..<table.rowCount).map { try table[$0]["x"].number }
        }
        #expect(try xs(table.filter(flag: "flag")) == [1, 4])
        #expect(try xs(table.filter(mask: [false, true, true, false])) == [nil, 3])
        #expect(try xs(table.filter("x") { ($0.number ?? 0) > 2 }) == [3, 4])
        #expect(
            try xs(
                table.filter { row throws(FeatureError) in
                    let (text, number) = (try row["t"].text, try row["x"].number)
                    return text == "a" && number != 3
                }) == [1])
        let error = #expect(throws: FeatureError.self) { try table.filter(flag: "x") }
        #expect(error?.message == "row 2, column 'x': 3 is neither 0 nor 1")
        #expect(throws: FeatureError.self) { try table.filter(flag: "t") }
        #expect(throws: FeatureError.self) { try table.filter("z") { _ in true } }
        #expect(throws: FeatureError.self) {
            try table.filter { row throws(FeatureError) in try row["z"] == .missing }
        }
    }

    @Test func distinctRows() throws {
        let table = try Table([
            .numeric("x", [1, 1, nil, nil, 1]), .text("t", ["a", "a", nil, nil, "b"]),
        ])
        #expect(try table.distinct() == table[rows: [0, 2, 4]])
        #expect(try table.distinct(by: ["x"]) == table[rows: [0, 2]])
        #expect(throws: FeatureError.self) { try table.distinct(by: ["z"]) }
    }

    @Test func concatenation() throws {
        let a = try Table([
            .numeric("x", [1, nil]), .categorical("c", ["b", nil], levels: ["b", "a"]),
            .text("t", ["p", nil]), .date("d", [CalendarDate("2020-01-01"), nil]),
        ])
        let b = try Table([
            .categorical("c", ["z", "a"], levels: ["y", "z", "a"]), .numeric("x", [3, 4]),
            .date("d", [nil, nil]), .text("t", ["q", "r"]),
        ])
        let joined = try Table(concatenating: [a, b, a])
        #expect(joined.columnNames == ["x", "c", "t", "d"] && joined.rowCount == 6)
        #expect(try joined[column: "c"].levels == ["b", "a", "y", "z"])
        #expect(try joined[column: "c"].texts == ["b", nil, "z", "a", "b", nil])
        #expect(joined[2].values == [.number(3), .level("z"), .text("q"), .missing])
        #expect(try Table(concatenating: [a]) == a)
        let other = try a.removing(["t"])
        for (tables, code) in [
            ([a, other], "unknownColumn"), ([other, a], "undeclaredColumn"), ([], "emptyInput"),
            (
                [a, try Table(b.columns.map { $0.name == "x" ? .text("x", ["1", "2"]) : $0 })],
                "wrongKind"
            ),
        ] {
            let error = #expect(throws: FeatureError.self) { try Table(concatenating: tables) }
            #expect(error?.code.description == code)
        }
    }
}
