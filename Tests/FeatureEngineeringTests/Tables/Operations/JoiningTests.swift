// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

@Suite("PR4: joins")
struct JoiningTests {
    private func golden() throws -> (left: Table, right: Table, golden: TablesGolden) {
        let values: TablesGolden = try FeatureEngineeringTests.golden("tables")
        let left = try Table([
            .numeric("row", values.left.row), .categorical("bank", values.left.bank),
            .numeric("year", values.left.year), .numeric("amount", values.left.amount),
        ])
        let right = try Table([
            .text("bank", values.right.bank), .numeric("year", values.right.year),
            .numeric("rate", values.right.rate),
        ])
        return (left, right, values)
    }

    @Test(arguments: ["inner", "left"])
    func agreesWithPandas(kind: String) throws {
        let (left, right, golden) = try golden()
        let known = try left.filter { row throws(FeatureError) in
            let (bank, year) = (try row["bank"], try row["year"])
            return bank != .missing && year != .missing
        }
        let joined = try known.joined(
            right, on: ["bank", "year"], kind: #require(JoinKind(rawValue: kind)),
            cardinality: .manyToMany)
        #expect(joined.columnNames == ["row", "bank", "year", "amount", "rate"])
        let pairs = try (0..<joined.rowCount).map {
            TablesGolden.Joined(
                row: try #require(try joined[$0]["row"].number), rate: try joined[$0]["rate"].number
            )
        }
        #expect(pairs == golden.joins[kind])
    }

    /// Every kind against a comparison of all pairs of rows.
    @Test(arguments: propertySeeds(30))
    func agreesWithAllPairs(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        func side(_ name: String) throws -> Table {
            let count = Int.random(in: 0...25, using: &generator)
            func pick<Value>(_ values: [Value?]) -> [Value?] {
                (0..<count).map { _ in values.randomElement(using: &generator)! }
            }
            return try Table([
                .numeric("\(name) id", (0..<count).map(Double.init)),
                .date("day", pick([CalendarDate("2020-01-01"), CalendarDate("2021-01-01"), nil])),
                .numeric("\(name) number", pick([0.0, -0.0, 1, 2.5, nil])),
                .categorical("text", pick(["a", "b", nil]), levels: ["b", "z", "a"]),
            ])
        }
        let (left, right) = (try side("left"), try side("right"))
        let keys: [JoinKey] = ["day", JoinKey("left number", "right number"), "text"]
        func values(_ table: Table, _ row: Int) -> [Column.Value] {
            Array(table[row].values.dropFirst())
        }
        let matches = (0..<left.rowCount).map { row in
            (0..<right.rowCount).filter {
                values(left, row) == values(right, $0) && !values(left, row).contains(.missing)
            }
        }
        func ids(_ kind: JoinKind) throws -> [[Double?]] {
            let joined = try left.joined(right, on: keys, kind: kind, cardinality: .manyToMany)
            return try (0..<joined.rowCount).map { row in
                try ["left id", "right id"].filter(joined.contains).map {
                    try joined[row][$0].number
                }
            }
        }
        let pairs = matches.enumerated().flatMap { row, found in
            found.map { [Double(row), Double($0)] as [Double?] }
        }
        #expect(try ids(.inner) == pairs)
        #expect(
            try ids(.left)
                == matches.enumerated().flatMap { row, found in
                    found.isEmpty
                        ? [[Double(row), nil]] : found.map { [Double(row), Double($0)] }
                })
        let matched = matches.indices.filter { !matches[$0].isEmpty }
        #expect(try ids(.semi) == matched.map { [Double($0)] })
        #expect(
            try ids(.anti) == matches.indices.filter { matches[$0].isEmpty }.map { [Double($0)] })
    }

    @Test func cardinalitiesAreChecked() throws {
        let one = try Table([.text("k", ["a", "b", "c"]), .numeric("x", [1, 2, 3])])
        let many = try Table([
            .text("k", ["c", "a", nil, "a", nil]), .numeric("y", [1, 2, 3, 4, 5]),
        ])
        #expect(try many.joined(one, on: ["k"]).rowCount == 3)
        #expect(try one.joined(many, on: ["k"], cardinality: .oneToMany).rowCount == 3)
        #expect(
            try one.joined(one.removing(["x"]), on: ["k"], cardinality: .oneToOne).rowCount == 3)
        for cardinality in [JoinCardinality.manyToOne, .oneToOne] {
            let error = #expect(throws: FeatureError.self) {
                try one.joined(many, on: ["k"], kind: .anti, cardinality: cardinality)
            }
            #expect(error?.code == .duplicateKey && error?.row == 3 && error?.value == "a")
            #expect(
                error?.detail
                    == "the key a of the right table is that of row 1 too, which a "
                    + "\(cardinality.rawValue) join does not allow")
        }
        let left = #expect(throws: FeatureError.self) {
            try many.joined(one, on: ["k"], cardinality: .oneToMany)
        }
        #expect(left?.detail.contains("left table") == true)
    }

    @Test func namesAndKindsAreChecked() throws {
        let a = try Table([.text("k", ["a"]), .numeric("x", [1])])
        let b = try Table([.categorical("k", ["a"]), .numeric("x", [2])])
        let clash = #expect(throws: FeatureError.self) { try a.joined(b, on: ["k"]) }
        #expect(clash?.code == .duplicateColumn && clash?.column == "x")
        let joined = try a.joined(b, on: ["k"], suffix: "_right")
        #expect(joined.columnNames == ["k", "x", "x_right"])
        #expect(joined[0].values == [.text("a"), .number(1), .number(2)])
        let kinds = #expect(throws: FeatureError.self) {
            try a.joined(b, on: [JoinKey("k", "x")])
        }
        #expect(kinds?.code == .wrongKind)
        #expect(
            kinds?.message == "column 'k': is text, its key 'x' in the other table numeric")
        #expect(throws: FeatureError.self) { try a.joined(b, on: []) }
        #expect(throws: FeatureError.self) { try a.joined(b, on: ["z"]) }
    }

    @Test func unmatchedRowsHaveMissingValuesOfEveryKind() throws {
        let left = try Table([.text("k", ["a", "z"])])
        let right = try Table([
            .text("k", ["a"]), .numeric("n", [1]), .categorical("c", ["x"]), .text("t", ["y"]),
            .date("d", [CalendarDate("2020-01-01")]),
        ])
        let joined = try left.joined(right, on: ["k"], kind: .left)
        #expect(joined[1].values == [.text("z"), .missing, .missing, .missing, .missing])
        #expect(joined[0].values.dropFirst() == right[0].values.dropFirst())
        #expect(try joined[column: "c"].levels == ["x"])
    }
}
