// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing

/// The rows of `text`, read as columns of text at several chunk sizes.
private func rows(_ text: String, columns: Int, _ dialect: Dialect) throws -> [[String?]] {
    let schema = TableSchema("abcdefg".prefix(columns).map { .text(String($0)) })
    var result: [[String?]]?
    // Every boundary of the buffer falls everywhere once; the result must not notice.
    for chunk in [1, 2, 3, 5, 8, 64, 1 << 18] {
        let table = try Table(
            csvBytes: Array(text.utf8), schema: schema, dialect: dialect, name: "text",
            chunkByteCount: chunk)
        let columns = try table.columnNames.map { try table[column: $0].texts ?? [] }
        let rows = (0..<table.rowCount).map { row in columns.map { $0[row] } }
        if let result { #expect(rows == result, "chunks of \(chunk) bytes") }
        result = rows
    }
    return try #require(result)
}

struct DelimitedReadingTests {
    private let plain = Dialect.csv.withoutHeader

    @Test func everyLineEnd() throws {
        for end in ["\n", "\r\n", "\r"] {
            let expected = [["1", "2"], ["3", ""], ["", "4"]]
            let lines = ["1,2", "3,", ",4"]
            #expect(try rows(lines.joined(separator: end), columns: 2, plain) == expected)
            #expect(try rows(lines.joined(separator: end) + end, columns: 2, plain) == expected)
            let gaps = end + lines.joined(separator: end + end) + end + end
            #expect(try rows(gaps, columns: 2, plain) == expected)
        }
        #expect(try rows("1,2\r3,4\n5,6\r\n", columns: 2, plain).count == 3)
    }

    @Test func quotesDoubledQuotesAndLineEndsInside() throws {
        #expect(
            try rows(
                "\"a,b\",\"say \"\"x\"\"\"\r\n\"line\r\nend\",\"\"\n\"\"\"\",\"\r\"",
                columns: 2, plain)
                == [["a,b", "say \"x\""], ["line\r\nend", ""], ["\"", "\r"]])
        #expect(try rows("\"\"\"\"\"\",b", columns: 2, plain) == [["\"\"", "b"]])
        #expect(
            try rows("'a;b';it\"s", columns: 2, Dialect(delimiter: ";", quote: "'").withoutHeader)
                == [["a;b", "it\"s"]])
        #expect(
            try rows("5\" pipe,\"", columns: 2, Dialect(quote: nil, hasHeader: false))
                == [["5\" pipe", "\""]])
    }

    @Test func blanksArePartOfText() throws {
        #expect(try rows(" a ,\tb\n", columns: 2, plain) == [[" a ", "\tb"]])
        #expect(
            try rows("a\t b", columns: 2, .tabSeparated.withoutHeader) == [["a", " b"]])
        #expect(
            try rows("a b  c", columns: 4, Dialect(delimiter: " ", hasHeader: false))
                == [["a", "b", "", "c"]])
    }

    @Test func runsOfBlanksSeparate() throws {
        #expect(
            try rows("  a \t b\n\n \t \n c\td  \r\n\"e f\"   \"\"", columns: 2, .blankSeparated)
                == [["a", "b"], ["c", "d"], ["e f", ""]])
        #expect(try rows("a", columns: 1, .blankSeparated) == [["a"]])
        #expect(try rows("a b ", columns: 2, .blankSeparated) == [["a", "b"]])
    }

    @Test func byteOrderMark() throws {
        #expect(try rows("\u{FEFF}1,2", columns: 2, plain) == [["1", "2"]])
        #expect(try rows("\u{FEFF}a,b\n1,2", columns: 2, .csv) == [["1", "2"]])
        let error = #expect(throws: FeatureError.self) {
            try Table(
                csvBytes: [0xFF, 0xFE, 0x61, 0], schema: TableSchema([.text("a")]), name: "f.csv",
                chunkByteCount: 1)
        }
        #expect(error?.code == .invalidUTF8)
    }

    @Test func anEmptyLineIsARecordInAFileOfOneColumn() throws {
        #expect(try rows("x\n\ny\n", columns: 1, plain) == [["x"], [""], ["y"]])
        #expect(try rows("a\nx\n\n", columns: 1, .csv) == [["x"], [""]])
        #expect(try rows("x\n\n \ny\n", columns: 1, .blankSeparated) == [["x"], ["y"]])
    }

    @Test func aHeaderNamesColumnsInAnyOrder() throws {
        let schema = TableSchema([.text("b"), .numeric("a"), .skipped("column2")])
        let table = try Table(csvText: "a,,b\n1,junk,x\n2,\u{1F600},y\n", schema: schema)
        #expect(table.columnNames == ["b", "a"])
        #expect(try table[column: "a"].numbers == [1, 2])
        #expect(try table[column: "b"].texts == ["x", "y"])
    }

    @Test func aHeaderAloneIsATableWithoutRows() throws {
        let schema = TableSchema([.numeric("a"), .categorical("b", ["x"])])
        let table = try Table(csvText: "a,b\n", schema: schema)
        #expect(table.rowCount == 0 && table.columnCount == 2)
        #expect(try table[column: "b"].levels == ["x"])
    }

    @Test func missingMarkersAreMissingInEveryKind() throws {
        let schema = TableSchema([
            .numeric("n", missing: ["", "NA"]), .categorical("c", ["x"], missing: ["?"]),
            .text("t", missing: ["-"]), .date("d", missing: ["none"]),
            .categorical("open", missing: [""]),
        ])
        let table = try Table(
            csvText: """
                n,c,t,d,open
                NA,?,-,none,
                 , ? , - ,none,b
                1.5, x ,"",2024-02-29, a
                " NA","?",x,none," b "
                """, schema: schema)
        #expect(
            table[0].values + table[1].values
                == Array(repeating: .missing, count: 9) + [.level("b")])
        #expect(table[2].values.map(\.description) == ["1.5", "x", "", "2024-02-29", "a"])
        #expect(try table[3]["n"] == .missing && table[3]["t"] == .text("x"))
        #expect(try table[column: "open"].levels == ["a", "b"])
        #expect(try table[column: "open"].codes == [-1, 1, 0, 1])
    }

    @Test func levelsOfEqualTextAreOneLevel() throws {
        let table = try Table(
            csvText: "c\ne\u{301}\n\u{E9}\n", schema: TableSchema([.categorical("c")]))
        #expect(try table[column: "c"].levels?.count == 1)
        let declared = try Table(
            csvText: "c\ne\u{301}\n\u{E9}\n", schema: TableSchema([.categorical("c", ["\u{E9}"])]))
        #expect(try declared[column: "c"].codes == [0, 0])
    }

    @Test func manyDiscoveredLevelsKeepTheirCodes() throws {
        let names = (0..<500).map { "level \($0 * 7919 % 500)" }
        let table = try Table(
            csvText: "c\n" + (names + names).joined(separator: "\n"),
            schema: TableSchema([.categorical("c")]))
        #expect(try table[column: "c"].texts == names + names)
        #expect(try table[column: "c"].levels == names.sorted())
    }
}
