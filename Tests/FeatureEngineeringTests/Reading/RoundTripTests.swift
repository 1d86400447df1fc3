// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Testing
import _CreditTestSupport

/// Random fields written as RFC 4180 asks and read back through every buffer boundary.
struct RoundTripTests {
    private static let alphabet: [Unicode.Scalar] = [
        "a", "b", "\"", "\"", ",", ";", "\n", "\r", " ", "\t", "ä", "\u{1F600}", "\0", "7",
    ]

    private func field(_ generator: inout TestGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            text.unicodeScalars.append(Self.alphabet.randomElement(using: &generator)!)
        }
        return text
    }

    private func written(
        _ field: String, _ delimiter: Unicode.Scalar, _ generator: inout TestGenerator
    ) -> String {
        let needsQuotes =
            field.isEmpty
            || field.unicodeScalars.contains {
                "\"\n\r".unicodeScalars.contains($0) || $0 == delimiter
            }
        if !needsQuotes, Bool.random(using: &generator) { return field }
        // By scalars, because "\r\n" is one character and a quote may carry combining marks.
        var text = "\""
        for scalar in field.unicodeScalars {
            text.unicodeScalars.append(scalar)
            if scalar == "\"" { text += "\"" }
        }
        return text + "\""
    }

    @Test(arguments: propertySeeds(12))
    func quotedFieldsReadBackAtEveryChunkSize(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let columnCount = Int.random(in: 1...4, using: &generator)
        let delimiter: Unicode.Scalar = Bool.random(using: &generator) ? "," : ";"
        let rows = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
            (0..<columnCount).map { _ in field(&generator) }
        }
        let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator)!
        var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
        text += rows.map { row in
            row.map { written($0, delimiter, &generator) }
                .joined(separator: String(delimiter))
        }.joined(separator: lineEnd)
        if Bool.random(using: &generator) { text += lineEnd }
        let schema = TableSchema(
            (0..<columnCount).map { .text("\($0)") },
            dialect: Dialect(delimiter: delimiter, hasHeader: false))
        for chunk in 1...64 {
            let table = try Table(
                csvBytes: Array(text.utf8), schema: schema, name: "text", chunkByteCount: chunk)
            let back = (0..<table.rowCount).map { row in
                table[row].values.map { Array($0.description.utf8) }
            }
            guard back == rows.map({ $0.map { Array($0.utf8) } }) else {
                Issue.record("chunks of \(chunk) bytes of \(text.debugDescription)")
                return
            }
        }
    }

    @Test(arguments: propertySeeds(6))
    func blankSeparatedWordsReadBackAtEveryChunkSize(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let rows = (0..<6).map { _ in
            (0..<3).map { _ in "\(Int.random(in: 0...99999, using: &generator))" }
        }
        func blanks(_ range: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: range, using: &generator)).map { _ in
                    Bool.random(using: &generator) ? " " : "\t"
                })
        }
        var text = ""
        for row in rows {
            text += blanks(0...3) + row[0] + blanks(1...3) + row[1] + blanks(1...3) + row[2]
            text += blanks(0...3) + ["\n", "\r\n", "\r", "\n\n"].randomElement(using: &generator)!
        }
        let schema = TableSchema("abc".map { .numeric(String($0)) }, dialect: .blankSeparated)
        for chunk in 1...64 {
            let table = try Table(
                csvBytes: Array(text.utf8), schema: schema, name: "text", chunkByteCount: chunk)
            let back = (0..<table.rowCount).map { row in table[row].values.map(\.description) }
            #expect(back == rows, "chunks of \(chunk) bytes")
        }
    }
}
