// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing

struct ReadingErrorTests {
    private let schema = TableSchema([
        .numeric("age", in: 18...99, missing: ["NA"]), .categorical("job", ["a", "b"]),
        .date("opened"), .text("note"),
    ])
    private let header = "age,job,opened,note\n30,a,2020-01-01,\"two\nlines\"\n"

    /// The message for bytes that follow a good first record, the same for every chunk size.
    private func failure(_ rest: [UInt8]) throws -> FeatureError {
        var errors: Set<FeatureError> = []
        for chunk in [1, 2, 7, 1 << 16] {
            let error = #expect(throws: FeatureError.self) {
                try Table(
                    csvBytes: Array(header.utf8) + rest, schema: schema, name: "loans.csv",
                    chunkByteCount: chunk)
            }
            errors.insert(try #require(error))
        }
        #expect(errors.count == 1, "\(errors)")
        return try #require(errors.first)
    }

    @Test(arguments: [
        (
            "31,a,2020-01-01\n", "raggedRow",
            "loans.csv, line 4, record 2: has 3 fields where there are 4 columns"
        ),
        (
            "\n31,a,2020-01-01,x,y\n", "raggedRow",
            "loans.csv, line 5, record 2: has 5 fields where there are 4 columns"
        ),
        (
            "31,a,2020-01-01,x\n32,c,2020-01-01,x\n", "unknownLevel",
            "loans.csv, line 5, record 3, column 'job': 'c' is not one of the 2 known levels (a, b)"
        ),
        (
            "x1,a,2020-01-01,x\n", "invalidValue",
            "loans.csv, line 4, record 2, column 'age': 'x1' is not a number"
        ),
        (
            ",a,2020-01-01,x\n", "invalidValue",
            "loans.csv, line 4, record 2, column 'age': '' is not a number"
        ),
        (
            "17.5,a,2020-01-01,x\n", "outOfRange",
            "loans.csv, line 4, record 2, column 'age': 17.5 is not in 18...99"
        ),
        (
            "\"31\",\"a\r\n\",2020-01-01,x\n", "unknownLevel",
            "loans.csv, line 4, record 2, column 'job': 'a\r\n' is not one of the 2 known levels "
                + "(a, b)"
        ),
        (
            "31,a,2020-02-30,x\n", "invalidValue",
            "loans.csv, line 4, record 2, column 'opened': '2020-02-30' is not a date YYYY-MM-DD"
        ),
        (
            "31,a,\"\n\n\",x\n", "invalidValue",
            "loans.csv, line 4, record 2, column 'opened': '\n\n' is not a date YYYY-MM-DD"
        ),
        (
            "\"\"\"\n\",a,2020-01-01,x\n", "invalidValue",
            "loans.csv, line 4, record 2, column 'age': '\"\n' is not a number"
        ),
        (
            "NA,a,2020-01-01,\"x\n\ny\n", "unterminatedQuote",
            "loans.csv, line 4, record 2: the quote opened here is not closed"
        ),
        (
            "NA,a,2020-01-01,\"x\n\"\n31,\"a", "unterminatedQuote",
            "loans.csv, line 6, record 3: the quote opened here is not closed"
        ),
        (
            "NA,a,\"2020-01-01\n\"x,x\n", "misplacedQuote",
            "loans.csv, line 5, record 2: the closing quote is not followed by a delimiter"
        ),
        (
            "NA,a,2020-01-01,x\n31,a\"b,2020-01-01,x\n", "misplacedQuote",
            "loans.csv, line 5, record 3: a quote stands inside a field that is not quoted"
        ),
    ])
    func namesThePlaceAndTheValue(rest: String, code: String, message: String) throws {
        let error = try failure(Array(rest.utf8))
        #expect(error.code.description == code)
        #expect(error.message == message)
        #expect(error.description == "\(message) [\(code)]")
    }

