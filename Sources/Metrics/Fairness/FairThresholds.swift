// SPDX-License-Identifier: Apache-2.0

/// One threshold for each group, chosen so that a criterion of fairness holds at the least cost.
///
/// Every decision follows from score and group alone, without chance, so it can be explained and
/// repeated. Since scores are finite many, rates can only be made about equal: ``gap`` says how far
/// apart they are left. Treating groups differently may be unlawful; this says what it would take.
public struct FairThresholds: Hashable, Codable, Sendable {
    /// What is made equal.
    public enum Criterion: String, Hashable, Codable, Sendable {
        /// The share of rows that is predicted positive.
        case demographicParity
        /// The share of negatives that is predicted positive: with positive for default, equal
        /// opportunity of those who repay.
        case falsePositiveRate
        /// The share of positives that is predicted positive.
        case truePositiveRate
    }

    /// One group.
    public struct Group: Hashable, Codable, Sendable {
        /// The name of the group.
        public let name: String
        /// The score from which rows of the group are predicted positive; nil where none is.
        public let threshold: Double?
        /// The rows of the group at this threshold.
        public let matrix: ConfusionMatrix
    }

    /// The groups, in the order in which they first appear.
    public let groups: [Group]
    /// The cost of all rows.
    public let cost: Double
    /// The greatest difference of the rates that were to be equal.
    public let gap: Double

    /// Chooses the thresholds.
    ///
    /// Of all choices whose rates lie within the tolerance of each other the cheapest is taken.
    /// There always is one, since all groups reach the rates 0 and 1.
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, higher meaning more likely positive.
    ///   - groups: The group of each row, at least two different ones, each with both classes.
    ///   - criterion: What is made equal.
    ///   - costs: The costs of the decisions.
    ///   - tolerance: The greatest gap that counts as equal, at least 0.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays and a group of one class only.
    /// - Complexity: O(n (log n + groups)) for n rows of different scores.
    public init(
        labels: [Bool], scores: [Double], groups: [String], criterion: Criterion,
        costs: CostMatrix, tolerance: Double = 0.01, weights: [Double]? = nil
    ) throws(MetricsError) {
        guard tolerance >= 0 else {
            throw MetricsError(.invalidParameter, "tolerance \(tolerance) is negative")
        }
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try Validation.scores(scores)
        let split = try GroupSplit(groups, rowCount: labels.count, weights: weights)
        var curves: [[ThresholdCurve.Point]] = []
        for (_, rows) in split.groups {
            curves.append(
                try ThresholdCurve(
                    labels: rows.map { labels[$0] }, scores: rows.map { scores[$0] },
                    weights: weights.map { weights in rows.map { weights[$0] } }
                ).points)
        }
        let rates = curves.map { $0.map { Self.rate(of: $0.matrix, criterion) } }
        var windows = zip(curves, rates).map { curve, rates in
            CheapestInWindow(rates: rates, costs: curve.map { costs.total(of: $0.matrix) })
        }
        var best: (cost: Double, gap: Double, picks: [Int])?
        for least in Set(rates.joined()).sorted() {
            // The slack lets rates that differ by rounding count as equal.
            let picks = windows.indices.compactMap {
                windows[$0].index(from: least, to: least + tolerance + 1e-12)
            }
            guard picks.count == windows.count else { continue }
            let reached = zip(rates, picks).map { $0[$1] }
            let gap = (reached.max() ?? 0) - (reached.min() ?? 0)
            let cost = zip(windows, picks).reduce(0) { $0 + $1.0.costs[$1.1] }
            if best.map({ (cost, gap) < ($0.cost, $0.gap) }) ?? true { best = (cost, gap, picks) }
        }
        guard let best else { throw MetricsError(.emptyInput, "there are no rows") }
        self.groups = split.groups.indices.map { index in
            let point = curves[index][best.picks[index]]
            return Group(
                name: split.groups[index].name, threshold: point.threshold, matrix: point.matrix)
        }
        cost = best.cost
        gap = best.gap
    }

    private static func rate(of matrix: ConfusionMatrix, _ criterion: Criterion) -> Double {
        switch criterion {
        case .demographicParity: matrix.predictedPositiveRate
        case .falsePositiveRate: matrix.falsePositiveRate ?? 0
        case .truePositiveRate: matrix.recall ?? 0
        }
    }

    /// Whether a row of a known group is predicted positive.
    ///
    /// - Throws: ``MetricsError`` of code `unknownName` for another group.
    public func predictsPositive(score: Double, group name: String) throws(MetricsError) -> Bool {
        guard let group = groups.first(where: { $0.name == name }) else {
            throw MetricsError(.unknownName, "group \"\(name)\" is not among the fitted ones")
        }
        return group.threshold.map { score >= $0 } ?? false
    }
}

/// The cheapest point among ascending rates within a window that only moves up.
private struct CheapestInWindow {
    let rates: [Double]
    let costs: [Double]
    private var next = 0
    /// Points of the window in ascending order of rate and cost, from `head` on.
    private var queue: [Int] = []
    private var head = 0

    init(rates: [Double], costs: [Double]) {
        self.rates = rates
        self.costs = costs
    }

    mutating func index(from least: Double, to greatest: Double) -> Int? {
        while next < rates.count, rates[next] <= greatest {
            while queue.count > head, let last = queue.last, costs[last] > costs[next] {
                queue.removeLast()
            }
            queue.append(next)
            next += 1
        }
        while head < queue.count, rates[queue[head]] < least { head += 1 }
        return head < queue.count ? queue[head] : nil
    }
}
