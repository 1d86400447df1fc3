// SPDX-License-Identifier: Apache-2.0

/// Gains, lift and KS by bucket of the score, from the riskiest bucket to the safest.
public struct GainsTable: Hashable, Codable, Sendable {
    /// The rows of one stretch of scores.
    public struct Bucket: Hashable, Codable, Sendable {
        /// The least score in the bucket.
        public let lowestScore: Double
        /// The greatest score in the bucket.
        public let highestScore: Double
        /// The number of rows with positive weight.
        public let rowCount: Int
        /// The weight of the rows.
        public let weight: Double
        /// The weight of the positives.
        public let positives: Double
        /// The share of positives in the bucket.
        public let rate: Double
        /// The rate divided by that of all rows.
        public let lift: Double
        /// The share of all rows down to this bucket.
        public let cumulativeShare: Double
        /// The share of positives among the rows down to this bucket.
        public let cumulativeRate: Double
        /// The share of all positives down to this bucket (gain, capture rate).
        public let cumulativePositives: Double
        /// The share of all negatives down to this bucket.
        public let cumulativeNegatives: Double
        /// ``cumulativeRate`` divided by the rate of all rows.
        public let cumulativeLift: Double

        /// The distance of the two classes at the lower end of this bucket.
        public var kolmogorovSmirnov: Double { abs(cumulativePositives - cumulativeNegatives) }
    }

    /// The buckets, from the highest scores to the lowest.
    public let buckets: [Bucket]

    /// Buckets the rows.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, higher meaning more likely positive.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - bucketCount: The number of buckets of nearly equal weight, 1 to 1,000,000; rows of equal
    ///     score stay together, so ties may leave fewer.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil, bucketCount: Int = 10
    ) throws(MetricsError) {
        guard (1...1_000_000).contains(bucketCount) else {
            throw MetricsError(.invalidParameter, "\(bucketCount) buckets: not in 1...1000000")
        }
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        let total = ranked.positives + ranked.negatives
        var merged: [(bucket: Int, group: RankedOutcomes.Group, highest: Double)] = []
        var above = 0.0
        ranked.forEachGroup { group in
            let middle = (above + group.weight / 2) * Double(bucketCount) / total
            let bucket = min(Int(middle), bucketCount - 1)
            above += group.weight
            if merged.last?.bucket == bucket {
                merged[merged.count - 1].group.score = group.score
                merged[merged.count - 1].group.rowCount += group.rowCount
                merged[merged.count - 1].group.positives += group.positives
                merged[merged.count - 1].group.negatives += group.negatives
            } else {
                merged.append((bucket, group, group.score))
            }
        }
        var positives = 0.0
        var negatives = 0.0
        let baseRate = ranked.positives / total
        buckets = merged.map { _, group, highest in
            positives += group.positives
            negatives += group.negatives
            let rate = group.positives / group.weight
            let cumulativeRate = positives / (positives + negatives)
            return Bucket(
                lowestScore: group.score, highestScore: highest, rowCount: group.rowCount,
                weight: group.weight, positives: group.positives, rate: rate,
                lift: rate / baseRate, cumulativeShare: (positives + negatives) / total,
                cumulativeRate: cumulativeRate,
                cumulativePositives: positives / ranked.positives,
                cumulativeNegatives: negatives / ranked.negatives,
                cumulativeLift: cumulativeRate / baseRate)
        }
    }
}
