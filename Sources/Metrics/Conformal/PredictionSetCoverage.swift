// SPDX-License-Identifier: Apache-2.0

/// How often sets of classes hold the true class, and how small they are.
///
/// A conformal predictor of level 0.9 promises that at least 90 % of its sets hold the true class,
/// on average over all rows; ``classes`` shows whether every class gets its share.
public struct PredictionSetCoverage: Hashable, Codable, Sendable {
    /// The sets that hold the true class.
    public let coverage: Proportion
    /// The mean number of classes in a set.
    public let meanSize: Double
    /// The share of sets with one class, which decide.
    public let singletonShare: Double
    /// The share of sets without any class.
    public let emptyShare: Double
    /// For each class the sets of its rows that hold it; nil for a class without rows.
    public let classes: [Proportion?]

    /// Counts.
    ///
    /// - Parameters:
    ///   - labels: The class index of each row.
    ///   - sets: For each row and class whether the set holds it (rows x classes).
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays and labels.
    /// - Complexity: O(rows x classes).
    public init(
        labels: [Int], sets: [[Bool]], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(labels: labels.count, "sets", sets.count, weights: weights)
        try Validation.weights(weights)
        let classCount = sets[0].count
        var covered = [Double](repeating: 0, count: classCount)
        var totals = covered
        var (size, single, empty, total) = (0.0, 0.0, 0.0, 0.0)
        for (row, set) in sets.enumerated() {
            guard set.count == classCount else {
                throw MetricsError(
                    .countMismatch,
                    "set \(row) has \(set.count) classes, set 0 has \(classCount)", position: row)
            }
            guard (0..<classCount).contains(labels[row]) else {
                throw MetricsError(
                    .unknownName,
                    "label \(labels[row]) at position \(row) is no class below \(classCount)",
                    position: row)
            }
            let weight = weights?[row] ?? 1
            let count = set.count { $0 }
            totals[labels[row]] += weight
            if set[labels[row]] { covered[labels[row]] += weight }
            size += weight * Double(count)
            if count == 1 { single += weight }
            if count == 0 { empty += weight }
            total += weight
        }
        coverage = try Proportion(count: min(covered.reduce(0, +), total), total: total)
        meanSize = size / total
        singletonShare = single / total
        emptyShare = empty / total
        var classes: [Proportion?] = []
        for (count, total) in zip(covered, totals) {
            classes.append(total > 0 ? try Proportion(count: count, total: total) : nil)
        }
        self.classes = classes
    }
}

/// How often intervals hold the true number, and how narrow they are.
public struct PredictionIntervalCoverage: Hashable, Codable, Sendable {
    /// The intervals that hold the outcome, ends included.
    public let coverage: Proportion
    /// The intervals below which the outcome lies.
    public let below: Proportion
    /// The intervals above which the outcome lies.
    public let above: Proportion
    /// The mean width.
    public let meanWidth: Double
    /// Winkler's score: the mean width, and what the missed outcomes add to it.
    ///
    /// A missed outcome adds `2 / (1 - level)` times the distance by which it was missed. The score
    /// is least in expectation for the true quantiles.
    ///
    /// T. Gneiting, A. E. Raftery, Journal of the American Statistical Association 102 (2007),
    /// https://doi.org/10.1198/016214506000001437.
    public let intervalScore: Double

    /// Counts.
    ///
    /// - Parameters:
    ///   - outcomes: Finite numbers.
    ///   - lower: The lower end of each interval, finite.
    ///   - upper: The upper end of each interval, finite, at least the lower one.
    ///   - level: The promised coverage, between 0 and 1.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, an upper end below a
    ///   lower one, and an invalid level.
    /// - Complexity: O(n) for n rows.
    public init(
        outcomes: [Double], lower: [Double], upper: [Double], level: Double,
        weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.level(level)
        try Validation.sameCount("outcomes", outcomes.count, "lower ends", lower.count)
        try Validation.sameCount("outcomes", outcomes.count, "upper ends", upper.count)
        try Validation.sample(outcomes, "outcomes", weights)
        try Validation.scores(lower, "lower end")
        try Validation.scores(upper, "upper end")
        var (inside, under, over, width, missed, total) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for (row, outcome) in outcomes.enumerated() {
            guard lower[row] <= upper[row] else {
                throw MetricsError(
                    .invalidParameter,
                    "the interval \(lower[row]) to \(upper[row]) at position \(row) ends before it begins",
                    position: row)
            }
            let weight = weights?[row] ?? 1
            total += weight
            width += weight * (upper[row] - lower[row])
            if outcome < lower[row] {
                under += weight
                missed += weight * (lower[row] - outcome)
            } else if outcome > upper[row] {
                over += weight
                missed += weight * (outcome - upper[row])
            } else {
                inside += weight
            }
        }
        coverage = try Proportion(count: inside, total: total)
        below = try Proportion(count: under, total: total)
        above = try Proportion(count: over, total: total)
        meanWidth = width / total
        intervalScore = (width + 2 / (1 - level) * missed) / total
    }
}
