// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The executable itself: exit status, standard error, and what it leaves behind.
@Suite struct CommandTests {
    private struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    private func run(_ arguments: [String], in folder: URL) throws -> Outcome {
        let output = folder.appending(path: "stdout")
        let errors = folder.appending(path: "stderr")
        try Data().write(to: output)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = Bundle.module.bundleURL.deletingLastPathComponent()
            .appending(path: "CreditNetwork")
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    @Test func `Bad data ends with status 1 and one line that names the place`() throws {
        let folder = try ExampleData.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appending(path: "bad.data")
        let line = "A11 6 A34 A43 1169 A65 A75 4 A93 A101 4 A121 67 A143 A152 2 A173 1 A192 A201"
        try Data("\(line) 1\n\(line) 3\n".utf8).write(to: data)
        let out = folder.appending(path: "out")
        let outcome = try run(["--data", data.path, "--out", out.path], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("Error: bad.data, line 2, record 2, column 'class': "))
        #expect(outcome.errors.contains("'3'"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: out.path))
    }

    @Test func `Help names every option`() throws {
        let folder = try ExampleData.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try run(["--help"], in: folder)
        #expect(outcome.status == 0)
        for option in ["--data", "--risk-data", "--out", "--seed"] {
            #expect(outcome.output.contains(option))
        }
    }
}
