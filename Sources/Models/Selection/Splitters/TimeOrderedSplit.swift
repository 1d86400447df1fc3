// SPDX-License-Identifier: Apache-2.0

/// Splitting that fits to the past and validates on what came after it.
///
/// In the order of their times the last rows form ``foldCount`` validation parts of one size, one
/// behind the other. Each is validated by the rows before it. Rows of one time are never parted.
///
/// ```swift
/// // Fit to two years, leave out the 90 days whose loans are not mature yet.
/// TimeOrderedSplit(foldCount: 4, window: 730, gap: 90)
/// ```
public struct TimeOrderedSplit: Splitter {
    /// The number of folds, at least 1.
    public var foldCount: Int

    /// The number of rows of each validation part; `nil` for `rows / (foldCount + 1)`.
    public var validationCount: Int?

    /// How far back training rows reach, in the unit of the times; `nil` for all of the past, so
    /// that the training part grows from fold to fold.
    public var window: Double?

    /// The time before the first validation row from which nothing is fitted to.
    public var gap: Double

    /// A recipe for splitting; ``folds(of:)`` checks it.
    public init(
        foldCount: Int = 5, validationCount: Int? = nil, window: Double? = nil, gap: Double = 0
    ) {
        self.foldCount = foldCount
        self.validationCount = validationCount
        self.window = window
        self.gap = gap
    }

    /// The folds, the earliest first.
    ///
    /// With a validation part that begins at time `t`, the training rows have times below `t - gap`
    /// and, with a window, not below `t - gap - window`.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` without times, for values out of range,
    ///   and where a part of a fold has no rows.
    /// - Complexity: O(rows * (log rows + folds)).
    public func folds(of rows: SplitRows) throws(ModelError) -> [Fold] {
        guard let times = rows.times else {
            throw ModelError(.invalidSplit, "a time-ordered split needs the time of every row")
        }
        let count = validationCount ?? rows.count / max(foldCount + 1, 2)
        try check(count, rowCount: rows.count)
        let sorted = times.sorted()
        let starts = (0..<foldCount).map { sorted[rows.count - (foldCount - $0) * count] }
        var folds: [Fold] = []
        for (index, start) in starts.enumerated() {
            let end = index + 1 < foldCount ? starts[index + 1] : .infinity
            let last = start - gap
            let first = window.map { last - $0 } ?? -.infinity
            let fold = Fold(
                training: times.indices.filter { times[$0] >= first && times[$0] < last },
                validation: times.indices.filter { times[$0] >= start && times[$0] < end })
            guard !fold.training.isEmpty, !fold.validation.isEmpty else {
                throw ModelError(
                    .invalidSplit,
                    "fold \(index) from time \(start) has \(fold.training.count) training and "
                        + "\(fold.validation.count) validation rows")
            }
            folds.append(fold)
        }
        return folds
    }

    private func check(_ count: Int, rowCount: Int) throws(ModelError) {
        guard foldCount >= 1, count >= 1 else {
            throw ModelError(.invalidSplit, "\(foldCount) folds of \(count) rows, 1 is the least")
        }
        let (needed, overflow) = foldCount.multipliedReportingOverflow(by: count)
        guard !overflow, needed < rowCount else {
            throw ModelError(
                .invalidSplit, "\(foldCount) folds of \(count) rows, there are \(rowCount) rows")
        }
        guard gap >= 0, gap.isFinite, window.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ModelError(
                .invalidSplit,
                "a gap of \(gap) and a window of \(window.map { "\($0)" } ?? "all")")
        }
    }
}
