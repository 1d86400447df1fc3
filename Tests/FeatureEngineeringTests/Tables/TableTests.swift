// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

/// Four rows of every kind, each kind with a missing value.
func mixedTable() throws -> Table {
    try Table([
        .numeric("income", [1000, nil, 2500.5, 0]),
        .categorical("housing", ["own", "rent", nil, "own"], levels: ["rent", "own", "free"]),
        .text("note", ["late, twice", nil, "", "x"]),
        .date("opened", [CalendarDate("2020-02-29"), nil, CalendarDate("1969-12-31"), nil]),
    ])
}

struct TableTests {
    @Test func valuesByNameAndRow() throws {
        let table = try mixedTable()
        #expect(table.rowCount == 4 && table.columnCount == 4)
        #expect(table.columnNames == ["income", "housing", "note", "opened"])
        #expect(try table[column: "income"].missingCount == 1)
        #expect(try table[column: "housing"].codes == [1, 0, -1, 1])
        #expect(try table[column: "housing"].texts == ["own", "rent", nil, "own"])
        #expect(try table[column: "opened"].dates?[2]?.daysSince1970 == -1)
        #expect(try table[column: "note"].numbers == nil)
        #expect(table[2].values == [.number(2500.5), .missing, .text(""), try table[2]["opened"]])
        #expect(try table[1]["note"] == .missing)
        #expect(try table[0]["opened"].description == "2020-02-29")
    }

    @Test func anUnknownNameListsWhatThereIs() throws {
        let table = try mixedTable()
        let error = #expect(throws: FeatureError.self) { try table[column: "Income"] }
        #expect(error?.code == .unknownColumn)
        #expect(
            error?.message
                == "column 'Income': there is no such column; there are income, housing, note, opened"
        )
        #expect(throws: FeatureError.self) { try table[0]["x"] }
        #expect(throws: FeatureError.self) { try table.selecting(["income", "x"]) }
        #expect(throws: FeatureError.self) { try table.removing(["x"]) }
    }

    @Test func columnsAreAddedTakenOutAndSelected() throws {
        var table = try mixedTable()
        try table.append(.numeric("age", [30, 40, 50, 60]))
        #expect(table.columnCount == 5)
        let doubled = #expect(throws: FeatureError.self) {
            try table.append(.numeric("age", [1, 2, 3, 4]))
        }
        #expect(doubled?.code == .duplicateColumn)
        let short = #expect(throws: FeatureError.self) { try table.append(.numeric("z", [1.0])) }
        #expect(short?.code == .unequalLengths)
        #expect(short?.message == "column 'z': has 1 rows where the table has 4")
        #expect(try table.remove(column: "note").kind == .text)
        #expect(try table.selecting(["age", "income"]).columnNames == ["age", "income"])
        #expect(try table.removing(["age", "income"]).columnNames == ["housing", "opened"])
        #expect(throws: FeatureError.self) { try Table([.text("a", ["1"]), .text("a", ["2"])]) }
        #expect(throws: FeatureError.self) { try Table([.text("a", ["1"]), .text("b", [])]) }
        #expect(try table.selecting(["age"])[column: "age"].renamed("years").name == "years")
    }

    @Test func rowsAreGatheredInAnyOrder() throws {
        let table = try mixedTable()
        let gathered = table[rows: [3, 1, 1]]
        #expect(gathered.rowCount == 3)
        for (row, original) in [3, 1, 1].enumerated() {
            #expect(gathered[row].values == table[original].values)
        }
        #expect(try gathered[column: "housing"].levels == ["rent", "own", "free"])
        #expect(table[rows: []].rowCount == 0)
        #expect(table[rows: Array(0..<4)] == table)
        #expect(table[rows: [0, 1, 2, 2]] != table)
    }

    @Test func numbersMustBeFinite() {
        for bad in [Double.nan, .infinity, -.infinity] {
            let plain = #expect(throws: FeatureError.self) { try Column.numeric("a", [1, bad]) }
            #expect(plain?.code == .outOfRange && plain?.row == 1 && plain?.column == "a")
            let optional = #expect(throws: FeatureError.self) {
                try Column.numeric("a", [nil, 1, bad])
            }
            #expect(optional?.row == 2)
        }
    }

    @Test func levelsAreChecked() throws {
        let unknown = #expect(throws: FeatureError.self) {
            try Column.categorical("h", ["own", nil, "rent"], levels: ["own"])
        }
        #expect(
            unknown?.message == "row 2, column 'h': 'rent' is not one of the 1 known levels (own)")
        #expect(throws: FeatureError.self) {
            try Column.categorical("h", ["a"], levels: ["a", "a"])
        }
        for code in [Int32(-2), 2] {
            #expect(throws: FeatureError.self) {
                try Column.categorical("h", codes: [0, code], levels: ["a", "b"])
            }
        }
        #expect(try Column.categorical("h", ["b", "ä", "B", nil]).levels == ["B", "b", "ä"])
    }

    @Test func missingEqualsMissingOnly() throws {
        #expect(try Column.numeric("a", [1, nil]) == Column.numeric("a", [1, nil]))
        #expect(try Column.numeric("a", [1, nil]) != Column.numeric("a", [1, 0]))
        #expect(try Column.numeric("a", [1.0]) != Column.numeric("b", [1.0]))
        #expect(Column.text("a", [""]) != Column.text("a", [nil]))
        #expect(
            try Column.categorical("a", ["x"], levels: ["x"])
                != Column.categorical("a", ["x"], levels: ["x", "y"]))
    }

    @Test func describesItself() throws {
        #expect(
            try mixedTable().description == """
                4 rows x 4 columns
                income   housing         note         opened
                numeric  categorical(3)  text         date
                1000     own             late, twice  2020-02-29
                missing  rent            missing      missing
                2500.5   missing                      1969-12-31
                0        own             x            missing
                """)
        #expect(
            try Table([.numeric("n", (0..<9).map(Double.init))]).description
                .hasSuffix("... 4 more rows"))
        #expect(try Table([]).description == "0 rows x 0 columns")
    }
}
