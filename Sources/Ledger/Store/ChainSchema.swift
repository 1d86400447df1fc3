// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The tables of a chain file.
///
/// Every column is either a part of a block or can be computed from it, and verification compares
/// all of them but `consensus_entry`: what a ``ChainNode`` has signed and what is not final yet.
/// Unsigned 64-bit integers are stored as the signed ones of the same bits.
enum ChainSchema {
    /// SQLite's application id of a chain file: the letters "CRDL".
    static let applicationID: Int64 = 0x4352_444C
    /// The version of the tables.
    static let version: Int64 = 1

    private static let statements = [
        """
        CREATE TABLE genesis (
            id INTEGER NOT NULL PRIMARY KEY, chain_id BLOB NOT NULL, bytes BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE head (
            id INTEGER NOT NULL PRIMARY KEY, height INTEGER NOT NULL, hash BLOB NOT NULL,
            certificate BLOB NOT NULL, transaction_count INTEGER NOT NULL,
            vote_count INTEGER NOT NULL, pruned_below INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE block (
            height INTEGER NOT NULL PRIMARY KEY, hash BLOB NOT NULL, view INTEGER NOT NULL,
            cycle INTEGER NOT NULL, timestamp INTEGER NOT NULL, proposer BLOB NOT NULL,
            transaction_count INTEGER NOT NULL, header BLOB NOT NULL, signature BLOB NOT NULL,
            certificate BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE block_transaction (
            height INTEGER NOT NULL, position INTEGER NOT NULL, id BLOB NOT NULL,
            kind INTEGER NOT NULL, sender BLOB NOT NULL, nonce INTEGER NOT NULL,
            expiry_height INTEGER NOT NULL, payload BLOB NOT NULL, signature BLOB NOT NULL,
            PRIMARY KEY (height, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE batch_entries (
            height INTEGER NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (height, position)
        ) STRICT
        """,
        """
        CREATE TABLE consensus_entry (
            position INTEGER NOT NULL PRIMARY KEY, bytes BLOB NOT NULL
        ) STRICT
        """,
    ]

    static func create(in database: Database) throws {
        for statement in statements { try database.execute(sql: statement) }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Refuses another kind of file, another version and tables, indexes or triggers that are not
    /// ours.
    static func check(_ database: Database) throws {
        guard try Int64.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
            throw LedgerError(.foreignFile, "SQLite file that is no chain")
        }
        let found = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found == version else {
            throw LedgerError(.foreignFile, "chain file of version \(found), not \(version)")
        }
        let expected = try DatabaseQueue().write { memory in
            try create(in: memory)
            return try definitions(memory)
        }
        guard try definitions(database) == expected else {
            throw LedgerError(
                .corruptStore, "the file's tables, indexes or triggers are not those of a chain")
        }
    }

    private static func definitions(_ database: Database) throws -> [[String?]] {
        try Row.fetchAll(
            database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        ).map { row in [row[0], row[1], row[2], row[3]] }
    }
}
