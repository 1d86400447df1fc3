// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The executable itself: exit status and standard error.
@Suite struct CommandTests {
    private func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
            .appending(path: "EventSequences")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(
            decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test func `Help names every option, and too few borrowers end with status 1`() throws {
        let help = try run(["--help"])
        #expect(help.status == 0)
        for option in ["--out", "--borrowers", "--epochs", "--seed"] {
            #expect(help.text.contains(option))
        }
        let few = try run(["--borrowers", "20", "--out", "/nowhere/out"])
        #expect(few.status == 1)
        #expect(few.text.hasPrefix("Error: "))
        #expect(few.text.split(separator: "\n").count == 1)
    }
}
