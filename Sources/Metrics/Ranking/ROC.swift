// SPDX-License-Identifier: Apache-2.0

/// The receiver operating characteristic of a score: what every threshold catches and at what cost.
///
/// A row is predicted positive when its score is at least the threshold; a higher score must mean
/// "more likely positive", so pass the probability of default when positive means default. Rows of
/// equal score pass a threshold together, which gives the diagonal pieces of the curve.
///
/// ```swift
/// let roc = try ROC(labels: defaulted, scores: risk)
/// roc.auc                             // 0.818
/// roc.kolmogorovSmirnov.threshold     // where the two classes are furthest apart
/// ```
public struct ROC: Hashable, Codable, Sendable {
    /// One point of the curve.
    public struct Point: Hashable, Codable, Sendable {
        /// The score from which rows are predicted positive; nil at the origin, where none is.
        public let threshold: Double?
        /// The share of the negatives that is predicted positive, in `0...1`.
        public let falsePositiveRate: Double
        /// The share of the positives that is predicted positive, in `0...1`.
        public let truePositiveRate: Double
    }

    /// The curve from (0, 0) to (1, 1): the origin and one point per distinct score, descending.
    public let points: [Point]

    /// The area under the curve, in `0...1`: the probability that a random positive has a higher
    /// score than a random negative, where a tie counts one half.
    ///
    /// Without weights the pairs are counted in 64-bit integers, so that the area is the correctly
    /// rounded quotient up to 2^53 pairs and there is no overflow below 4 * 10^9 rows.
    ///
    /// J. A. Hanley, B. J. McNeil, Radiology 143 (1982),
    /// https://doi.org/10.1148/radiology.143.1.7063747.
    public let auc: Double

    /// The greatest distance between the two classes, and the score at which it is reached.
    public let kolmogorovSmirnov: KolmogorovSmirnov

    /// Ranks the rows and draws the curve.
    ///
    /// A weight of 2 means the row twice, a weight of 0 that the row is absent. The result does
    /// not depend on the order of the rows.
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, on any scale.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for different lengths, no rows, a NaN or infinite score, an
    ///   invalid weight, and rows of one class only.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        self.init(ranked)
    }

    init(_ ranked: RankedOutcomes) {
        points = ranked.rocPoints
        kolmogorovSmirnov = ranked.kolmogorovSmirnov
        auc = ranked.area
    }

    /// The Gini coefficient (accuracy ratio, Somers' D) `2 auc - 1`, in `-1...1`.
    public var gini: Double { 2 * auc - 1 }
}
