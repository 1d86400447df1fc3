// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// Joins the rows of another table that have the same keys.
    ///
    /// Rows come in the order of this table, the matches of one row in the order of the other.
    /// Numbers and dates match by value, categories and text by their text; a missing key matches
    /// nothing. The result has this table's columns and, for inner and left joins, the other's
    /// but for its keys.
    ///
    /// - Parameters:
    ///   - right: The other table.
    ///   - keys: The columns that must agree; their names where both tables use the same ones.
    ///   - kind: Which rows are kept.
    ///   - cardinality: How often a key may occur. The default lets every row of this table find at
    ///     most one match, so that no row is repeated in silence.
    ///   - suffix: Added to the names of right columns that this table has too; without it, these
    ///     are an error.
    /// - Throws: ``FeatureError`` with `unknownColumn`, `wrongKind` if two key columns cannot be
    ///   compared, `duplicateKey` against the cardinality, `duplicateColumn`, or `invalidParameter`
    ///   if there are no keys.
    /// - Complexity: O(rows of both + rows of the result), expected.
    public func joined(
        _ right: Table, on keys: [JoinKey], kind: JoinKind = .inner,
        cardinality: JoinCardinality = .manyToOne, suffix: String? = nil
    ) throws(FeatureError) -> Table {
        guard !keys.isEmpty else {
            throw FeatureError(.invalidParameter, "a join needs at least one key column")
        }
        let leftKeys = try keyColumns(keys.map(\.left))
        let rightKeys = try right.keyColumns(keys.map(\.right))
        for (a, b) in zip(leftKeys, rightKeys) where !a.isComparable(with: b) {
            throw FeatureError(
                .wrongKind,
                "is \(a.kind.rawValue), its key '\(b.name)' in the other table "
                    + b.kind.rawValue, column: a.name)
        }
        var encoder = KeyEncoder(columnCount: keys.count, skipsMissing: true)
        let rightGroups = encoder.groups(of: rightKeys, rowCount: right.rowCount)
        let matches = encoder.rows(ofGroups: rightGroups)
        let leftGroups = encoder.groups(of: leftKeys, rowCount: rowCount)
        if cardinality == .oneToOne || cardinality == .manyToOne {
            try Self.checkUnique(matches, rightKeys, side: "right", cardinality)
        }
        if cardinality == .oneToOne || cardinality == .oneToMany {
            try Self.checkUnique(
                encoder.rows(ofGroups: leftGroups), leftKeys, side: "left", cardinality)
        }
        func found(_ row: Int) -> [Int] {
            let group = leftGroups[row]
            return group >= 0 && group < matches.count ? matches[group] : []
        }
        switch kind {
        case .semi: return self[rows: (0..<rowCount).filter { !found($0).isEmpty }]
        case .anti: return self[rows: (0..<rowCount).filter { found($0).isEmpty }]
        case .inner, .left: break
        }
        var leftRows: [Int] = []
        var rightRows: [Int] = []
        for row in 0..<rowCount {
            let found = found(row)
            for match in found {
                leftRows.append(row)
                rightRows.append(match)
            }
            if found.isEmpty, kind == .left {
                leftRows.append(row)
                rightRows.append(-1)
            }
        }
        let ownNames = Set(columnNames)
        let keyNames = Set(keys.map(\.right))
        let added = right.columns.filter { !keyNames.contains($0.name) }.map { column in
            let clashes = suffix != nil && ownNames.contains(column.name)
            return column.gathered(rightRows, name: column.name + (clashes ? suffix! : ""))
        }
        return try Table(self[rows: leftRows].columns + added)
    }

    private static func checkUnique(
        _ groups: [[Int]], _ keys: [Column], side: String, _ cardinality: JoinCardinality
    ) throws(FeatureError) {
        guard let rows = groups.filter({ $0.count > 1 }).min(by: { $0[1] < $1[1] }) else { return }
        let value = keys.map { $0[rows[0]].description }.joined(separator: ", ")
        throw FeatureError(
            .duplicateKey,
            "the key \(value) of the \(side) table is that of row \(rows[0]) too, which a "
                + "\(cardinality.rawValue) join does not allow",
            row: rows[1], column: keys.map(\.name).joined(separator: ", "), value: value)
    }
}

extension Column {
    /// Whether values of both columns can be equal.
    fileprivate func isComparable(with other: Column) -> Bool {
        func isText(_ kind: ColumnKind) -> Bool { kind == .text || kind == .categorical }
        return kind == other.kind || (isText(kind) && isText(other.kind))
    }

    /// The values of `rows`, missing where the row is -1, under another name.
    func gathered(_ rows: [Int], name: String) -> Column {
        let gathered: Storage =
            switch storage {
            case .numeric(let values): .numeric(rows.map { $0 < 0 ? .nan : values[$0] })
            case .categorical(let codes, let levels):
                .categorical(codes: rows.map { $0 < 0 ? -1 : codes[$0] }, levels: levels)
            case .text(let values): .text(rows.map { $0 < 0 ? nil : values[$0] })
            case .date(let days): .date(rows.map { $0 < 0 ? Self.missingDay : days[$0] })
            }
        return Column(name: name, storage: gathered)
    }
}
