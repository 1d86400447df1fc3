// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing

@Suite("PR4: ARFF")
struct ARFFTests {
    @Test func agreesWithSciPy() throws {
        let golden: TablesGolden = try golden("tables")
        let table = try Table(arffText: golden.arff.text)
        #expect(table.columnNames == ["amount", "home owner", "term"])
        #expect(try table[column: "home owner"].levels == ["yes", "no", "unknown"])
        #expect(try table[column: "home owner"].texts == golden.arff.owner)
        for (name, expected) in [("amount", golden.arff.amount), ("term", golden.arff.term)] {
            #expect(try (0..<3).map { try table[$0][name].number } == expected)
        }
    }

    @Test func quotesEscapesDatesAndSparseRecords() throws {
        let table = try Table(
            arffText: """
                \u{FEFF}@relation x
                @attribute "it's" numeric
                @attribute grade {'b c', 'it\\'s', d}
                @attribute seen date "dd.MM.yyyy"
                @attribute note STRING
                @attribute at DATE

                @data
                1.5,'it\\'s',29.02.2024,'a, {b} % \\"c\\"',2020-01-31T23:59:00\r
                ?, "b c" , ?, '?', ?
                {0 7, 2 01.01.2000, 3 "x y", 4 ?}
                { 1 d, 2 '02.01.2000', 3 ?, 4 '1999-12-31T00:00:00' }
                """)
        #expect(table.rowCount == 4)
        #expect(try table[column: "it's"].numbers?.map { $0.isNaN ? -1 : $0 } == [1.5, -1, 7, 0])
        #expect(try table[column: "grade"].texts == ["it's", "b c", "b c", "d"])
        #expect(
            try table[column: "seen"].dates == [
                CalendarDate("2024-02-29"), nil, CalendarDate("2000-01-01"),
                CalendarDate("2000-01-02"),
            ])
        #expect(try table[column: "note"].texts == ["a, {b} % \"c\"", "?", "x y", nil])
        #expect(
            try table[column: "at"].dates == [
                CalendarDate("2020-01-31"), nil, nil, CalendarDate("1999-12-31"),
            ])
    }

    @Test func anEmptySparseRecordIsAllZeros() throws {
        let table = try Table(arffText: "@attribute a real\n@attribute b {x,y}\n@data\n{}\n")
        #expect(table[0].values == [.number(0), .level("x")])
    }

    @Test(arguments: [
        ("@attribute a real\n1", "malformedFile", "f, line 2: '1' is not @relation"),
        ("@attribute a real\n", "malformedFile", "f: has no @data line"),
        ("@data\n1", "malformedFile", "f, line 1: @data comes before any @attribute"),
        ("@attribute a real\n@attribute a real\n", "duplicateColumn", "f, line 2, column 'a'"),
        ("@attribute a relational\n", "malformedFile", "f, line 1, column 'a': the type 'rel"),
        ("@attribute a {x,x}\n", "invalidSchema", "f, line 1, column 'a': level 'x' is listed"),
        ("@attribute a {x,\n", "malformedFile", "f, line 1: a value is missing"),
        ("@attribute a date 'yy'\n", "malformedFile", "f, line 1, column 'a': the date format"),
        ("@attribute a date 'MM-dd'\n", "malformedFile", "f, line 1, column 'a': the date form"),
        ("@attribute 'a real\n", "unterminatedQuote", "f, line 1: a quote is not closed"),
        ("@attribute a real\n@data\n1\n1,2", "raggedRow", "f, line 4, record 2: has more values"),
        (
            "@attribute a real\n@attribute b real\n@data\n1", "raggedRow",
            "f, line 4, record 1: has only 1 values where there are 2 attributes"
        ),
        (
            "@attribute a real\n@data\n%\nx", "invalidValue",
            "f, line 4, record 1, column 'a': 'x' is not a number"
        ),
        (
            "@attribute a real\r\n@data\r\r\r\n1\nx", "invalidValue",
            "f, line 6, record 2, column 'a': 'x' is not a number"
        ),
        (
            "@attribute a {x}\n@data\ny", "unknownLevel",
            "f, line 3, record 1, column 'a': 'y' is not one of the 1 known levels (x)"
        ),
        (
            "@attribute a date 'yyyy-MM-dd'\n@data\n2020-02-30", "invalidValue",
            "f, line 3, record 1, column 'a': '2020-02-30' is not a date of the declared format"
        ),
        ("@attribute a real\n@data\n{1 2}", "outOfRange", "f, line 3, record 1: '1' is not the"),
        (
            "@attribute a real\n@attribute b real\n@data\n{1 2, 0 3}", "malformedFile",
            "f, line 4, record 1: the indices of a sparse record must ascend"
        ),
        ("@attribute a string\n@data\n{}", "missingValue", "f, line 3, record 1, column 'a': a sp"),
        ("@attribute a real\n@data\n1, {5}", "malformedFile", "f, line 3, record 1: instance wei"),
        ("@attribute a real\n@data\n{0 1} x", "malformedFile", "f, line 3, record 1: text follows"),
        ("@attribute a real\n@data\n1e400", "outOfRange", "f, line 3, record 1, column 'a': 1e400"),
    ])
    func mistakesAreNamed(text: String, code: String, start: String) {
        let error = #expect(throws: FeatureError.self) { try Table(arffText: text, name: "f") }
        #expect(error?.code.description == code)
        #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
    }

    @Test func aFile() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).arff")
        defer { try? FileManager.default.removeItem(at: url) }
        let rows = (0..<30_000).map { "\($0),\($0 % 3 == 0 ? "x" : "y")" }
        let text = "@attribute a real\n@attribute b {x,y}\n@data\n" + rows.joined(separator: "\r\n")
        try Data(text.utf8).write(to: url)
        let table = try Table(arff: url)
        #expect(try table[column: "a"].numbers == (0..<30_000).map(Double.init))
        #expect(try table[column: "b"].codes?.count { $0 == 0 } == 10_000)
    }
}
