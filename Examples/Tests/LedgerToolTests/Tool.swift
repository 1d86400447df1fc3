// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import _ExampleTestSupport

/// The built program, and a folder with keys, a founding record and a chain.
struct Tool {
    let folder: URL

    static let program = Program("LedgerTool")

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Runs the program in the folder.
    func callAsFunction(_ arguments: String...) throws -> Program.Outcome {
        try Self.program.run(arguments, in: folder)
    }

    /// Runs with expected success and returns the last word.
    @discardableResult
    func expect(
        _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try Self.program.run(arguments, in: folder)
        #expect(
            outcome.status == 0, "\(arguments): \(outcome.text)", sourceLocation: sourceLocation)
        return String(outcome.text.split(whereSeparator: \.isWhitespace).last ?? "")
    }

    @discardableResult
    func expect(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        try expect(arguments, sourceLocation: sourceLocation)
    }

    /// A folder with the keys a (bank), b (bureau) and c (another bank); removed afterwards.
    static func scene<Value>(_ body: (Tool) throws -> Value) throws -> Value {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            for key in ["a", "b", "c"] { try tool.expect("keygen", key) }
            return try body(tool)
        }
    }
}
