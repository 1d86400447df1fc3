// SPDX-License-Identifier: Apache-2.0

/// The mean cost of decisions at Bayes' threshold as the ratio of the two mistakes' costs varies.
///
/// For a lender who does not know how much worse a default is than a good applicant turned down.
public struct CostCurve: Hashable, Codable, Sendable {
    /// One ratio of costs.
    public struct Point: Hashable, Codable, Sendable {
        /// The cost of a false negative when a false positive costs 1.
        public let ratio: Double
        /// Bayes' threshold `1 / (1 + ratio)`.
        public let threshold: Double
        /// The mean cost per row at that threshold.
        public let meanCost: Double
        /// The mean cost of the better one of "all positive" and "all negative".
        public let meanCostWithoutScore: Double
    }

    /// One point per ratio, in the given order.
    public let points: [Point]

    /// Computes the costs.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - ratios: Positive costs of a false negative; by default 1 to 50.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays and ratios.
    /// - Complexity: O(n) for each ratio.
    public init(
        labels: [Bool], probabilities: [Double], ratios: [Double] = (1...50).map(Double.init),
        weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "probabilities", probabilities.count, weights: weights)
        try Validation.probabilities(probabilities)
        var points: [Point] = []
        for ratio in ratios {
            let costs = try CostMatrix(falsePositive: 1, falseNegative: ratio)
            let matrix = try ConfusionMatrix(
                labels: labels, scores: probabilities, threshold: costs.bayesThreshold,
                weights: weights)
            points.append(
                Point(
                    ratio: ratio, threshold: costs.bayesThreshold,
                    meanCost: costs.mean(of: matrix),
                    meanCostWithoutScore: min(1 - matrix.prevalence, ratio * matrix.prevalence)))
        }
        self.points = points
    }
}
