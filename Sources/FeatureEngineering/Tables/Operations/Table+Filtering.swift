// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// The rows that satisfy a condition, in their order.
    ///
    /// ```swift
    /// let large = try loans.filter { row throws(FeatureError) in
    ///     (try row["amount"].number ?? 0) > 5000
    /// }
    /// ```
    ///
    /// - Throws: What the condition throws.
    /// - Complexity: O(rows), and what the condition takes; looking a column up by its name takes
    ///   O(columns).
    public func filter(
        _ isIncluded: (Row) throws(FeatureError) -> Bool
    ) throws(FeatureError) -> Table {
        var rows: [Int] = []
        for index in 0..<rowCount where try isIncluded(self[index]) { rows.append(index) }
        return self[rows: rows]
    }

    /// The rows whose value in one column satisfies a condition, in their order.
    ///
    /// The condition is asked for missing values too.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`.
    public func filter(
        _ name: String, where isIncluded: (Column.Value) -> Bool
    ) throws(FeatureError) -> Table {
        let column = try self[column: name]
        return self[rows: (0..<rowCount).filter { isIncluded(column[$0]) }]
    }

    /// The rows for which `mask` is true, in their order.
    ///
    /// - Precondition: `mask.count == rowCount`.
    public func filter(mask: [Bool]) -> Table {
        precondition(
            mask.count == rowCount, "a mask of \(mask.count) values for \(rowCount) rows")
        return self[rows: mask.indices.filter { mask[$0] }]
    }

    /// The rows for which a column of zeros and ones holds 1, in their order.
    ///
    /// Rows where it is missing are left out.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, `wrongKind` if the column is not numeric,
    ///   or `invalidValue` at the first number other than 0 and 1.
    public func filter(flag name: String) throws(FeatureError) -> Table {
        let column = try self[column: name]
        guard let values = column.numbers else {
            throw FeatureError.wrongKind(column, needed: "a numeric column of zeros and ones")
        }
        for (row, value) in values.enumerated() where !value.isNaN && value != 0 && value != 1 {
            throw FeatureError(
                .invalidValue, "\(value.shortText) is neither 0 nor 1", row: row, column: name,
                value: value.shortText)
        }
        return self[rows: values.indices.filter { values[$0] == 1 }]
    }

    /// The first row of every distinct combination of the columns called `names`, in their order;
    /// of all columns if none are named.
    ///
    /// Missing values are equal to each other.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn` or `duplicateColumn`.
    /// - Complexity: O(rows x columns), expected.
    public func distinct(by names: [String] = []) throws(FeatureError) -> Table {
        let groups = try rowGroups(by: names.isEmpty ? columnNames : names)
        return self[rows: groups.map { $0[0] }]
    }
}
