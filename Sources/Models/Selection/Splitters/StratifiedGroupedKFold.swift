// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// K-fold splitting that keeps groups together and the share of every class as even as they allow.
///
/// Groups whose classes are spread most unevenly come first. Each goes to the fold with which the
/// standard deviation over folds of the classes' shares, averaged over classes, is smallest; of
/// equal ones to that with the fewest rows. Groups that are spread alike are in random order.
public struct StratifiedGroupedKFold: SeededSplitter {
    /// The number of folds, at least 2.
    public var foldCount: Int

    /// The seed of the order of groups that are spread alike.
    public var seed: UInt64

    /// A recipe for splitting; ``folds(of:)`` checks it.
    public init(foldCount: Int = 10, seed: UInt64 = 0) {
        self.foldCount = foldCount
        self.seed = seed
    }

    /// The folds.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` without groups, for fewer than two folds,
    ///   fewer groups than folds, or a class with fewer rows than folds.
    /// - Complexity: O(rows * folds + groups * folds² * classes).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        var groups = try rows.rowsOfGroup("stratified grouped k-fold")
        try checkFoldCount(foldCount, of: "groups", count: groups.count)
        var stream = RandomStream(seed: seed).child("stratified grouped k-fold")
        stream.shuffle(&groups)
        let labels = rows.labels
        var totals = [Double](repeating: 0, count: labels.classes.count)
        for code in labels.codes { totals[code] += 1 }
        for (name, total) in zip(labels.classes, totals) where total < Double(foldCount) {
            throw ModelError(
                .invalidSplit, "class \(name) has \(Int(total)) rows for \(foldCount) folds")
        }
        let counts = groups.map { group in
            group.reduce(into: [Double](repeating: 0, count: totals.count)) {
                $0[labels.codes[$1]] += 1
            }
        }
        let spreads = counts.map { deviation(of: $0) }
        var foldCounts = [[Double]](
            repeating: [Double](repeating: 0, count: totals.count), count: foldCount)
        var foldOfRow = [Int](repeating: 0, count: rows.count)
        for group in groups.indices.sorted(by: { spreads[$0] > spreads[$1] }) {
            let fold = bestFold(for: counts[group], foldCounts, totals)
            for code in totals.indices { foldCounts[fold][code] += counts[group][code] }
            for row in groups[group] { foldOfRow[row] = fold }
        }
        return Fold.each(of: foldCount, foldOfRow, seed: seed)
    }

    private func bestFold(
        for group: [Double], _ foldCounts: [[Double]], _ totals: [Double]
    ) -> Int {
        var best = (fold: 0, spread: Double.infinity, rows: Double.infinity)
        for fold in foldCounts.indices {
            var spread = 0.0
            for code in totals.indices {
                let shares = foldCounts.indices.map { other in
                    (foldCounts[other][code] + (other == fold ? group[code] : 0)) / totals[code]
                }
                spread += deviation(of: shares)
            }
            spread /= Double(totals.count)
            let rows = foldCounts[fold].reduce(0, +)
            // Spreads that differ by rounding only are alike.
            let isAlike = abs(spread - best.spread) <= 1e-8 + 1e-5 * abs(best.spread)
            if isAlike ? rows < best.rows : spread < best.spread { best = (fold, spread, rows) }
        }
        return best.fold
    }

    /// The population standard deviation.
    private func deviation(of values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count)).squareRoot()
    }
}
