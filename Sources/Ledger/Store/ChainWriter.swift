// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import GRDB

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Writes rows of a chain; the caller has checked the blocks and holds a transaction.
enum ChainWriter {
    static func create(_ genesis: Genesis, in database: Database) throws {
        try ChainSchema.create(in: database)
        try database.execute(
            sql: "INSERT INTO genesis VALUES (0, ?, ?)",
            arguments: [Data(genesis.chainID.bytes), Data(genesis.canonicalBytes)])
        try database.execute(
            sql: "INSERT INTO head VALUES (0, 0, ?, ?, 0, 0, 0)",
            arguments: [Data(genesis.chainID.bytes), Data(genesis.chainID.bytes)])
    }

    /// Appends a block that leads from the stored head to `state`.
    static func append(
        _ certified: CertifiedBlock, leadingTo state: ChainState, in database: Database
    ) throws {
        let header = certified.block.header
        let height = Int64(bitPattern: header.height)
        let stored = try Row.fetchOne(database, sql: "SELECT height, hash FROM head")
        guard let stored, stored[0] == height - 1, stored[1] == Data(header.previousHash.bytes)
        else {
            throw LedgerError(
                .staleChain, "the file's head is not the block's parent \(header.previousHash)",
                height: header.height)
        }
        try database.cachedStatement(
            sql: "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            height, Data(header.hash.bytes), Int64(bitPattern: header.view),
            Int64(bitPattern: header.cycle), Int64(bitPattern: header.timestamp),
            Data(header.proposer.bytes), Int64(header.transactionCount),
            Data(CanonicalEncoder.bytes(of: header)), Data(certified.block.signature),
            Data(CanonicalEncoder.bytes(of: certified.certificate)),
        ])
        let insertTransaction = try database.cachedStatement(
            sql: "INSERT INTO block_transaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, transaction) in certified.block.transactions.enumerated() {
            var payload = CanonicalEncoder()
            transaction.transaction.encodeCommitment(to: &payload)
            try insertTransaction.execute(arguments: [
                height, position, Data(transaction.id.bytes),
                Int64(transaction.transaction.kind.rawValue), Data(transaction.sender.bytes),
                Int64(bitPattern: transaction.nonce),
                Int64(bitPattern: transaction.expiryHeight),
                Data(payload.bytes), Data(transaction.signature.bytes),
            ])
            guard let entries = transaction.transaction.entries else { continue }
            try database.cachedStatement(sql: "INSERT INTO batch_entries VALUES (?, ?, ?)")
                .execute(arguments: [height, position, Data(BatchEntries.encode(entries))])
        }
        try database.execute(
            sql: """
                UPDATE head SET height = ?, hash = ?, certificate = ?, transaction_count = ?,
                vote_count = ?, pruned_below = ?
                """,
            arguments: [
                height, Data(state.headHash.bytes),
                Data(certified.certificate.digest(chainID: state.chainID).bytes),
                Int64(bitPattern: state.transactionCount), Int64(bitPattern: state.voteCount),
                Int64(bitPattern: state.prunedBelow),
            ])
    }
}

/// The stored form of the entries of a batch.
enum BatchEntries {
    static func encode(_ entries: [[UInt8]]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        encoder.encode(entries) { encoder, entry in encoder.encode(bytes: entry) }
        return encoder.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(CanonicalDecodingError) -> [[UInt8]] {
        var decoder = CanonicalDecoder(bytes)
        let entries = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeBytes()
        }
        try decoder.finish()
        return entries
    }
}
