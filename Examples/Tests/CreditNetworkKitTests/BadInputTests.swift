// SPDX-License-Identifier: Apache-2.0

import CreditNetworkKit
import FeatureEngineering
import Foundation
import Testing
import _ExampleTestSupport

@Suite struct BadInputTests {
    /// A German credit file with one thing wrong, and what the message must say of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var code: FeatureError.Code
        var words: [String]
    }

    private static let line =
        "A11 6 A34 A43 1169 A65 A75 4 A93 A101 4 A121 67 A143 A152 2 A173 1 A192 A201 1"

    private static func replacing(_ field: Int, by text: String) -> String {
        var fields = line.split(separator: " ").map(String.init)
        fields[field] = text
        return fields.joined(separator: " ")
    }

    private static let cases = [
        Case(testDescription: "an empty file", lines: [], code: .emptyFile, words: ["bad.data"]),
        Case(
            testDescription: "a row that is too short",
            lines: [line, line, String(line.dropLast(2))], code: .raggedRow,
            words: ["bad.data", "line 3", "20", "21"]),
        Case(
            testDescription: "a row that is too long", lines: [line, line + " 1"],
            code: .raggedRow, words: ["bad.data", "line 2", "22", "21"]),
        Case(
            testDescription: "an unknown category", lines: [line, replacing(3, by: "A99")],
            code: .unknownLevel, words: ["bad.data", "line 2", "'purpose'", "A99"]),
        Case(
            testDescription: "a word for a number", lines: [replacing(12, by: "old")],
            code: .invalidValue, words: ["bad.data", "line 1", "'age'", "old"]),
        Case(
            testDescription: "a number out of range", lines: [line, replacing(4, by: "-7")],
            code: .outOfRange, words: ["bad.data", "line 2", "'credit_amount'", "-7"]),
        Case(
            testDescription: "a label that is neither 1 nor 2",
            lines: [line, line, line, replacing(20, by: "3")], code: .unknownLevel,
            words: ["bad.data", "line 4", "'class'", "3"]),
    ]

    @Test(arguments: cases)
    func `A bad file is named with its line, column and value, and nothing is left`(
        badCase: Case
    ) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "bad.data")
            try Data(badCase.lines.map { $0 + "\n" }.joined().utf8).write(to: file)
            let run = CreditNetworkRun(data: file, output: folder.appending(path: "out"))
            let error = try #require(throws: FeatureError.self) { _ = try run.run() }
            #expect(error.code == badCase.code)
            for word in badCase.words { #expect("\(error)".contains(word), "\(error)") }
            #expect(!FileManager.default.fileExists(atPath: run.output.path))
        }
    }

    @Test func `A missing file is named`() throws {
        try withTemporaryFolder { folder in
            let run = CreditNetworkRun(
                data: folder.appending(path: "none.data"), output: folder.appending(path: "out"))
            let error = try #require(throws: FeatureError.self) { _ = try run.run() }
            #expect(error.code == .unreadableFile)
            #expect("\(error)".contains("none.data"))
            #expect(!FileManager.default.fileExists(atPath: run.output.path))
        }
    }

    @Test func `A risk file that was asked for must be there and be right`() throws {
        try withTemporaryFolder { folder in
            var run = CreditNetworkRun(
                data: nil, riskData: folder.appending(path: "risk.csv"),
                output: folder.appending(path: "out"))
            run.inventedLoanCount = 50
            let missing = try #require(throws: FeatureError.self) { _ = try run.run() }
            #expect(missing.code == .unreadableFile)
            let text = """
                ;Age;Sex;Job;Housing;Saving accounts;Checking account;Credit amount;Duration;\
                Purpose;Risk
                0;67;male;2;own;NA;little;1169;6;radio/TV;good
                1;22;female;7;own;little;moderate;5951;48;radio/TV;bad

                """
            try Data(text.utf8).write(to: folder.appending(path: "risk.csv"))
            let wrong = try #require(throws: FeatureError.self) { _ = try run.run() }
            #expect(wrong.code == .unknownLevel)
            for word in ["risk.csv", "line 3", "'Job'", "7"] { #expect("\(wrong)".contains(word)) }
            #expect(!FileManager.default.fileExists(atPath: run.output.path))
        }
    }

    @Test func `A failure behind the reading leaves earlier results alone`() throws {
        try withTemporaryFolder { folder in
            // Two loans can be read, but not be cut into ten folds.
            let file = folder.appending(path: "few.data")
            try Data("\(Self.line)\n\(Self.replacing(20, by: "2"))\n".utf8).write(to: file)
            let out = folder.appending(path: "out")
            try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
            for name in ["report.html", "chain.sqlite"] {
                try Data("earlier".utf8).write(to: out.appending(path: name))
            }
            #expect(throws: (any Error).self) {
                _ = try CreditNetworkRun(data: file, output: out).run()
            }
            let left = try names(in: out)
            #expect(left == ["chain.sqlite", "report.html"])
            for name in left {
                #expect(try Data(contentsOf: out.appending(path: name)) == Data("earlier".utf8))
            }
        }
    }
}
