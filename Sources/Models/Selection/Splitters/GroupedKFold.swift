// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// K-fold splitting that keeps the rows of a group together, such as all loans of a borrower.
///
/// The largest group first, each goes to the fold with the fewest rows so far; groups of one size
/// are in random order.
public struct GroupedKFold: SeededSplitter {
    /// The number of folds, at least 2.
    public var foldCount: Int

    /// The seed of the order of groups of one size.
    public var seed: UInt64

    /// A recipe for splitting; ``folds(of:)`` checks it.
    public init(foldCount: Int = 10, seed: UInt64 = 0) {
        self.foldCount = foldCount
        self.seed = seed
    }

    /// The folds.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` without groups, for fewer than two folds
    ///   or fewer groups than folds.
    /// - Complexity: O(rows * folds + groups * log groups).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        var groups = try rows.rowsOfGroup("grouped k-fold")
        try checkFoldCount(foldCount, of: "groups", count: groups.count)
        var stream = RandomStream(seed: seed).child("grouped k-fold")
        stream.shuffle(&groups)
        var foldOfRow = [Int](repeating: 0, count: rows.count)
        var counts = [Int](repeating: 0, count: foldCount)
        // The sort is stable, so that the shuffle decides among equal sizes.
        for group in groups.sorted(by: { $0.count > $1.count }) {
            let fold = counts.indices.min { counts[$0] < counts[$1] } ?? 0
            counts[fold] += group.count
            for row in group { foldOfRow[row] = fold }
        }
        return Fold.each(of: foldCount, foldOfRow, seed: seed)
    }
}

/// As many folds as groups, each of which validates one group.
public struct LeaveOneGroupOut: Splitter {
    /// The splitter, which has no settings.
    public init() {}

    /// One fold per group, in the order of the groups' first rows.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` without groups, and for one group only.
    /// - Complexity: O(rows * groups).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        let groups = try rows.rowsOfGroup("leave one group out")
        try checkFoldCount(max(2, groups.count), of: "groups", count: groups.count)
        var foldOfRow = [Int](repeating: 0, count: rows.count)
        for (fold, group) in groups.enumerated() { for row in group { foldOfRow[row] = fold } }
        return Fold.each(of: groups.count, foldOfRow)
    }
}
