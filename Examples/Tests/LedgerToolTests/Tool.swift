// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The built program, and a folder with keys, a founding record and a chain.
struct Tool {
    let folder: URL

    static let program = Bundle.main.executableURL?.deletingLastPathComponent()
        .appending(path: "LedgerTool")

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Runs `program` with `arguments` in the folder.
    static func run(
        _ program: URL?, _ arguments: [String], in folder: URL
    ) throws -> (status: Int32, text: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(
            decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (
            process.terminationReason == .exit
                ? process.terminationStatus : 128 + process.terminationStatus, text
        )
    }

    @discardableResult
    func callAsFunction(_ arguments: String...) throws -> (status: Int32, text: String) {
        try Self.run(Self.program, arguments, in: folder)
    }

    /// Runs with expected success and returns the last word.
    func expect(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let (status, text) = try Self.run(Self.program, arguments, in: folder)
        #expect(status == 0, "\(arguments): \(text)", sourceLocation: sourceLocation)
        return String(text.split(whereSeparator: \.isWhitespace).last ?? "")
    }

    /// A folder with the keys a (bank), b (bureau) and c (another bank); removed afterwards.
    static func scene<Value>(_ body: (Tool) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tool = Tool(folder: folder)
        for key in ["a", "b", "c"] { _ = try tool.expect("keygen", key) }
        return try body(tool)
    }
}
