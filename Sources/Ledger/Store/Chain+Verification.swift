// SPDX-License-Identifier: Apache-2.0

internal import GRDB

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Chain {
    /// Verifies a chain file without keys and without changing it.
    ///
    /// A file that was cut back to an earlier, complete state verifies: compare
    /// ``ChainReport/headHash`` with one that was noted elsewhere. Where a killed process has left a
    /// journal that only a writer can undo, it is undone first, as ``open(at:genesis:)`` does.
    ///
    /// - Parameter genesis: as in ``open(at:genesis:)``.
    /// - Throws: ``LedgerError``, as ``open(at:genesis:)``.
    public static func verify(
        file url: URL, genesis: Genesis? = nil
    ) throws(LedgerError) -> ChainReport {
        try Files.requireFile(url)
        return try storing {
            do {
                return try report(url, genesis, readonly: true)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
                return try report(url, genesis, readonly: false)
            }
        }
    }

    private static func report(
        _ url: URL, _ genesis: Genesis?, readonly: Bool
    ) throws -> ChainReport {
        var configuration = Configuration()
        configuration.readonly = readonly
        let queue = try DatabaseQueue(path: url.path, configuration: configuration)
        let state = try queue.read { try verifiedState($0, genesis) }
        try queue.close()
        return ChainReport(state)
    }

    static func verifiedState(
        _ database: Database, _ genesis: Genesis?
    ) throws -> ChainState {
        try ChainSchema.check(database)
        let problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
        guard problems == ["ok"] else {
            throw LedgerError(.corruptStore, "SQLite: \(problems.joined(separator: "; "))")
        }
        return try ChainReader.verifiedState(database, genesis: genesis)
    }
}
