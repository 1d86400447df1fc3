// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing
import _ExampleTestSupport

private enum Strace {
    static let program = Program(executable: URL(fileURLWithPath: "/usr/bin/strace"))

    /// Whether strace is there and may trace.
    static let isPermitted =
        (try? program.run(["-f", "-e", "trace=none", "/bin/true"]))?.status == 0
}

/// The program under strace: killed at, or given an error from, every system call on the chain's
/// files.
@Suite(
    "T8: kills and failing system calls",
    .enabled(if: Strace.isPermitted, "strace is missing or may not trace"))
struct FaultInjectionTests {
    /// The calls by which SQLite and the tool work on a file.
    static let calls =
        writing + [
            "read", "pread64", "fsync", "fdatasync", "rename", "unlink", "lseek", "fcntl", "mmap",
            "close", "newfstatat", "fstat",
        ]
    /// Those that may run out of room.
    static let writing = ["openat", "write", "pwrite64", "ftruncate", "fallocate"]

    /// A fault and the calls at which it makes a difference.
    struct Fault: CustomTestStringConvertible, Sendable {
        var injection: String
        var calls: [String]
        var testDescription: String { injection }
    }

    static let faults = [
        Fault(injection: "error=EIO", calls: calls),
        Fault(injection: "error=ENOSPC", calls: writing),
        Fault(
            injection: "signal=SIGKILL",
            calls: writing + ["fsync", "fdatasync", "rename", "unlink", "close"]),
    ]

    static let names = [
        "chain", "chain.partial", "chain-wal", "chain-shm", "chain-journal",
        "chain.partial-journal", "copy", "copy.partial", "copy.partial-journal", ".",
    ]

    /// Runs the tool under strace with `expressions`, looking at the chain's files only.
    func traced(
        _ tool: Tool, _ expressions: [String], _ arguments: [String]
    ) throws -> Program.Outcome {
        let paths = Self.names.flatMap { ["-P", tool.path($0)] } + ["-P", tool.folder.path]
        return try Strace.program.run(
            ["-f", "-qq", "-o", tool.path("log")] + paths + expressions.flatMap { ["-e", $0] }
                + [Tool.program.executable.path] + arguments, in: tool.folder)
    }

    /// How often the tool makes each call on the chain's files.
    func counts(
        _ tool: Tool, _ calls: [String], _ arguments: [String]
    ) throws -> [(call: String, count: Int)] {
        let outcome = try traced(tool, ["trace=" + calls.joined(separator: ",")], arguments)
        #expect(outcome.status == 0, "\(outcome.text)")
        let log = try String(contentsOfFile: tool.path("log"), encoding: .utf8)
        return calls.map { call in
            (call, log.split(separator: "\n").count { $0.contains(" \(call)(") })
        }
    }

    /// Leaves the file `chain` with these bytes, or none, and nothing that belongs to it.
    func reset(_ tool: Tool, to chain: Data?) throws {
        for name in Self.names where name != "." {
            try? FileManager.default.removeItem(atPath: tool.path(name))
        }
        try chain?.write(to: tool.folder.appending(path: "chain"))
    }

    /// Runs the tool on `chain` with the fault at the first call, at the second and so on.
    ///
    /// - Parameter check: Sees what was done, and how it ended.
    /// - Returns: The number of faults.
    @discardableResult
    func eachCall(
        _ fault: Fault, _ tool: Tool, on chain: Data?, _ arguments: [String],
        _ check: (_ what: String, _ outcome: Program.Outcome) throws -> Void
    ) throws -> Int {
        try reset(tool, to: chain)
        let counts = try counts(tool, fault.calls, arguments)
        for (call, count) in counts {
            for number in stride(from: 1, through: count, by: 1) {
                try reset(tool, to: chain)
                let outcome = try traced(
                    tool, ["trace=\(call)", "inject=\(call):\(fault.injection):when=\(number)"],
                    arguments)
                let what = "\(arguments) \(fault.injection) at \(call) \(number): \(outcome.text)"
                try check(what, outcome)
            }
        }
        return counts.reduce(0) { $0 + $1.count }
    }

    private static let submission = [
        "submit", "entries", "chain", "lines", "--bureau", "b", "--bank", "a", "--batch", "1",
    ]

    /// Founds a chain with two lines to submit, and returns the chain's bytes.
    func found(_ tool: Tool) throws -> Data {
        try tool.expect("init", "chain", "--bank", "a", "--bureau", "b")
        try Data("one\ntwo\n".utf8).write(to: tool.folder.appending(path: "lines"))
        return try Data(contentsOf: tool.folder.appending(path: "chain"))
    }

    /// Every fault must leave a chain that verifies and holds all that was acknowledged.
    @Test(arguments: faults)
    func `Appending survives a fault at every call`(fault: Fault) throws {
        try Tool.scene { tool in
            let url = tool.folder.appending(path: "chain")
            let count = try eachCall(fault, tool, on: found(tool), Self.submission) {
                what, outcome in
                let acknowledged =
                    outcome.output.split(separator: "\n").compactMap { line -> UInt64? in
                        let words = line.split(separator: " ")
                        return words.count == 4 && words[0] == "block" ? UInt64(words[1]) : nil
                    }.max() ?? 0
                let report = try Chain.verify(file: url)
                #expect(report.height >= acknowledged, "\(what)")
                #expect(report.height <= 2, "\(what)")
                let chain = try Chain.open(at: url)
                #expect(chain.report == report, "\(what)")
                try chain.close()
            }
            #expect(count >= 30, "\(count) calls")
        }
    }

    @Test(arguments: faults)
    func `Founding a chain leaves a whole one or none`(fault: Fault) throws {
        try Tool.scene { tool in
            let url = tool.folder.appending(path: "chain")
            let arguments = ["init", "chain", "--bank", "a", "--bureau", "b"]
            let count = try eachCall(fault, tool, on: nil, arguments) { what, outcome in
                guard FileManager.default.fileExists(atPath: url.path) else {
                    #expect(outcome.status != 0, "\(what)")
                    return
                }
                let report = try Chain.verify(file: url)
                #expect(report.height == 0, "\(what)")
            }
            #expect(count >= 10, "\(count) calls")
        }
    }

    @Test(arguments: faults)
    func `Pruning and snapshots do all or nothing`(fault: Fault) throws {
        try Tool.scene { tool in
            _ = try found(tool)
            try tool.expect(Self.submission)
            let chain = tool.folder.appending(path: "chain")
            let copy = tool.folder.appending(path: "copy")
            let full = try Data(contentsOf: chain)
            for arguments in [
                ["prune", "chain", "--below", "2"], ["snapshot", "chain", "copy"],
            ] {
                let count = try eachCall(fault, tool, on: full, arguments) { what, _ in
                    let report = try Chain.verify(file: chain)
                    #expect(report.height == 2, "\(what)")
                    #expect([0, 2].contains(report.prunedBelow), "\(what)")
                    if FileManager.default.fileExists(atPath: copy.path) {
                        #expect(try Chain.verify(file: copy).height == 2, "\(what)")
                    }
                }
                #expect(count >= 5, "\(arguments): \(count) calls")
            }
        }
    }
}
