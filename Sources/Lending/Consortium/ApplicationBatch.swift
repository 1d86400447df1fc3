// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
public import FeatureEngineering
public import Ledger

/// Applications that are scored together: the inputs, whose they are, and what commits to them on
/// the ledger.
///
/// The ledger never holds an input. It holds `SHA-256(domain, salt, row)` with a secret salt of 32
/// bytes per applicant, so inputs with few possible values cannot be guessed from the chain;
/// whoever is given row and salt can check that they are what was scored.
public struct ApplicationBatch: Sendable {
    /// The inputs, one row per application; the outcome should not be among the columns.
    public let table: Table
    /// Whose application each row is.
    public let borrowers: [Borrower]
    /// The salt of each row; to be kept as secret as the inputs.
    public let salts: [[UInt8]]
    /// What the ledger holds in place of each row.
    public let inputCommitments: [LedgerDigest]

    /// Applications of borrowers who are registered or known by identifiers made elsewhere.
    ///
    /// - Parameters:
    ///   - table: One row per application.
    ///   - borrowers: As many as rows, each once.
    ///   - salts: As many as rows, 32 unpredictable bytes each.
    /// - Throws: ``LendingError``: `invalidBatch` for an empty table, other sizes or shorter salts;
    ///   `duplicateApplicant` naming both rows.
    public init(
        table: Table, borrowers: [Borrower], salts: [[UInt8]]
    ) throws(LendingError) {
        let rows = table.rowCount
        guard rows > 0 else {
            throw LendingError(.invalidBatch, "the table has no rows")
        }
        guard borrowers.count == rows, salts.count == rows else {
            throw LendingError(
                .invalidBatch,
                "\(rows) rows, \(borrowers.count) borrowers and \(salts.count) salts")
        }
        var rowOfBorrower: [Borrower: Int] = [:]
        for (row, borrower) in borrowers.enumerated() {
            if let earlier = rowOfBorrower.updateValue(row, forKey: borrower) {
                throw LendingError(
                    .duplicateApplicant, "rows \(earlier) and \(row) are both of \(borrower)")
            }
        }
        if let row = salts.firstIndex(where: { $0.count != 32 }) {
            throw LendingError(
                .invalidBatch, "the salt of row \(row) has \(salts[row].count) bytes, not 32")
        }
        var commitments: [LedgerDigest] = []
        commitments.reserveCapacity(rows)
        for (row, salt) in salts.enumerated() {
            commitments.append(try Self.commitment(to: table[row], salt: salt))
        }
        self.table = table
        self.borrowers = borrowers
        self.salts = salts
        inputCommitments = commitments
    }

    /// Applications of people with names, such as account numbers, that stay off the ledger.
    ///
    /// Identifier and salt of each applicant are digests of `secret` and the name: the same secret
    /// and name give the same ones again, and nobody without the secret can relate them.
    ///
    /// - Parameters:
    ///   - table: One row per application.
    ///   - names: As many as rows, each once.
    ///   - secret: At least 16 unpredictable bytes, kept by whoever collects the applications.
    /// - Throws: ``LendingError``: `invalidBatch` or `duplicateApplicant`.
    public init(
        table: Table, names: [String], secret: [UInt8]
    ) throws(LendingError) {
        guard secret.count >= 16 else {
            throw LendingError(.invalidBatch, "a secret of \(secret.count) bytes, not 16 or more")
        }
        var borrowers: [Borrower] = []
        var salts: [[UInt8]] = []
        for name in names {
            // Lengths are inside, so no extension of a hashed message is a message again.
            var encoder = CanonicalEncoder()
            encoder.encode(bytes: secret)
            encoder.encode(name)
            let identifier = SHA256Hash.hash(
                domain: Domain("lending.borrower", version: 1), encoder.bytes)
            borrowers.append(.opaque(try ledgerDigest(identifier)))
            salts.append(
                SHA256Hash.hash(domain: Domain("lending.salt", version: 1), encoder.bytes))
        }
        try self.init(table: table, borrowers: borrowers, salts: salts)
    }

    /// The number of applications.
    public var count: Int { borrowers.count }

    /// The applications of `rows`, in that order.
    ///
    /// - Precondition: Every row is in `0..<count`, each once.
    /// - Throws: ``LendingError`` with code `invalidBatch` for no rows.
    public func selecting(rows: [Int]) throws(LendingError) -> ApplicationBatch {
        try ApplicationBatch(
            table: table[rows: rows], borrowers: rows.map { borrowers[$0] },
            salts: rows.map { salts[$0] })
    }
}

extension ApplicationBatch {
    /// What commits to one row of inputs on the ledger.
    ///
    /// - Throws: ``LendingError`` with code `invalidBatch` for a salt of other than 32 bytes.
    public static func commitment(
        to row: Table.Row, salt: [UInt8]
    ) throws(LendingError) -> LedgerDigest {
        guard salt.count == 32 else {
            throw LendingError(.invalidBatch, "a salt of \(salt.count) bytes, not 32")
        }
        var encoder = CanonicalEncoder()
        encoder.encode(fixed: salt)
        encoder.encodeCount(row.table.columnCount)
        for column in row.table.columns {
            encoder.encode(column.name)
            column[row.index].encode(to: &encoder)
        }
        return try ledgerDigest(
            SHA256Hash.hash(domain: Domain("lending.inputs", version: 1), encoder.bytes))
    }
}

extension Column.Value {
    /// Appends the kind and the value.
    fileprivate func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .missing: encoder.encode(UInt8(0))
        case .number(let number):
            encoder.encode(UInt8(1))
            encoder.encode(number)
        case .level(let level):
            encoder.encode(UInt8(2))
            encoder.encode(level)
        case .text(let text):
            encoder.encode(UInt8(3))
            encoder.encode(text)
        case .date(let date):
            encoder.encode(UInt8(4))
            encoder.encode(date.daysSince1970)
        }
    }
}
