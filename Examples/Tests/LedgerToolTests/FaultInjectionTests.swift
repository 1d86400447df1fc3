// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

/// The program under strace: killed at, or given an error from, every system call on the chain's
/// files.
@Suite("T8: kills and failing system calls") struct FaultInjectionTests {
    static let strace = URL(fileURLWithPath: "/usr/bin/strace")

    /// Whether strace is there and may trace.
    static let isPermitted: Bool = {
        let folder = FileManager.default.temporaryDirectory
        let run = try? Tool.run(strace, ["-f", "-e", "trace=none", "/bin/true"], in: folder)
        return run?.status == 0
    }()

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

    /// Runs the tool under strace with `expression`, looking at the chain's files only.
    func traced(
        _ tool: Tool, _ expressions: [String], _ arguments: [String]
    ) throws -> (status: Int32, text: String) {
        let paths = Self.names.flatMap { ["-P", tool.path($0)] } + ["-P", tool.folder.path]
        let program = try #require(Tool.program).path
        return try Tool.run(
            Self.strace,
            ["-f", "-qq", "-o", tool.path("log")] + paths + expressions.flatMap { ["-e", $0] }
                + [program] + arguments, in: tool.folder)
    }

    /// How often the tool makes each call on the chain's files.
    func counts(
        _ tool: Tool, _ calls: [String], _ arguments: [String]
    ) throws -> [(call: String, count: Int)] {
        let (status, text) = try traced(
            tool, ["trace=" + calls.joined(separator: ",")], arguments)
        #expect(status == 0, "\(text)")
        let log = try String(contentsOfFile: tool.path("log"), encoding: .utf8)
        return calls.map { call in
            (call, log.split(separator: "\n").count { $0.contains(" \(call)(") })
        }
    }

    func remove(_ tool: Tool) {
        for name in Self.names where name != "." {
            try? FileManager.default.removeItem(atPath: tool.path(name))
        }
    }

    /// What every fault must leave: a chain that verifies and holds all that was acknowledged.
    func check(_ tool: Tool, _ what: String, _ output: String) throws {
        let acknowledged =
            output.split(separator: "\n").compactMap { line -> UInt64? in
                let words = line.split(separator: " ")
                return words.count == 4 && words[0] == "block" ? UInt64(words[1]) : nil
            }.max() ?? 0
        let url = tool.folder.appending(path: "chain")
        let report = try Chain.verify(file: url)
        #expect(report.height >= acknowledged, "\(what): \(output)")
        #expect(report.height <= 2, "\(what)")
        let chain = try Chain.open(at: url)
        #expect(chain.report == report, "\(what)")
        try chain.close()
    }

    @Test(.enabled(if: isPermitted, "strace is missing or may not trace"), arguments: faults)
    func `Appending survives a fault at every call`(fault: Fault) throws {
        try Tool.scene { tool in
            _ = try tool.expect("init", "chain", "--bank", "a", "--bureau", "b")
            let founded = try Data(contentsOf: tool.folder.appending(path: "chain"))
            try Data("one\ntwo\n".utf8).write(to: tool.folder.appending(path: "lines"))
            let arguments = [
                "submit", "entries", "chain", "lines", "--bureau", "b", "--bank", "a", "--batch",
                "1",
            ]
            var faults = 0
            for (call, count) in try counts(tool, fault.calls, arguments) {
                for number in stride(from: 1, through: count, by: 1) {
                    remove(tool)
                    try founded.write(to: tool.folder.appending(path: "chain"))
                    let (_, text) = try traced(
                        tool,
                        ["trace=\(call)", "inject=\(call):\(fault.injection):when=\(number)"],
                        arguments)
                    try check(tool, "\(fault.injection) at \(call) \(number)", text)
                    faults += 1
                }
            }
            #expect(faults >= 30, "\(faults) calls")
        }
    }

    @Test(.enabled(if: isPermitted, "strace is missing or may not trace"), arguments: faults)
    func `Founding a chain leaves a whole one or none`(fault: Fault) throws {
        try Tool.scene { tool in
            let arguments = ["init", "chain", "--bank", "a", "--bureau", "b"]
            let counted = try counts(tool, fault.calls, arguments)
            var faults = 0
            for (call, count) in counted {
                for number in stride(from: 1, through: count, by: 1) {
                    remove(tool)
                    let (status, text) = try traced(
                        tool,
                        ["trace=\(call)", "inject=\(call):\(fault.injection):when=\(number)"],
                        arguments)
                    faults += 1
                    guard FileManager.default.fileExists(atPath: tool.path("chain")) else {
                        #expect(status != 0, "\(fault.injection) at \(call) \(number): \(text)")
                        continue
                    }
                    #expect(
                        try Chain.verify(file: tool.folder.appending(path: "chain")).height == 0,
                        "\(fault.injection) at \(call) \(number): \(text)")
                }
            }
            #expect(faults >= 10, "\(faults) calls")
        }
    }

    @Test(.enabled(if: isPermitted, "strace is missing or may not trace"), arguments: faults)
    func `Pruning and snapshots do all or nothing`(fault: Fault) throws {
        try Tool.scene { tool in
            _ = try tool.expect("init", "chain", "--bank", "a", "--bureau", "b")
            try Data("one\ntwo\n".utf8).write(to: tool.folder.appending(path: "lines"))
            _ = try tool.expect(
                "submit", "entries", "chain", "lines", "--bureau", "b", "--bank", "a", "--batch",
                "1")
            let chain = tool.folder.appending(path: "chain")
            let copy = tool.folder.appending(path: "copy")
            let full = try Data(contentsOf: chain)
            for arguments in [
                ["prune", "chain", "--below", "2"], ["snapshot", "chain", "copy"],
            ] {
                for (call, count) in try counts(tool, fault.calls, arguments) {
                    for number in stride(from: 1, through: count, by: 1) {
                        remove(tool)
                        try full.write(to: chain)
                        let (_, text) = try traced(
                            tool,
                            ["trace=\(call)", "inject=\(call):\(fault.injection):when=\(number)"],
                            arguments)
                        let what = "\(arguments) \(fault.injection) at \(call) \(number): \(text)"
                        let report = try Chain.verify(file: chain)
                        #expect(report.height == 2, "\(what)")
                        #expect([0, 2].contains(report.prunedBelow), "\(what)")
                        if FileManager.default.fileExists(atPath: copy.path) {
                            #expect(try Chain.verify(file: copy).height == 2, "\(what)")
                        }
                    }
                }
                remove(tool)
                try full.write(to: chain)
            }
        }
    }
}
