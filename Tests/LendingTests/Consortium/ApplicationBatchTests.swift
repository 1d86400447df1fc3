// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Ledger
import Lending
import Testing

@Suite struct ApplicationBatchTests {
    let secret = [UInt8](repeating: 7, count: 16)

    func table() throws -> Table {
        try Table([
            .numeric("age", [30, 40, nil]), .categorical("job", ["a", nil, "b"]),
            .text("reason", ["x", "y", nil]),
            .date("day", [CalendarDate("2026-01-02"), nil, CalendarDate("2026-01-03")]),
        ])
    }

    @Test func secretAndNameGiveTheSameIdentifiersAgain() throws {
        let batch = try ApplicationBatch(table: table(), names: ["a", "b", "c"], secret: secret)
        let again = try ApplicationBatch(table: table(), names: ["a", "b", "c"], secret: secret)
        #expect(batch.borrowers == again.borrowers)
        #expect(batch.inputCommitments == again.inputCommitments)
        let other = try ApplicationBatch(
            table: table(), names: ["a", "b", "c"], secret: secret + [0])
        #expect(Set(batch.borrowers).isDisjoint(with: other.borrowers))
        #expect(Set(batch.salts).isDisjoint(with: other.salts))
        #expect(Set(batch.inputCommitments).isDisjoint(with: other.inputCommitments))
    }

    @Test func everyValueNameAndSaltIsCommittedTo() throws {
        let salt = [UInt8](repeating: 1, count: 32)
        func commitment(_ columns: [Column], salt: [UInt8]) throws -> LedgerDigest {
            try ApplicationBatch.commitment(to: Table(columns)[0], salt: salt)
        }
        let tables: [[Column]] = [
            [try .numeric("a", [1])], [try .numeric("a", [2])], [try .numeric("a", [nil])],
            [try .numeric("b", [1])], [try .categorical("a", ["1"])], [.text("a", ["1"])],
            [.date("a", [CalendarDate(daysSince1970: 1)])],
            [try .numeric("a", [1]), try .numeric("b", [1])],
        ]
        var seen: Set<LedgerDigest> = []
        for columns in tables { seen.insert(try commitment(columns, salt: salt)) }
        #expect(seen.count == tables.count)
        let otherSalt = [UInt8](repeating: 2, count: 32)
        #expect(!seen.contains(try commitment(tables[0], salt: otherSalt)))
        #expect(throws: LendingError.self) { try commitment(tables[0], salt: [1]) }
    }

    @Test func wrongBatchesAreRefused() throws {
        let table = try table()
        let wrong: [(LendingError.Code, () throws -> ApplicationBatch)] = [
            (.invalidBatch, { try ApplicationBatch(table: table, names: ["a"], secret: secret) }),
            (
                .duplicateApplicant,
                { try ApplicationBatch(table: table, names: ["a", "b", "a"], secret: secret) }
            ),
            (
                .invalidBatch,
                { try ApplicationBatch(table: table, names: ["a", "b", "c"], secret: [1]) }
            ),
            (
                .invalidBatch,
                { try ApplicationBatch(table: table[rows: []], names: [], secret: secret) }
            ),
            (
                .invalidBatch,
                {
                    let batch = try ApplicationBatch(
                        table: table, names: ["a", "b", "c"], secret: secret)
                    return try ApplicationBatch(
                        table: table, borrowers: batch.borrowers,
                        salts: [batch.salts[0], batch.salts[1], [1, 2]])
                }
            ),
        ]
        for (code, make) in wrong {
            let error = #expect(throws: LendingError.self) { try make() }
            #expect(error?.code == code)
        }
    }

    @Test func selectedRowsKeepTheirIdentifiers() throws {
        let batch = try ApplicationBatch(table: table(), names: ["a", "b", "c"], secret: secret)
        let part = try batch.selecting(rows: [2, 0])
        #expect(part.borrowers == [batch.borrowers[2], batch.borrowers[0]])
        #expect(part.inputCommitments == [batch.inputCommitments[2], batch.inputCommitments[0]])
    }
}
