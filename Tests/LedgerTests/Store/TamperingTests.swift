// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Ledger
import Testing

/// Changes to the rows of a chain file through a plain SQLite connection.
@Suite struct TamperingTests {
    static let tables = ["genesis", "head", "block", "block_transaction"]

    /// A closed chain file of three blocks.
    func chainFile(in folder: URL) throws -> URL {
        let url = folder.appending(path: "chain")
        var network = try Network()
        let chain = try Chain.create(at: url, genesis: network.genesis)
        try ChainTests.fill(chain, &network)
        try chain.close()
        return url
    }

    /// Runs `change` on the file, hands the verification's error over and undoes the change.
    func tampering(
        _ database: Database, _ what: String, _ genesis: Genesis? = nil,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: () throws -> Void
    ) throws -> LedgerError? {
        var found: LedgerError?
        try database.inSavepoint {
            do {
                try change()
                _ = try ChainReader.verifiedState(database, genesis: genesis)
                Issue.record("\(what) is not detected", sourceLocation: sourceLocation)
            } catch let error as LedgerError {
                found = error
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                Issue.record("\(what): \(error)", sourceLocation: sourceLocation)
            }
            return .rollback
        }
        return found
    }

    func columns(_ database: Database, _ table: String) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
    }

    /// What identifies a row, as a condition.
    func keys(_ database: Database, _ table: String) throws -> [(sql: String, height: UInt64?)] {
        let names: [String]
        switch table {
        case "genesis", "head": names = ["id"]
        case "block": names = ["height"]
        default: names = ["height", "position"]
        }
        return try Row.fetchAll(
            database, sql: "SELECT \(names.joined(separator: ", ")) FROM \(table) ORDER BY 1"
        ).map { row in
            (
                names.enumerated().map { "\($1) = \(row[$0] as Int64)" }
                    .joined(separator: " AND "),
                table == "genesis" ? 0 : table == "head" ? nil : UInt64(row[0] as Int64)
            )
        }
    }

    /// The values that differ from `value` in one byte, one for each of its bytes.
    func variants(_ value: DatabaseValue) -> [DatabaseValue] {
        switch value.storage {
        case .int64(let number):
            return (0..<8).map { byte in
                Int64(bitPattern: UInt64(bitPattern: number) ^ 0x40 << UInt64(8 * byte))
                    .databaseValue
            }
        case .blob(let data):
            return data.indices.map { index in
                var copy = data
                copy[index] ^= UInt8(1 << (index % 8))
                return copy.databaseValue
            }
        default:
            Issue.record("a value that is neither integer nor blob: \(value)")
            return []
        }
    }

    @Test func everyByteOfEveryRowIsCovered() throws {
        try withTemporaryFolder { folder in
            // Given the genesis, a reader need not check the members' signatures each time.
            let genesis = try Network().genesis
            let queue = try DatabaseQueue(path: chainFile(in: folder).path)
            var changes = 0
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = OFF")
                _ = try ChainReader.verifiedState(database)
                for table in Self.tables {
                    let rows = try keys(database, table)
                    #expect(!rows.isEmpty)
                    for (key, height) in rows {
                        for column in try columns(database, table) {
                            let value = try #require(
                                try DatabaseValue.fetchOne(
                                    database, sql: "SELECT \(column) FROM \(table) WHERE \(key)"))
                            for variant in variants(value) {
                                let what = "\(table) \(key), column \(column)"
                                let error = try tampering(database, what, genesis) {
                                    try database.execute(
                                        sql: "UPDATE \(table) SET \(column) = ? WHERE \(key)",
                                        arguments: [variant])
                                }
                                changes += 1
                                #expect(
                                    error?.height != nil, "\(what): \(String(describing: error))")
                                if let height { #expect(error?.height == height, "\(what)") }
                            }
                        }
                    }
                }
                _ = try ChainReader.verifiedState(database)
            }
            #expect(changes > 3500, "\(changes)")
            try queue.close()
        }
    }

    @Test func missingAddedAndMovedRowsAreFound() throws {
        try withTemporaryFolder { folder in
            let queue = try DatabaseQueue(path: chainFile(in: folder).path)
            try queue.writeWithoutTransaction { database in
                for table in Self.tables {
                    for (key, height) in try keys(database, table) {
                        let error = try tampering(database, "without \(table) \(key)") {
                            try database.execute(sql: "DELETE FROM \(table) WHERE \(key)")
                        }
                        if let height { #expect(error?.height == height) }
                    }
                }
                let changes = [
                    "INSERT INTO genesis SELECT 1, chain_id, bytes FROM genesis",
                    "INSERT INTO head SELECT 1, height, hash, certificate, 0, 0, 0 FROM head",
                    "UPDATE block SET certificate = (SELECT certificate FROM block "
                        + "WHERE height = 2) WHERE height = 1",
                    "UPDATE block SET header = (SELECT header FROM block WHERE height = 2) "
                        + "WHERE height = 1",
                    "INSERT INTO block_transaction SELECT 9, 0, id, kind, sender, nonce, "
                        + "expiry_height, payload, signature FROM block_transaction WHERE height = 1 AND position = 0",
                    "INSERT INTO block_transaction SELECT 1, 3, id, kind, sender, nonce, "
                        + "expiry_height, payload, signature FROM block_transaction WHERE height = 1 AND position = 0",
                    "DELETE FROM block WHERE height = 3",
                    "DELETE FROM block",
                    "UPDATE head SET height = 2",
                ]
                for change in changes {
                    let error = try tampering(database, change) {
                        try database.execute(sql: change)
                    }
                    #expect(error?.height != nil)
                }
                for (table, height) in [
                    ("block_transaction", 1), ("block_transaction", 2),
                ] {
                    let error = try tampering(database, "reordered \(table) \(height)") {
                        for (from, to) in [(0, 99), (1, 0), (99, 1)] {
                            try database.execute(
                                sql: """
                                    UPDATE \(table) SET position = ?
                                    WHERE height = ? AND position = ?
                                    """, arguments: [to, height, from])
                        }
                    }
                    #expect(error?.height == UInt64(height))
                }
            }
            try queue.close()
        }
    }

    @Test func foreignTablesAndTriggersAreRefused() throws {
        for change in [
            "CREATE TABLE extra (a)", "CREATE INDEX extra ON block (hash)",
            "CREATE TRIGGER extra AFTER INSERT ON block BEGIN DELETE FROM head; END",
            "DROP TABLE batch_entries", "PRAGMA user_version = 2", "PRAGMA application_id = 1",
        ] {
            try withTemporaryFolder { folder in
                let url = try chainFile(in: folder)
                let queue = try DatabaseQueue(path: url.path)
                try queue.writeWithoutTransaction { try $0.execute(sql: change) }
                try queue.close()
                for code in [try? Chain.verify(file: url).description, nil] {
                    #expect(code == nil, "\(change)")
                }
                #expect(throws: LedgerError.self, "\(change)") { try Chain.open(at: url) }
            }
        }
    }

    /// A forger who makes all hashes fit again is stopped by the signatures.
    @Test func fittingHashesDoNotReplaceSignatures() throws {
        var network = try Network()
        var forger = network
        let state = ChainState(genesis: network.genesis)
        let honest = try network.certified([network.proposal(1, score: 400)], after: state)
        // Another bureau's key signs the block, but the banks' keys are not at hand.
        let forged = try forger.certified(
            [forger.proposal(1, score: 800)], after: state
        ).block
        let stolen = CertifiedBlock(block: forged, certificate: honest.certificate)
        let error = expectError(.wrongBlock) { try state.advanced(by: stolen) }
        #expect(error?.message.contains("\(forged.hash)") == true)
        #expect(error?.message.contains("\(honest.block.hash)") == true)
    }

    /// Flipped bytes anywhere in the file: never a crash, never another chain.
    @Test func randomDamageToTheFileNeverGivesAnotherChain() throws {
        try withTemporaryFolder { folder in
            let url = try chainFile(in: folder)
            let report = try Chain.verify(file: url)
            let bytes = try Data(contentsOf: url)
            let damaged = folder.appending(path: "damaged")
            var detected = 0
            for offset in stride(from: 3, to: bytes.count, by: 211) {
                var copy = bytes
                copy[offset] ^= 0xFF
                try copy.write(to: damaged)
                do {
                    #expect(try Chain.verify(file: damaged) == report)
                } catch is LedgerError { detected += 1 }
                for suffix in ["-wal", "-shm", "-journal"] {
                    try? FileManager.default.removeItem(atPath: damaged.path + suffix)
                }
            }
            #expect(detected > 0)
        }
    }
}
