// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing

struct SchemaInferenceTests {
    private func infer(_ text: String, _ dialect: Dialect = .csv) throws -> SchemaInference {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "loans für 100 % \(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(text.utf8).write(to: url)
        return try TableSchema.inferred(fromCSV: url, dialect: dialect)
    }

    @Test func kindsFollowFromAllValues() throws {
        let inference = try infer(
            """
            number,date,level,text,code,gap,mixed,word
            1,2024-01-01,a,p,007,,1,NA
            -2.5e3,2024-01-02,b,q,008,NA,2,x
            NA,NULL,a,r,009,nan,3,x
            0,2024-02-29,b,s,010,,x,x
            """)
        #expect(inference.rowCount == 4)
        #expect(
            inference.columns.map(\.kind) == [
                .numeric, .date, .categorical, .text, .text, .text, .text, .categorical,
            ])
        #expect(inference.columns.map(\.missingCount) == [1, 1, 0, 0, 0, 4, 0, 1])
        #expect(inference.columns.map(\.distinctCount) == [3, 3, 2, 4, 4, 0, 4, 1])
        #expect(inference.schema.columns[2].levels == ["a", "b"])
        #expect(inference.columns[5].reason == "every value is missing")
        #expect(inference.columns[6].reason == "'x' is not a number, and few values repeat")
        #expect(
            inference.description.hasPrefix(
                "4 rows x 8 columns\nnumber: numeric, 1 missing, 3 distinct values, -2500 to 1; "))
        #expect(inference.columns[0].minimum == .number(-2500))
        #expect(inference.columns[0].maximum == .number(1))
        #expect(inference.columns[0].firstOffendingValue == nil)
        #expect(inference.columns[1].maximum == .date(CalendarDate("2024-02-29")!))
        #expect(inference.columns[1].firstOffendingValue == "2024-01-01")
        #expect(inference.columns[2].levels == ["a", "b"])
        #expect(inference.columns[2].minimum == nil)
        #expect(inference.columns[6].firstOffendingValue == "x")
        #expect(inference.columns[6].firstOffendingRow == 3)
    }

    @Test func theInferredSchemaReadsTheFile() throws {
        let text = "a;b;c\n1;x;2024-01-01\n;y;\n3;x;2024-01-03\n4;y;NA\n"
        let table = try Table(csvText: text, dialect: .semicolonSeparated)
        #expect(table.columns.map(\.kind) == [.numeric, .categorical, .date])
        #expect(try table[column: "a"].missingCount == 1)
        #expect(try table[column: "c"].missingCount == 2)
        let schema = try infer(text, .semicolonSeparated).schema
        #expect(try Table(csvText: text, schema: schema) == table)
        let coded = try JSONDecoder().decode(
            TableSchema.self, from: JSONEncoder().encode(schema))
        #expect(coded == schema)
    }

    @Test func columnsWithoutAHeaderAreNumbered() throws {
        let table = try Table(csvText: "1 a\n2 a\n", dialect: .blankSeparated)
        #expect(table.columnNames == ["column1", "column2"])
        #expect(table.columns.map(\.kind) == [.numeric, .categorical])
    }

    @Test func manyDifferentWordsAreText() throws {
        let limit = TableSchema.inferredLevelLimit
        func kind(_ count: Int) throws -> SchemaInference.ColumnReport {
            let words = (0..<count).map { "w\($0)" }
            return try infer("c\n" + (words + words).joined(separator: "\n")).columns[0]
        }
        #expect(try kind(limit).kind == .categorical)
        #expect(try kind(limit + 1).kind == .text)
        #expect(try kind(limit + 1).hasMoreDistinctValues)
        #expect(try !kind(limit).hasMoreDistinctValues)
    }

    @Test func badFilesAreRefused() {
        for (text, code) in [
            ("a,b\n1\n", "raggedRow"), ("a\n", "emptyFile"), ("a,a\n1,2\n", "duplicateColumn"),
            ("a\n\"x", "unterminatedQuote"),
        ] {
            let error = #expect(throws: FeatureError.self) { try Table(csvText: text) }
            #expect(error?.code.description == code)
        }
    }
}
