// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// Sums up the rows of every distinct combination of some columns.
    ///
    /// ```swift
    /// let byPurpose = try loans.aggregated(
    ///     by: ["purpose"], [.count(), .mean("amount"), .max("opened")])
    /// ```
    ///
    /// The result has one row for each combination, in the order of its first row, with the
    /// columns `names` and one for each aggregation. Missing values are a value of their own in
    /// `names`. Without names, all rows are one group.
    ///
    /// - Throws: ``FeatureError`` with `unknownColumn`, `duplicateColumn`, or `wrongKind` for an
    ///   aggregation that its column's kind does not have.
    /// - Complexity: O(rows x (names + aggregations)), expected; medians take O(n log n).
    public func aggregated(
        by names: [String], _ aggregations: [Aggregation]
    ) throws(FeatureError) -> Table {
        let keys = try keyColumns(names)
        let groups = try rowGroups(by: names)
        let firstRows = groups.map { $0[0] }
        var columns = keys.map { $0[rows: firstRows] }
        for aggregation in aggregations {
            columns.append(try column(of: aggregation, groups))
        }
        return try Table(columns)
    }

    private func column(
        of aggregation: Aggregation, _ groups: [[Int]]
    ) throws(FeatureError) -> Column {
        let name = aggregation.name
        func numeric(_ values: [Double]) -> Column { Column(name: name, storage: .numeric(values)) }
        guard
            let source = try aggregation.column.map({ (column) throws(FeatureError) in
                try self[column: column]
            })
        else { return numeric(groups.map { Double($0.count) }) }
        let present = groups.map { rows in rows.filter { !source.isMissing($0) } }
        switch aggregation.operation {
        case .rowCount, .count: return numeric(present.map { Double($0.count) })
        case .first: return source.picking(present.map(\.first)).renamed(name)
        case .last: return source.picking(present.map(\.last)).renamed(name)
        case .distinctCount:
            var encoder = KeyEncoder(columnCount: 1, skipsMissing: true)
            let codes = encoder.groups(of: [source], rowCount: rowCount)
            return numeric(present.map { rows in Double(Set(rows.map { codes[$0] }).count) })
        case .min, .max:
            if case .date(let days) = source.storage {
                let chosen = present.map { rows in
                    let days = rows.map { days[$0] }
                    return aggregation.operation == .min ? days.min() : days.max()
                }
                return Column(name: name, storage: .date(chosen.map { $0 ?? Column.missingDay }))
            }
        default: break
        }
        guard let values = source.numbers else {
            let kinds = aggregation.operation == .min || aggregation.operation == .max
            throw FeatureError.wrongKind(
                source, needed: kinds ? "a numeric or date column" : "a numeric column")
        }
        return numeric(present.map { aggregation.operation.value(of: $0.map { values[$0] }) })
    }
}

extension Aggregation.Operation {
    /// The value of numbers of which none is missing; NaN where there is none.
    fileprivate func value(of values: [Double]) -> Double {
        switch self {
        case .sum: return Aggregation.sum(values)
        case .mean: return Aggregation.sum(values) / Double(values.count)
        case .min: return values.min() ?? .nan
        case .max: return values.max() ?? .nan
        case .standardDeviation:
            if values.count < 2 { return .nan }
            let mean = Aggregation.sum(values) / Double(values.count)
            let squares = values.map { ($0 - mean) * ($0 - mean) }
            return (Aggregation.sum(squares) / Double(values.count - 1)).squareRoot()
        case .median:
            if values.isEmpty { return .nan }
            let sorted = values.sorted()
            let middle = sorted.count / 2
            // Halved first: the sum of two large numbers may overflow.
            return sorted.count.isMultiple(of: 2)
                ? sorted[middle - 1] / 2 + sorted[middle] / 2 : sorted[middle]
        case .rowCount, .count, .distinctCount, .first, .last: return Double(values.count)
        }
    }
}

extension Aggregation {
    /// A sum whose rounding errors are added up beside it.
    ///
    /// Source: A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation, 1974,
    /// doi:10.1002/zamm.19740540106.
    fileprivate static func sum(_ values: [Double]) -> Double {
        var sum = 0.0
        var lost = 0.0
        for value in values {
            let next = sum + value
            lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
            sum = next
        }
        return sum + lost
    }
}

extension Column {
    /// The values of `rows`, missing where there is no row.
    fileprivate func picking(_ rows: [Int?]) -> Column {
        gathered(rows.map { $0 ?? -1 }, name: name)
    }
}
