// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Faults of the disk while a chain is exported or an exported one is imported.
///
/// Limits on the size of files and on how many are open, in a process of its own, play them: a
/// write beyond the size is cut short and the next one fails, or kills the process, depending on
/// what is done about the signal.
@Suite("I4, T8: faults during export and import") struct ExportFaultTests {
    enum Operation: String, CaseIterable, Codable, Sendable {
        case export, `import`

        /// The file that it makes.
        func target(in folder: URL) -> URL { folder.appending(path: "\(self)ed") }

        func perform(in folder: URL, with fault: Fault? = nil) throws {
            switch self {
            case .export:
                let chain = try Chain.open(at: folder.appending(path: "chain"))
                defer { try? chain.close() }
                // The first read makes a file of SQLite's beside the chain.
                _ = try chain.block(at: 1)
                let end = fault?.begin()
                defer { end?() }
                try chain.export(to: target(in: folder))
            case .import:
                let end = fault?.begin()
                defer { end?() }
                try Chain.import(folder.appending(path: "file"), to: target(in: folder)).close()
            }
        }

        func verify(in folder: URL) throws -> ChainReport {
            switch self {
            case .export: try Chain.verify(export: target(in: folder))
            case .import: try Chain.verify(file: target(in: folder))
            }
        }
    }

    /// A chain of three blocks and its export.
    static func scene(in folder: URL) throws -> ChainReport {
        var network = try Network()
        let chain = try Chain.create(at: folder.appending(path: "chain"), genesis: network.genesis)
        try ChainTests.fill(chain, &network)
        try chain.export(to: folder.appending(path: "file"))
        let report = chain.report
        try chain.close()
        return report
    }

    static let scene = ["chain", "file"]

    /// What the system does not give.
    enum Fault: Hashable, Codable, Sendable {
        /// Files of more bytes.
        case fileSize(Int)
        /// More open files.
        case openFiles(Int)

        private var resource: (kind: __rlimit_resource_t, limit: Int) {
            switch self {
            case .fileSize(let size): (__rlimit_resource_t(RLIMIT_FSIZE.rawValue), size)
            case .openFiles(let count): (__rlimit_resource_t(RLIMIT_NOFILE.rawValue), count)
            }
        }

        /// Sets the limit; what is returned takes it away.
        func begin() -> () -> Void {
            let (kind, bound) = resource
            var old = rlimit()
            getrlimit(kind, &old)
            var new = rlimit(rlim_cur: rlim_t(bound), rlim_max: old.rlim_max)
            setrlimit(kind, &new)
            return { setrlimit(kind, &old) }
        }
    }

    @Test(
        "A write that fails, and a file that cannot be opened, leave nothing and are told",
        arguments: Operation.allCases)
    func failingWrites(operation: Operation) async {
        await #expect(processExitsWith: .success) { [operation = operation as Operation] in
            signal(SIGXFSZ, SIG_IGN)
            try withTemporaryFolder { folder in
                let report = try Self.scene(in: folder)
                try operation.perform(in: folder)
                let size = try Data(contentsOf: operation.target(in: folder)).count
                try FileManager.default.removeItem(at: operation.target(in: folder))
                var failures: Set<Fault> = []
                let next = dup(0)
                close(next)
                let sizes = Array(stride(from: 1, to: size, by: size / 8)) + [size - 1, size]
                let counts = (0..<9).map { Int(next) + $0 }
                for fault in sizes.map(Fault.fileSize) + counts.map(Fault.openFiles) {
                    do {
                        try operation.perform(in: folder, with: fault)
                    } catch {
                        failures.insert(fault)
                        #expect((error as? LedgerError)?.code == .storage, "\(fault): \(error)")
                        #expect(try files(in: folder) == Self.scene, "\(fault)")
                        continue
                    }
                    #expect(try operation.verify(in: folder) == report, "\(fault)")
                    try FileManager.default.removeItem(at: operation.target(in: folder))
                }
                #expect(failures.isSuperset(of: sizes.dropLast().map(Fault.fileSize)))
                #expect(failures.contains(.openFiles(Int(next))))
                #expect(!failures.contains(.fileSize(size)))
            }
        }
    }

    @Test(
        "A kill in the midst leaves no file of that name, and does not hinder the next try",
        arguments: [
            (Operation.export, 100), (.export, 3_000), (.import, 100), (.import, 3_000),
            (.import, 30_000),
        ])
    func kills(operation: Operation, size: Int) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "swift-credit-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = try Self.scene(in: folder)
        await #expect(processExitsWith: .signal(SIGXFSZ)) {
            [operation = operation as Operation, folder = folder as URL, size = size as Int] in
            var none = rlimit(rlim_cur: 0, rlim_max: 0)
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
            // Whoever started the tests may ignore or block it.
            signal(SIGXFSZ, SIG_DFL)
            var signals = sigset_t()
            sigaddset(&signals, SIGXFSZ)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            try operation.perform(in: folder, with: .fileSize(size))
        }
        let left = try files(in: folder)
        #expect(!left.contains("\(operation)ed"))
        #expect(left.contains("\(operation)ed.partial"), "\(left)")
        try operation.perform(in: folder)
        #expect(try operation.verify(in: folder) == report)
        #expect(try files(in: folder) == (Self.scene + ["\(operation)ed"]).sorted())
    }

    @Test("A file that ends early is refused, wherever it ends") func shortReads() throws {
        try withTemporaryFolder { folder in
            _ = try Self.scene(in: folder)
            let file = folder.appending(path: "file")
            let bytes = try Data(contentsOf: file)
            for length in stride(from: 1, to: bytes.count, by: bytes.count / 12) {
                try bytes.prefix(length).write(to: file)
                expectError(.truncatedFile, "\(length) bytes") {
                    try Operation.import.perform(in: folder)
                }
                #expect(try files(in: folder) == Self.scene)
            }
        }
    }

    /// A folder stands where SQLite wants its log: the new file is whole, but cannot be used.
    @Test("A new file that cannot be opened does not stay") func unusableFiles() throws {
        try withTemporaryFolder { folder in
            _ = try Self.scene(in: folder)
            let copy = folder.appending(path: "copy")
            let log = folder.appending(path: "copy-wal")
            try FileManager.default.createDirectory(at: log, withIntermediateDirectories: false)
            expectError(.storage) { try Chain.import(folder.appending(path: "file"), to: copy) }
            expectError(.storage) {
                try Chain.restore(from: folder.appending(path: "chain"), to: copy)
            }
            expectError(.storage) { try Chain.create(at: copy, genesis: Network().genesis) }
            #expect(try files(in: folder) == ["chain", "copy-wal", "file"])
        }
    }

    /// Address 0 of no process can be read: the first read fails.
    @Test(
        "A read that fails is told", .enabled(if: FileManager.default.fileExists(atPath: "/proc")))
    func failingReads() throws {
        try withTemporaryFolder { folder in
            expectError(.storage) {
                try Chain.import(
                    URL(fileURLWithPath: "/proc/self/mem"), to: folder.appending(path: "copy"))
            }
            let left = try files(in: folder)
            #expect(left.isEmpty)
        }
    }
}
