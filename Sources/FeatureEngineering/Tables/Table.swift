// SPDX-License-Identifier: Apache-2.0

/// Named, typed columns of equal length: one row per loan, applicant or event.
///
/// A table is a value. Columns share their storage until changed, so selecting columns costs
/// nothing and selecting rows copies only those rows.
public struct Table: Sendable, Equatable {
    /// The columns in their order; names are unique.
    public private(set) var columns: [Column]
    /// The number of rows.
    public private(set) var rowCount: Int

    /// A table of `columns`.
    ///
    /// - Throws: ``FeatureError`` with `duplicateColumn` or `unequalLengths`.
    public init(_ columns: [Column]) throws(FeatureError) {
        var names: Set<String> = []
        for column in columns {
            guard names.insert(column.name).inserted else {
                throw FeatureError(
                    .duplicateColumn, "two columns have this name", column: column.name)
            }
            try Self.checkLength(of: column, equals: columns[0].count)
        }
        self.columns = columns
        rowCount = columns.first?.count ?? 0
    }

    /// The number of columns.
    public var columnCount: Int { columns.count }

    /// The names of the columns in their order.
    public var columnNames: [String] { columns.map(\.name) }

    /// Whether a column is called `name`.
    public func contains(column name: String) -> Bool { columns.contains { $0.name == name } }

    /// The column called `name`.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, listing the columns there are.
    /// - Complexity: O(columns).
    public subscript(column name: String) -> Column {
        get throws(FeatureError) { columns[try index(of: name)] }
    }

    /// Adds a column at the end.
    ///
    /// - Throws: ``FeatureError`` with `duplicateColumn` or `unequalLengths`.
    public mutating func append(_ column: Column) throws(FeatureError) {
        guard !contains(column: column.name) else {
            throw FeatureError(
                .duplicateColumn, "the table already has this column", column: column.name)
        }
        if !columns.isEmpty { try Self.checkLength(of: column, equals: rowCount) }
        columns.append(column)
        rowCount = column.count
    }

    /// Takes the column called `name` out.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    @discardableResult
    public mutating func remove(column name: String) throws(FeatureError) -> Column {
        let removed = columns.remove(at: try index(of: name))
        if columns.isEmpty { rowCount = 0 }
        return removed
    }

    /// The columns called `names`, in that order.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn` or `duplicateColumn`.
    public func selecting(_ names: [String]) throws(FeatureError) -> Table {
        var chosen: [Column] = []
        for name in names { chosen.append(try self[column: name]) }
        return try Table(chosen)
    }

    /// All columns but those called `names`.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    public func removing(_ names: [String]) throws(FeatureError) -> Table {
        var copy = self
        for name in names { try copy.remove(column: name) }
        return copy
    }

    /// The position of the column called `name`.
    package func index(of name: String) throws(FeatureError) -> Int {
        guard let index = columns.firstIndex(where: { $0.name == name }) else {
            throw .unknownColumn(name, of: columnNames)
        }
        return index
    }

    /// A table of the same columns with other rows.
    func replacingRows(with columns: [Column], rowCount: Int) -> Table {
        var copy = self
        copy.columns = columns
        copy.rowCount = rowCount
        return copy
    }

    private static func checkLength(
        of column: Column, equals rowCount: Int
    ) throws(FeatureError) {
        guard column.count == rowCount else {
            throw FeatureError(
                .unequalLengths, "has \(column.count) rows where the table has \(rowCount)",
                column: column.name)
        }
    }
}

extension FeatureError {
    package static func unknownColumn(_ name: String, of names: [String]) -> FeatureError {
        FeatureError(
            .unknownColumn,
            "there is no such column; there are \(names.joined(separator: ", "))", column: name)
    }

    package static func wrongKind(_ column: Column, needed: String) -> FeatureError {
        FeatureError(
            .wrongKind, "is \(column.kind.rawValue) where \(needed) is needed",
            column: column.name)
    }
}
