// SPDX-License-Identifier: Apache-2.0

/// The profit of lending to the applicants of least risk, for every share of them.
///
/// Positive means default. Rows of equal score are taken together.
public struct ProfitCurve: Hashable, Codable, Sendable {
    /// Lending to all applicants below a cut-off.
    public struct Point: Hashable, Codable, Sendable {
        /// The score from which applicants are turned down; nil where nobody is.
        public let cutoff: Double?
        /// The share of the applicants that is accepted, in `0...1`.
        public let acceptedShare: Double
        /// The share of the accepted that defaults; nil where nobody is accepted.
        public let badRate: Double?
        /// The total profit.
        public let profit: Double
    }

    /// The points from nobody accepted to everybody.
    public let points: [Point]

    /// Adds up gains and losses, row by row where they differ.
    ///
    /// - Parameters:
    ///   - labels: Whether each row defaulted.
    ///   - scores: The finite score of each row, higher meaning riskier.
    ///   - gains: The gain from each row if it is accepted and paid, or one number for all.
    ///   - losses: The loss from each row if it is accepted and defaults, or one number for all.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and for gains and losses that are not finite
    ///   or neither one nor as many as rows.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], gains: [Double], losses: [Double],
        weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try Validation.weights(weights)
        for (name, values) in [("gains", gains), ("losses", losses)] {
            guard values.count == 1 || values.count == labels.count else {
                throw MetricsError(
                    .countMismatch, "\(labels.count) labels but \(values.count) \(name)")
            }
            try Validation.scores(values, name)
        }
        let order = try RowOrder.descending(labels: labels, scores: scores)
        let total = weights?.reduce(0, +) ?? Double(labels.count)
        var profit = CompensatedSum()
        var accepted = 0.0
        var defaulted = 0.0
        var points: [Point] = []
        var index = order.count - 1
        points.append(
            Point(cutoff: scores[order[index]], acceptedShare: 0, badRate: nil, profit: 0))
        while index >= 0 {
            let score = scores[order[index]]
            while index >= 0, scores[order[index]] == score {
                let row = order[index]
                let weight = weights?[row] ?? 1
                accepted += weight
                if labels[row] {
                    defaulted += weight
                    profit += -weight * losses[losses.count == 1 ? 0 : row]
                } else {
                    profit += weight * gains[gains.count == 1 ? 0 : row]
                }
                index -= 1
            }
            points.append(
                Point(
                    cutoff: index >= 0 ? scores[order[index]] : nil,
                    acceptedShare: min(accepted / total, 1),
                    badRate: accepted > 0 ? defaulted / accepted : nil, profit: profit.value))
        }
        self.points = points
    }

    /// The point of the greatest profit; of several the one that accepts fewest.
    public var best: Point {
        points.dropFirst().reduce(points[0]) { $1.profit > $0.profit ? $1 : $0 }
    }
}
