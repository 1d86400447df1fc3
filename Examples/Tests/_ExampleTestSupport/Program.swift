// SPDX-License-Identifier: Apache-2.0

package import Foundation
package import Testing

/// An executable, and what it says and returns.
package struct Program: Sendable {
    package let executable: URL

    package init(executable: URL) { self.executable = executable }

    /// A program of this package, built beside the tests.
    package init(_ name: String) {
        let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        executable = tests.deletingLastPathComponent().appending(path: name)
    }

    /// How a run ended.
    package struct Outcome: Sendable {
        /// The exit status, or 128 and the number of the signal that ended it.
        package let status: Int32
        package let output: String
        package let errors: String

        /// Standard output, then standard error.
        package var text: String { output + errors }
    }

    /// Runs the program to its end.
    package func run(_ arguments: [String], in folder: URL? = nil) throws -> Outcome {
        try withTemporaryFolder { streams in
            // Files take more than a pipe, of which only one could be read at a time.
            let files = ["output", "errors"].map { streams.appending(path: $0) }
            for file in files { try Data().write(to: file) }
            let process = Process()
            process.executableURL = executable
            process.arguments = arguments
            process.currentDirectoryURL = folder
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            try process.run()
            process.waitUntilExit()
            let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
            let signal: Int32 = process.terminationReason == .exit ? 0 : 128
            return Outcome(
                status: signal + process.terminationStatus, output: texts[0], errors: texts[1])
        }
    }

    /// Expects that `--help` succeeds and names `words`.
    package func expectHelp(
        naming words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let help = try run(["--help"])
        #expect(help.status == 0, sourceLocation: sourceLocation)
        for word in words {
            #expect(help.output.contains(word), "\(word)", sourceLocation: sourceLocation)
        }
    }

    /// Expects status 1, nothing on standard output, and one line on standard error.
    ///
    /// - Returns: The line behind `Error: `.
    @discardableResult
    package func expectError(
        _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try run(arguments)
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.errors.hasPrefix("Error: "), sourceLocation: sourceLocation)
        #expect(outcome.errors.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
        return String(outcome.errors.dropFirst(7))
    }
}