    @Test func linesAreCountedBehindDoubledQuotes() {
        let schema = TableSchema([.text("a"), .numeric("b")])
        let error = #expect(throws: FeatureError.self) {
            try Table(csvText: "a,b\n\"\"\"\"\"x\"\"\n\n\",1x\n", schema: schema, name: "f")
        }
        #expect(error?.line == 4)
    }

    @Test func fieldsOfTheErrorCarryTheSame() throws {
        let error = try failure(Array("31,a,2020-01-01,x\n31,z,2020-01-01,x\n".utf8))
        #expect(error.file == "loans.csv" && error.line == 5 && error.row == 2)
        #expect(error.column == "job" && error.value == "z")
    }

    @Test func invalidUTF8IsRefusedInEveryKind() throws {
        for (line, column) in [
            ("31,a,2020-01-01,?", "note"), ("31,?,2020-01-01,x", "job"),
            ("3?,a,2020-01-01,x", "age"), ("31,a,2020-01-0?,x", "opened"),
        ] {
            let bytes = line.utf8.map { $0 == UInt8(ascii: "?") ? 0xE9 : $0 }
            let error = try failure(Array("31,a,2020-01-01,x\n".utf8) + bytes)
            #expect(error.code == .invalidUTF8 && error.column == column && error.line == 5)
        }
        let discovered = #expect(throws: FeatureError.self) {
            try Table(
                csvBytes: Array("c\n".utf8) + [0x41, 0xC3],
                schema: TableSchema([.categorical("c")]),
                name: "f", chunkByteCount: 8)
        }
        #expect(discovered?.code == .invalidUTF8)
        let header = #expect(throws: FeatureError.self) {
            try Table(
                csvBytes: [0xC3, 0x0A], schema: TableSchema([.text("c")]), name: "f",
                chunkByteCount: 8)
        }
        #expect(header?.message == "f, line 1: the name of column 1 is not UTF-8")
    }

    @Test func headersAreChecked() {
        func message(_ text: String) -> String? {
            #expect(throws: FeatureError.self) {
                try Table(csvText: text, schema: TableSchema([.text("a"), .text("b")]), name: "f")
            }?.message
        }
        #expect(message("a,b,a\n") == "f, line 1, column 'a': columns 1 and 3 have the same name")
        #expect(
            message("a,c\n")
                == "f, line 1, column 'b': the file has no such column; it has a, c")
        #expect(
            message("b,c,a\n")
                == "f, line 1, column 'c': the schema has no such column; it can be declared as "
                + "skipped")
        #expect(message("") == "f: has no header and no record")
        #expect(message("\n\n\r\n") == "f: has no header and no record")
        #expect(message("\"a\n") == "f, line 1: the quote opened here is not closed")
    }

    @Test func filesThatAreMissingEmptyOrFolders() throws {
        let folder = FileManager.default.temporaryDirectory
        let missing = #expect(throws: FeatureError.self) {
            try Table(csv: folder.appending(path: "no-such-file.csv"), schema: schema)
        }
        #expect(missing?.code == .unreadableFile && missing?.file == "no-such-file.csv")
        #expect(missing?.message.contains("No such file") == true)
        let directory = #expect(throws: FeatureError.self) { try Table(csv: folder) }
        #expect(directory?.code == .unreadableFile)
        let empty = folder.appending(path: "empty-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: empty) }
        for content in ["", "\n\n", "\u{FEFF}"] {
            try Data(content.utf8).write(to: empty)
            for dialect in [Dialect.csv, .csv.withoutHeader, .blankSeparated] {
                for declared in [schema, nil] {
                    let error = #expect(throws: FeatureError.self) {
                        try Table(csv: empty, schema: declared, dialect: dialect)
                    }
                    #expect(error?.code == .emptyFile && error?.file == empty.lastPathComponent)
                }
            }
        }
    }

    @Test func schemasThatContradictThemselves() {
        for schema in [
            TableSchema([]), TableSchema([.skipped("a")]), TableSchema([.text("a"), .text("a")]),
            TableSchema([.categorical("a", ["x", "x"])]),
            TableSchema([.categorical("a", ["x", "NA"], missing: [" NA"])]),
            TableSchema([.categorical("a", [" x"])]),
        ] {
            let error = #expect(throws: FeatureError.self) {
                try Table(csvText: "a\nx\n", schema: schema)
            }
            #expect(error?.code == .invalidSchema || error?.code == .duplicateColumn)
        }
        var dialect = Dialect.csv
        dialect.quote = ","
        let error = #expect(throws: FeatureError.self) {
            try Table(csvText: "a\nx\n", schema: TableSchema([.text("a")], dialect: dialect))
        }
        #expect(error?.code == .invalidSchema)
    }

    @Test func longRecordsAreRefusedBeforeTheyFillTheMemory() {
        var dialect = Dialect.csv
        dialect.maximumRecordByteCount = 100
        let schema = TableSchema([.text("a")], dialect: dialect)
        func failure(_ text: String, chunk: Int) -> FeatureError? {
            #expect(throws: FeatureError.self) {
                try Table(
                    csvBytes: Array(text.utf8), schema: schema, name: "f", chunkByteCount: chunk)
            }
        }
        let long = String(repeating: "x\n", count: 500)
        #expect(
            failure("a\nb\n\"" + long, chunk: 16)?.message
                == "f, line 3, record 2: the quote opened here is not closed within 100 bytes")
        for chunk in [16, 1 << 16] {
            let error = failure("a\n" + String(repeating: "x", count: 101) + "\n", chunk: chunk)
            #expect(error?.message == "f, line 2, record 1: the record is longer than 100 bytes")
        }
    }
}
