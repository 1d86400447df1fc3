// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// The rows of several tables, one table after the other.
    ///
    /// Columns are found by name and have the order of the first table. The levels of a categorical
    /// column are the first table's, followed by those that only later tables have.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn` or `undeclaredColumn` if a table has other
    ///   columns than the first, `wrongKind` if a column's kind differs, or `emptyInput` if there
    ///   is no table.
    /// - Complexity: O(rows x columns).
    public init(concatenating tables: [Table]) throws(FeatureError) {
        guard let first = tables.first else {
            throw FeatureError(.emptyInput, "there is no table to concatenate")
        }
        for (index, table) in tables.enumerated().dropFirst() {
            for name in first.columnNames where !table.contains(column: name) {
                throw FeatureError(
                    .unknownColumn, "table \(index + 1) of \(tables.count) has no such column",
                    column: name)
            }
            for name in table.columnNames where !first.contains(column: name) {
                throw FeatureError(
                    .undeclaredColumn,
                    "table \(index + 1) of \(tables.count) has this column, the first has not",
                    column: name)
            }
        }
        var columns: [Column] = []
        for column in first.columns {
            var parts = [column]
            for table in tables.dropFirst() { parts.append(try table[column: column.name]) }
            columns.append(try Column(concatenating: parts))
        }
        try self.init(columns)
    }
}

extension Column {
    /// Joins columns of one kind, of which there is at least one; the first gives the name.
    fileprivate init(concatenating parts: [Column]) throws(FeatureError) {
        let first = parts[0]
        for part in parts where part.kind != first.kind {
            throw FeatureError.wrongKind(
                part, needed: "\(first.kind.rawValue), as in the first table,")
        }
        name = first.name
        switch first.kind {
        case .numeric: storage = .numeric(parts.flatMap { $0.numbers ?? [] })
        case .text: storage = .text(parts.flatMap { $0.texts ?? [] })
        case .date:
            storage = .date(
                parts.flatMap { part -> [Int32] in
                    if case .date(let days) = part.storage { days } else { [] }
                })
        case .categorical:
            var levels: [String] = []
            var codeOfLevel: [String: Int32] = [:]
            var codes: [Int32] = []
            for part in parts {
                guard case .categorical(let own, let ownLevels) = part.storage else { continue }
                let newCodes = ownLevels.map { level -> Int32 in
                    if let code = codeOfLevel[level] { return code }
                    codeOfLevel[level] = Int32(levels.count)
                    levels.append(level)
                    return Int32(levels.count - 1)
                }
                codes.append(contentsOf: own.lazy.map { $0 < 0 ? -1 : newCodes[Int($0)] })
            }
            storage = .categorical(codes: codes, levels: levels)
        }
    }
}
