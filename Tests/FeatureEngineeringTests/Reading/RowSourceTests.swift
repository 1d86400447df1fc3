// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

/// Rows that hold values rather than text, as a database hands them out.
private struct ValueRows: RowSource {
    let fieldNames: [String]? = ["amount", "purpose", "note"]
    let fieldCount = 3
    let name = "query"
    let rows: [[Double?]]
    var current = -1

    mutating func advance() -> Bool {
        current += 1
        return current < rows.count
    }

    func field(_ index: Int) -> SourceField {
        rows[current][index].map(SourceField.number) ?? .missing
    }

    func line(ofField index: Int) -> Int? { nil }
}

struct RowSourceTests {
    private let schema = TableSchema([
        .text("note"), .numeric("amount", in: 0...100), .categorical("purpose", ["1", "2"]),
    ])

    @Test func valuesBecomeColumns() throws {
        let table = try Table(
            rowsOf: ValueRows(rows: [[1.5, 2, nil], [nil, 1, 7.25]]), schema: schema)
        #expect(table.columnNames == ["note", "amount", "purpose"])
        #expect(table[0].values == [.missing, .number(1.5), .level("2")])
        #expect(table[1].values == [.text("7.25"), .missing, .level("1")])
    }

    @Test func valuesThatDoNotFitAreNamed() {
        let level = #expect(throws: FeatureError.self) {
            try Table(rowsOf: ValueRows(rows: [[1, 1, 1], [1, 3, 1]]), schema: schema)
        }
        #expect(
            level?.message
                == "query, record 2, column 'purpose': '3' is not one of the 2 known levels (1, 2)")
        for number in [101, .nan, .infinity] {
            let range = #expect(throws: FeatureError.self) {
                try Table(rowsOf: ValueRows(rows: [[number, 1, 1]]), schema: schema)
            }
            #expect(range?.code == .outOfRange && range?.column == "amount")
        }
    }
}
