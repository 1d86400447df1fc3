// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
package import GRDB

/// Reads a chain file and compares every stored value with what the blocks commit to.
package struct ChainReader {
    let database: Database
    /// The founding record.
    let genesis: Genesis
    /// The number of block rows.
    let blockCount: UInt64

    /// Reads and checks the genesis row, which must be `expected` where one is given.
    init(_ database: Database, expecting expected: Genesis?) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT id, chain_id, bytes FROM genesis")
        guard rows.count == 1 else {
            throw LedgerError.row("genesis", 0, "\(rows.count) rows instead of one")
        }
        var row = StoredRow(rows[0], table: "genesis", height: 0)
        try row.expect(0, "id")
        let chainID = try row.digest()
        let bytes = try row.bytes()
        guard LedgerDigest(LedgerDomain.genesis(), bytes) == chainID else {
            throw LedgerError.row("genesis", 0, "it has not the chain id \(chainID)")
        }
        if let expected {
            guard expected.chainID == chainID else {
                throw LedgerError(
                    .wrongChain, "chain \(chainID), not \(expected.chainID)", height: 0)
            }
            try self.init(database, genesis: expected)
        } else {
            do throws(LedgerError) {
                try self.init(database, genesis: try Genesis(canonicalBytes: bytes))
            } catch {
                throw LedgerError.row("genesis", 0, error.description)
            }
        }
    }

    /// Reads a file whose genesis row has been checked.
    init(_ database: Database, genesis: Genesis) throws(LedgerError) {
        self.database = database
        self.genesis = genesis
        blockCount = try storing { try UInt64(Self.count(database, "block")) }
    }

    /// Checks the whole file and returns the state at its head.
    ///
    /// Hashes and links of all blocks come first, so that damage is found before the expensive
    /// signatures are checked.
    package static func verifiedState(
        _ database: Database, genesis: Genesis? = nil
    ) throws -> ChainState {
        let reader = try ChainReader(database, expecting: genesis)
        try reader.verifyRows()
        var state = ChainState(genesis: reader.genesis)
        for height in 1..<(reader.blockCount + 1) {
            let block = try reader.block(at: height)
            do throws(LedgerError) { try state.apply(block) } catch { throw error.at(height) }
        }
        return state
    }

    /// Checks everything that needs no signature.
    private func verifyRows() throws {
        var walk = ChainWalk(genesis)
        var batchCount: UInt64 = 0
        var prunedBelow: UInt64 = 0
        for height in 1..<(blockCount + 1) {
            let certified = try block(at: height)
            do throws(LedgerError) { try walk.follow(certified) } catch {
                throw LedgerError.row("block", height, error.message)
            }
            let transactions = certified.block.transactions
            batchCount += UInt64(transactions.count { $0.transaction.entries != nil })
            if transactions.contains(where: \.transaction.isPruned) { prunedBelow = height + 1 }
        }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, height, hash, certificate, transaction_count, vote_count, pruned_below
                FROM head
                """)
        guard rows.count == 1 else {
            throw LedgerError.row("head", blockCount, "\(rows.count) rows instead of one")
        }
        var row = StoredRow(rows[0], table: "head", height: blockCount)
        try row.expect(0, "id")
        let headHeight = try row.integer()
        guard headHeight == blockCount else {
            throw LedgerError.row(
                "block", blockCount + 1,
                "the head is at \(headHeight), there are \(blockCount) blocks")
        }
        try row.expect(walk.headHash, "hash")
        try row.expect(walk.headCertificate, "certificate")
        try row.expect(walk.transactionCount, "transaction count")
        try row.expect(walk.voteCount, "vote count")
        try row.expect(prunedBelow, "pruned below")
        try refuseOrphans(in: "block_transaction", expected: walk.transactionCount)
        try refuseOrphans(in: "batch_entries", expected: batchCount)
    }

    /// Reads a block and compares every column with it.
    func block(at height: UInt64) throws -> CertifiedBlock {
        guard
            let found = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT view, cycle, timestamp, proposer, transaction_count, header,
                        signature, certificate, hash FROM block WHERE height = ?
                        """), arguments: [Int64(bitPattern: height)])
        else { throw LedgerError.row("block", height, "it is missing") }
        var row = StoredRow(found, table: "block", height: height)
        let view = try row.integer()
        let cycle = try row.integer()
        let timestamp = try row.integer()
        let proposer = try row.address()
        let count = try row.integer()
        let header: BlockHeader
        let signature: [UInt8]
        let certificate: Certificate
        do {
            header = try CanonicalDecoder.decode(from: try row.bytes())
            signature = try row.bytes()
            certificate = try CanonicalDecoder.decode(from: try row.bytes())
        } catch let error as CanonicalDecodingError {
            throw LedgerError.row("block", height, "\(error)")
        }
        try row.expect(header.hash, "hash")
        guard
            header.height == height, header.view == view, header.cycle == cycle,
            header.timestamp == timestamp, header.proposer == proposer,
            UInt64(header.transactionCount) == count
        else { throw LedgerError.row("block", height, "its columns are not those of its header") }
        let block = Block(
            header: header, transactions: try transactions(at: height), signature: signature)
        do throws(LedgerError) { try block.verifyContents() } catch { throw error.at(height) }
        return CertifiedBlock(block: block, certificate: certificate)
    }

    private func transactions(at height: UInt64) throws -> [SignedTransaction] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT position, kind, sender, nonce, expiry_height, payload, signature,
                    id
                    FROM block_transaction WHERE height = ? ORDER BY position
                    """), arguments: [Int64(bitPattern: height)])
        var transactions: [SignedTransaction] = []
        while let next = try rows.next() {
            let position = UInt64(transactions.count)
            let table = "block_transaction \(position)"
            var row = StoredRow(next, table: table, height: height)
            try row.expect(position, "position")
            let kind = try row.integer()
            let sender = try row.address()
            let nonce = try row.integer()
            let expiryHeight = try row.integer()
            let payload = try row.bytes()
            let decoded = try Self.transaction(payload, table, height)
            guard kind == UInt64(decoded.kind.rawValue) else {
                throw LedgerError.row(table, height, "kind \(kind) of a \(decoded.kind)")
            }
            let transaction = SignedTransaction(
                sender: sender, nonce: nonce, expiryHeight: expiryHeight, transaction: decoded,
                signature: try row.signature(), chainID: genesis.chainID)
            try row.expect(transaction.id, "id")
            transactions.append(try withEntries(transaction, at: position, of: height))
        }
        return transactions
    }

    private static func transaction(
        _ payload: [UInt8], _ table: String, _ height: UInt64
    ) throws(LedgerError) -> Transaction {
        var decoder = CanonicalDecoder(payload)
        do {
            let transaction = try Transaction(commitmentFrom: &decoder)
            try decoder.finish()
            return transaction
        } catch {
            throw LedgerError.row(table, height, "payload: \(error)")
        }
    }

    /// A batch with its entries, where they are stored.
    private func withEntries(
        _ transaction: SignedTransaction, at position: UInt64, of height: UInt64
    ) throws -> SignedTransaction {
        guard case .entryBatch(let batch) = transaction.transaction else { return transaction }
        let found = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT bytes FROM batch_entries WHERE height = ? AND position = ?"),
            arguments: [Int64(bitPattern: height), Int64(bitPattern: position)])
        guard let found else { return transaction }
        let table = "batch_entries \(position)"
        var row = StoredRow(found, table: table, height: height)
        do {
            let entries = try BatchEntries.decode(try row.bytes())
            return SignedTransaction(
                transaction, .entryBatch(try batch.replacing(entries: entries)))
        } catch let error as CanonicalDecodingError {
            throw LedgerError.row(table, height, "\(error)")
        } catch let error as LedgerError {
            throw LedgerError.row(table, height, error.message)
        }
    }

    private func refuseOrphans(in table: String, expected: UInt64) throws {
        guard try Self.count(database, table) != Int64(expected) else { return }
        let owner =
            table == "batch_entries"
            ? "SELECT 1 FROM block_transaction AS t WHERE t.height = r.height "
                + "AND t.position = r.position AND t.kind = \(Transaction.Kind.entryBatch.rawValue)"
            : "SELECT 1 FROM block AS b WHERE b.height = r.height"
        let height = try Int64.fetchOne(
            database, sql: "SELECT height FROM \(table) AS r WHERE NOT EXISTS (\(owner))")
        throw LedgerError.row(
            table, UInt64(bitPattern: height ?? 0), "it belongs to no block of the chain")
    }

    private static func count(_ database: Database, _ table: String) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
    }
}
