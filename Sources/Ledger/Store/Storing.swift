// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Runs `body` and turns every failure of SQLite into a ``LedgerError``.
func storing<Value>(_ body: () throws -> Value) throws(LedgerError) -> Value {
    do {
        return try body()
    } catch let error as LedgerError {
        throw error
    } catch let error as DatabaseError {
        let message = error.message ?? error.description
        switch error.resultCode {
        case .SQLITE_NOTADB: throw LedgerError(.foreignFile, "not a SQLite file")
        case .SQLITE_CORRUPT: throw LedgerError(.corruptStore, "SQLite: \(message)")
        default: throw LedgerError(.storage, "SQLite \(error.resultCode.rawValue): \(message)")
        }
    } catch {
        throw LedgerError(.storage, "\(error)")
    }
}

extension LedgerError {
    /// A stored row that does not agree with the block it belongs to.
    static func row(_ table: String, _ height: UInt64, _ message: String) -> LedgerError {
        LedgerError(.corruptStore, "row of \(table): \(message)", height: height)
    }
}

/// Reads the columns of a row in order, refusing every value of another type or size.
struct StoredRow {
    private let row: Row
    private let table: String
    private let height: UInt64
    private var column = 0

    init(_ row: Row, table: String, height: UInt64) {
        self.row = row
        self.table = table
        self.height = height
    }

    mutating func integer() throws(LedgerError) -> UInt64 {
        guard case .int64(let value) = next() else { throw wrongType("an integer") }
        return UInt64(bitPattern: value)
    }

    mutating func bytes(_ count: Int? = nil) throws(LedgerError) -> [UInt8] {
        guard case .blob(let data) = next() else { throw wrongType("a blob") }
        guard count == nil || data.count == count else {
            throw .row(
                table, height, "column \(column) has \(data.count) bytes, not \(count ?? 0)")
        }
        return Array(data)
    }

    mutating func digest() throws(LedgerError) -> LedgerDigest {
        LedgerDigest(unchecked: try bytes(32))
    }

    mutating func address() throws(LedgerError) -> Address {
        Address(unchecked: try bytes(20))
    }

    mutating func signature() throws(LedgerError) -> Signature {
        let bytes = try bytes()
        do { return try Signature(bytes) } catch { throw .row(table, height, error.message) }
    }

    /// Reads an integer that must be `expected`.
    mutating func expect(_ expected: UInt64, _ what: String) throws(LedgerError) {
        let value = try integer()
        guard value == expected else {
            throw .row(table, height, "\(what) is \(value), not \(expected)")
        }
    }

    /// Reads a digest that must be `expected`.
    mutating func expect(_ expected: LedgerDigest, _ what: String) throws(LedgerError) {
        let value = try digest()
        guard value == expected else {
            throw .row(table, height, "\(what) is \(value), computed \(expected)")
        }
    }

    private mutating func next() -> DatabaseValue.Storage {
        defer { column += 1 }
        return (row[column] as DatabaseValue).storage
    }

    private func wrongType(_ expected: String) -> LedgerError {
        .row(table, height, "column \(column - 1) is not \(expected)")
    }
}
