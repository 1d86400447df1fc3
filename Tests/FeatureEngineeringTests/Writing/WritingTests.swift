// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Foundation
import Testing
import _CreditTestSupport

@Suite("PR4: writing delimited text")
struct WritingTests {
    private static let alphabet: [Unicode.Scalar] = [
        "a", "\"", ",", ";", "\n", "\r", " ", "\t", "ä", "\u{1F600}", "7", "\u{FEFF}",
    ]

    @Test(arguments: propertySeeds(20))
    func everyTableReadsBack(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let count = Int.random(in: 0...20, using: &generator)
        func text(_ lengths: ClosedRange<Int>) -> String {
            var text = ""
            for _ in 0..<Int.random(in: lengths, using: &generator) {
                text.unicodeScalars.append(Self.alphabet.randomElement(using: &generator)!)
            }
            return text
        }
        func values<Value>(_ make: () -> Value) -> [Value?] {
            (0..<count).map { _ in
                Int.random(in: 0..<5, using: &generator) == 0 ? nil : make()
            }
        }
        let levels = ["own", "rent, cheap", "\"free\"", "a\nb"]
        let columns: [Column] = [
            try .numeric(
                "number, of",
                values {
                    let number = Double(bitPattern: generator.next())
                    return number.isFinite ? number : 0.1
                }),
            try .categorical(
                "level",
                values { levels.randomElement(using: &generator)! }, levels: levels),
            .text("text\n\"x\"", values { text(1...5) }),
            .date(
                "date",
                values {
                    CalendarDate(daysSince1970: Int.random(in: -9999...9999, using: &generator))!
                }),
        ]
        let table = try Table(
            columns.shuffled(using: &generator)
                .dropLast(Int.random(in: 0...3, using: &generator)))
        for dialect in [Dialect.csv, .semicolonSeparated, .tabSeparated, .blankSeparated] {
            for dialect in [dialect, dialect.withoutHeader] {
                for missing in ["-none-", "NA"] {
                    let written = try table.csvText(dialect: dialect, missing: missing)
                    if written.isEmpty { continue }
                    let schema = table.schema(dialect: dialect, missing: missing)
                    #expect(
                        try Table(csvText: written, schema: schema) == table,
                        "\(dialect) \(written.debugDescription)")
                }
            }
        }
    }

    @Test func whatIsWritten() throws {
        let table = try Table([
            .numeric("x", [1, nil, -0.125]), .text("t", ["", "a,b", "say \"x\""]),
            .categorical("c", [nil, "u", "v"]), .date("d", [CalendarDate("2020-02-29"), nil, nil]),
        ])
        #expect(
            try table.csvText()
                == "x,t,c,d\n1,,,2020-02-29\n,\"a,b\",u,\n-0.125,\"say \"\"x\"\"\",v,\n")
        #expect(try Table(csvText: table.csvText(), schema: table.schema()) == table)
        let single = try Table([.text("t", ["", nil, "x"])])
        #expect(try single.csvText(missing: "NA") == "t\n\"\"\nNA\nx\n")
    }

    @Test func whatWouldNotReadBackIsRefused() throws {
        func failure(_ columns: [Column], _ dialect: Dialect = .csv, _ missing: String = "")
            -> FeatureError?
        {
            #expect(throws: FeatureError.self) {
                try Table(columns).csvText(dialect: dialect, missing: missing)
            }
        }
        let clash = failure([.text("t", ["a", nil, " "])])
        #expect(
            clash?.message == "row 2, column 't': ' ' is also what stands for a missing value")
        #expect(failure([try .numeric("n", [5, nil])], .csv, "5")?.row == 0)
        #expect(failure([try .categorical("c", [" a"])])?.code == .invalidValue)
        let noQuotes = Dialect(quote: nil)
        #expect(failure([.text("t", ["a,b"])], noQuotes)?.message.contains("needs quotes") == true)
        #expect(failure([.text("a,b", ["x"])], noQuotes)?.row == nil)
        #expect(failure([.text("", ["x"])])?.code == .invalidValue)
        #expect(failure([.text("t", ["x"])], .csv, " NA")?.code == .invalidParameter)
    }

    @Test func filesAreWrittenWholeOrNotAtAll() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "loans.csv")
        let count = 20_000
        let table = try Table([
            .numeric("x", (0..<count).map { Double($0) / 7 }),
            .text("t", (0..<count).map { "row \($0)" }),
        ])
        try table.write(csv: url)
        #expect(try Table(csv: url, schema: table.schema()) == table)
        var broken = table
        try broken.append(
            .text("last", (0..<count).map { $0 == count - 1 ? "" : $0 == 0 ? nil : "x" }))
        #expect(throws: FeatureError.self) { try broken.write(csv: url) }
        #expect(try Table(csv: url, schema: table.schema()) == table)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["loans.csv"])
        let error = #expect(throws: FeatureError.self) {
            try table.write(csv: folder.appending(path: "no/such/folder.csv"))
        }
        #expect(error?.code == .unwritableFile && error?.file == "folder.csv")
    }
}
