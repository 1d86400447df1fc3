// SPDX-License-Identifier: Apache-2.0

/// The rows from the highest score to the lowest, told group by group of equal score.
struct RankedOutcomes {
    /// The rows of one score.
    struct Group {
        var score: Double
        var rowCount = 0
        var positives = 0.0
        var negatives = 0.0

        var weight: Double { positives + negatives }
    }

    private enum Rows {
        case counted([UInt64])
        case weighted([WeightedRow])
    }

    private let rows: Rows
    private let nonnegativeCount: Int

    /// The weight of all positives, without weights their number.
    private(set) var positives = 0.0
    /// The weight of all negatives.
    private(set) var negatives = 0.0
    /// The number of rows with positive weight.
    private(set) var rowCount = 0

    var isWeighted: Bool {
        if case .weighted = rows { true } else { false }
    }

    /// Checks the arrays and ranks the rows; rows of weight 0 are absent.
    init(labels: [Bool], scores: [Double], weights: [Double]?) throws(MetricsError) {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try Validation.weights(weights)
        let sorted = Result { () throws(MetricsError) in
            try Self.sort(labels, scores, weights)
        }
        (rows, nonnegativeCount) = try sorted.get()
        forEachGroup {
            positives += $0.positives
            negatives += $0.negatives
            rowCount += $0.rowCount
        }
    }

    private static func sort(
        _ labels: [Bool], _ scores: [Double], _ weights: [Double]?
    ) throws(MetricsError) -> (Rows, Int) {
        try scores.withUnsafeBufferPointer { scores throws(MetricsError) in
            try labels.withUnsafeBufferPointer { labels throws(MetricsError) in
                let sorter = RowSorter(scores: scores, labels: labels)
                guard let weights else {
                    let (rows, count) = try sorter.sorted { key, _ in UInt64?.some(key) }
                    return (.counted(rows), count)
                }
                return try weights.withUnsafeBufferPointer { weights throws(MetricsError) in
                    let (rows, count) = try sorter.sorted { key, position in
                        weights[position] > 0
                            ? WeightedRow(key: key, weight: weights[position]) : nil
                    }
                    return (.weighted(rows), count)
                }
            }
        }
    }

    /// Calls `body` with every group, from the highest score to the lowest.
    @inline(__always)
    func forEachGroup(_ body: (Group) -> Void) {
        switch rows {
        case .counted(let rows):
            forEachGroup(of: rows, weight: { _ in 1 }, body)
        case .weighted(let rows):
            forEachGroup(of: rows, weight: { $0.weight }, body)
        }
    }

    @inline(__always)
    private func forEachGroup<Row: SortableRow>(
        of rows: [Row], weight: (Row) -> Double, _ body: (Group) -> Void
    ) {
        rows.withUnsafeBufferPointer { rows in
            for (part, highestBit) in [
                (0..<nonnegativeCount, UInt64(0)),
                (nonnegativeCount..<rows.count, ScoreCode.firstNegative),
            ] {
                var index = part.lowerBound
                while index < part.upperBound {
                    let code = rows[index].key >> 1
                    var group = Group(score: ScoreCode.score(code | highestBit))
                    repeat {
                        let row = rows[index]
                        let isPositive = row.key & 1 == 1
                        group.rowCount += 1
                        group.positives += isPositive ? weight(row) : 0
                        group.negatives += isPositive ? 0 : weight(row)
                        index += 1
                    } while index < part.upperBound && rows[index].key >> 1 == code
                    body(group)
                }
            }
        }
    }

    /// All groups, from the highest score to the lowest.
    var groups: [Group] {
        var groups: [Group] = []
        forEachGroup { groups.append($0) }
        return groups
    }

    func requirePositives() throws(MetricsError) {
        guard positives > 0 else {
            throw MetricsError(.oneClass, "all rows are negative: there is no positive to find")
        }
    }

    func requireBothClasses() throws(MetricsError) {
        try requirePositives()
        guard negatives > 0 else {
            throw MetricsError(.oneClass, "all rows are positive: there is no negative to tell")
        }
    }
}
