// SPDX-License-Identifier: Apache-2.0

/// How pure the rows above a threshold are, for every threshold.
///
/// Unlike the ``ROC`` it depends on how frequent the positives are.
public struct PrecisionRecallCurve: Hashable, Codable, Sendable {
    /// One point of the curve.
    public struct Point: Hashable, Codable, Sendable {
        /// The score from which rows are predicted positive.
        public let threshold: Double
        /// The share of the predicted positives that is positive, in `0...1`.
        public let precision: Double
        /// The share of the positives that is predicted positive, in `0...1`.
        public let recall: Double
    }

    /// One point per distinct score, from the highest score (least recall) to the lowest.
    public let points: [Point]

    /// Ranks the rows and draws the curve.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, higher meaning more likely positive.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``, but negatives may be
    ///   missing.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requirePositives()
        var points: [Point] = []
        var positives = 0.0
        var negatives = 0.0
        ranked.forEachGroup { group in
            positives += group.positives
            negatives += group.negatives
            points.append(
                Point(
                    threshold: group.score, precision: positives / (positives + negatives),
                    recall: positives / ranked.positives))
        }
        self.points = points
    }

    /// The step-wise area under the curve, `sum of (R_k - R_(k-1)) P_k`, in `0...1`.
    ///
    /// No straight lines are drawn between the points, because precision is not linear there.
    public var averagePrecision: Double {
        var area = CompensatedSum()
        var lastRecall = 0.0
        for point in points {
            area += (point.recall - lastRecall) * point.precision
            lastRecall = point.recall
        }
        return area.value
    }
}
