// SPDX-License-Identifier: Apache-2.0

/// A recipe that splits rows into training and validation parts.
///
/// A splitter is a value: equal splitters give equal folds of equal rows, on every machine.
public protocol Splitter: Codable, Hashable, Sendable {
    /// The folds of `rows`, repetition after repetition.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` where the splitter's values are out of
    ///   range, or the rows have not what it needs; the message has the numbers.
    func folds(of rows: SplitRows) throws(ModelError) -> [Fold]
}

/// A splitter that deals rows at random, so that it can be repeated over seeds.
public protocol SeededSplitter: Splitter {
    /// The seed of the random choice.
    var seed: UInt64 { get set }
}

/// What a splitter may look at: the class, the group and the time of every row.
public struct SplitRows: Sendable {
    /// The class of every row.
    public let labels: ClassLabels

    /// The group of every row, such as the borrower whose loans must stay together.
    public let groups: [String]?

    /// When every row was observed, in any unit, such as days.
    public let times: [Double]?

    /// The number of rows.
    public var count: Int { labels.count }

    /// Joins the parts.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` for groups or times that are not one per
    ///   row, and for a time that is not finite.
    public init(
        labels: ClassLabels, groups: [String]? = nil, times: [Double]? = nil
    ) throws(ModelError) {
        if let groups, groups.count != labels.count {
            throw ModelError(.invalidSplit, "\(groups.count) groups for \(labels.count) rows")
        }
        if let times {
            guard times.count == labels.count else {
                throw ModelError(.invalidSplit, "\(times.count) times for \(labels.count) rows")
            }
            if let row = times.firstIndex(where: { !$0.isFinite }) {
                throw ModelError(.invalidSplit, "row \(row) has the time \(times[row])")
            }
        }
        self.labels = labels
        self.groups = groups
        self.times = times
    }

    /// The rows of every group, in the order of the groups' first rows.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` where there are no groups.
    func rowsOfGroup(_ splitter: String) throws(ModelError) -> [[Int]] {
        guard let groups else {
            throw ModelError(.invalidSplit, "\(splitter) needs the group of every row")
        }
        var indexOfGroup: [String: Int] = [:]
        var rows: [[Int]] = []
        for (row, group) in groups.enumerated() {
            if let index = indexOfGroup[group] {
                rows[index].append(row)
            } else {
                indexOfGroup[group] = rows.count
                rows.append([row])
            }
        }
        return rows
    }
}

/// Refuses fewer than two folds, and more folds than there are `items`.
func checkFoldCount(_ foldCount: Int, of items: String, count: Int) throws(ModelError) {
    guard foldCount >= 2 else {
        throw ModelError(.invalidSplit, "\(foldCount) folds, at least 2 are needed")
    }
    guard count >= foldCount else {
        throw ModelError(.invalidSplit, "\(count) \(items) for \(foldCount) folds")
    }
}
