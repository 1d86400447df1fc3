// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Seeded, shuffled k-fold splitting that keeps the share of every class.
///
/// Each row is in the validation part of one fold. The rows of a class differ by at most one
/// between the folds, and so do all rows. Equal labels, fold counts and seeds give equal folds on
/// every machine.
public struct StratifiedKFold: SeededSplitter {
    /// The number of folds, at least 2.
    public var foldCount: Int

    /// The seed of the shuffle.
    public var seed: UInt64

    /// A recipe for splitting; ``folds(of:)-(ClassLabels)`` checks it.
    public init(foldCount: Int = 10, seed: UInt64 = 0) {
        self.foldCount = foldCount
        self.seed = seed
    }

    /// The folds of rows with `labels`.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` for fewer than two folds, and where a
    ///   class has fewer rows than there are folds; the message names both numbers.
    /// - Complexity: O(rows * folds).
    public func folds(of labels: ClassLabels) throws(ModelError) -> [Fold] {
        guard foldCount >= 2 else {
            throw ModelError(.invalidSplit, "\(foldCount) folds, at least 2 are needed")
        }
        let rowsOfClass = labels.classes.indices.map { code in
            labels.codes.indices.filter { labels.codes[$0] == code }
        }
        for (name, rows) in zip(labels.classes, rowsOfClass) where rows.count < foldCount {
            throw ModelError(
                .invalidSplit, "class \(name) has \(rows.count) rows for \(foldCount) folds")
        }
        let foldOfRow = assign(rowsOfClass, rowCount: labels.count)
        return Fold.each(of: foldCount, foldOfRow, seed: seed)
    }

    /// The folds of rows with labels; groups and times are not looked at.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit`, as ``folds(of:)-(ClassLabels)``.
    /// - Complexity: O(rows * folds).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        try folds(of: rows.labels)
    }

    /// The folds of rows of two classes.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit`, as ``folds(of:)-(ClassLabels)``.
    /// - Complexity: O(rows * folds).
    public func folds(of labels: [Bool]) throws(ModelError) -> [Fold] {
        try folds(of: ClassLabels(labels))
    }

    /// Deals the shuffled rows of one class after the other to the folds in turn.
    private func assign(_ rowsOfClass: [[Int]], rowCount: Int) -> [Int] {
        let stream = RandomStream(seed: seed)
        var foldOfRow = [Int](repeating: 0, count: rowCount)
        var next = 0
        for (code, var rows) in rowsOfClass.enumerated() {
            var generator = stream.child("stratified k-fold", code)
            generator.shuffle(&rows)
            for row in rows {
                foldOfRow[row] = next
                next = (next + 1) % foldCount
            }
        }
        return foldOfRow
    }
}
