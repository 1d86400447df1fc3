// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
import GRDB
public import Models

/// A table of loans in an SQLite database in memory, to run a card's SQL on.
public struct LoanDatabase {
    private let queue: DatabaseQueue
    private let name: String

    /// Copies `table` into a new database, where it is called `name` and has a column `row`.
    ///
    /// Numbers become `REAL`, everything else `TEXT`, missing values `NULL`.
    ///
    /// - Throws: GRDB's `DatabaseError`.
    public init(_ table: FeatureEngineering.Table, name: String = "loans") throws {
        queue = try DatabaseQueue()
        self.name = name
        try queue.write { database in
            let types = table.columns.map { $0.kind == .numeric ? "REAL" : "TEXT" }
            let columns = zip(table.columns, types).map { ", \(quoted($0.name)) \($1)" }.joined()
            try database.execute(
                sql: "CREATE TABLE \(quoted(name)) (row INTEGER PRIMARY KEY\(columns))")
            let places = types.map { _ in ", ?" }.joined()
            let insertion = try database.makeStatement(
                sql: "INSERT INTO \(quoted(name)) VALUES (?\(places))")
            for row in 0..<table.rowCount {
                let values: [(any DatabaseValueConvertible)?] = table.columns.map { column in
                    switch column[row] {
                    case .number(let number): number
                    case .missing: nil
                    case let value: "\(value)"
                    }
                }
                try insertion.execute(
                    arguments: StatementArguments([row as (any DatabaseValueConvertible)?] + values)
                )
            }
        }
    }

    /// The scores of all rows by the SQL of `card`; `nil` where SQL says `NULL`.
    ///
    /// - Throws: GRDB's `DatabaseError`.
    public func scores(by card: ScorecardModel) throws -> [Double?] {
        try queue.read { database in
            try Row.fetchAll(database, sql: card.sql(table: name, keys: ["row"]) + " ORDER BY 1")
                .map { $0["score"] }
        }
    }
}

/// `name` as an identifier of SQL, each quote in it doubled, accents on it or not.
private func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"\(String(String.UnicodeScalarView(scalars)))\""
}
