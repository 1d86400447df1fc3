// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// K-fold splitting that looks at nothing but the number of rows.
///
/// Folds differ by at most one row. Use ``StratifiedKFold`` where a class is rare.
public struct KFold: SeededSplitter {
    /// The number of folds, at least 2.
    public var foldCount: Int

    /// Whether rows are dealt at random; else the folds are runs of neighbouring rows.
    public var isShuffled: Bool

    /// The seed of the shuffle.
    public var seed: UInt64

    /// A recipe for splitting; ``folds(of:)`` checks it.
    public init(foldCount: Int = 10, isShuffled: Bool = true, seed: UInt64 = 0) {
        self.foldCount = foldCount
        self.isShuffled = isShuffled
        self.seed = seed
    }

    /// The folds; the first ones have a row more where the rows do not divide.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` for fewer than two folds or fewer rows
    ///   than folds.
    /// - Complexity: O(rows * folds).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        try checkFoldCount(foldCount, of: "rows", count: rows.count)
        var order = Array(0..<rows.count)
        if isShuffled {
            var stream = RandomStream(seed: seed).child("k-fold")
            stream.shuffle(&order)
        }
        var foldOfRow = [Int](repeating: 0, count: rows.count)
        let (share, more) = rows.count.quotientAndRemainder(dividingBy: foldCount)
        var position = 0
        for fold in 0..<foldCount {
            let count = share + (fold < more ? 1 : 0)
            for row in order[position..<position + count] { foldOfRow[row] = fold }
            position += count
        }
        return Fold.each(of: foldCount, foldOfRow, seed: isShuffled ? seed : 0)
    }
}

/// As many folds as rows, each of which validates one row.
///
/// A fold of one row has no area under a curve: take
/// ``CrossValidation/outOfFoldProbabilities(of:on:groups:times:progress:)`` and score all rows.
public struct LeaveOneRowOut: Splitter {
    /// The splitter, which has no settings.
    public init() {}

    /// One fold per row.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` for fewer than two rows.
    /// - Complexity: O(rows²).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        try checkFoldCount(max(2, rows.count), of: "rows", count: rows.count)
        return Fold.each(of: rows.count, Array(0..<rows.count))
    }
}
