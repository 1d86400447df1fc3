// SPDX-License-Identifier: Apache-2.0

/// How often a yes-or-no prediction was right and wrong, for each class.
///
/// Ratios whose denominator is 0 are nil rather than 0: the precision of a model that never says
/// "positive" is unknown, not bad.
///
/// ```swift
/// let matrix = try ConfusionMatrix(labels: defaulted, scores: risk, threshold: 0.5)
/// matrix.f1            // Optional(0.592)
/// ```
public struct ConfusionMatrix: Hashable, Codable, Sendable {
    /// The weight of the positives predicted positive; without weights their number.
    public let truePositives: Double
    /// The weight of the negatives predicted positive.
    public let falsePositives: Double
    /// The weight of the positives predicted negative.
    public let falseNegatives: Double
    /// The weight of the negatives predicted negative.
    public let trueNegatives: Double

    /// A matrix of known counts or weights.
    ///
    /// - Throws: ``MetricsError`` of code `invalidWeight` for a count that is neither 0 nor in
    ///   1e-150...1e150, and of code `emptyInput` when all are 0.
    public init(
        truePositives: Double, falsePositives: Double, falseNegatives: Double,
        trueNegatives: Double
    ) throws(MetricsError) {
        let cells = [
            ("true positives", truePositives), ("false positives", falsePositives),
            ("false negatives", falseNegatives), ("true negatives", trueNegatives),
        ]
        for (name, value) in cells where value != 0 && !(value >= 1e-150 && value <= 1e150) {
            throw MetricsError(
                .invalidWeight, "\(value) \(name) is neither 0 nor in 1e-150...1e150")
        }
        guard cells.contains(where: { $0.1 > 0 }) else {
            throw MetricsError(.emptyInput, "all four counts are 0")
        }
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// Counts the predictions.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - predictions: Whether each row was predicted positive.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for different lengths, no rows and an invalid weight. One class
    ///   only is allowed; the ratios that need the other one are nil.
    /// - Complexity: O(n) for n rows.
    public init(
        labels: [Bool], predictions: [Bool], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(
            labels: labels.count, "predictions", predictions.count, weights: weights)
        try Validation.weights(weights)
        var cells = [CompensatedSum](repeating: CompensatedSum(), count: 4)
        for row in labels.indices {
            cells[(labels[row] ? 2 : 0) + (predictions[row] ? 1 : 0)] += weights?[row] ?? 1
        }
        try self.init(
            truePositives: cells[3].value, falsePositives: cells[1].value,
            falseNegatives: cells[2].value, trueNegatives: cells[0].value)
    }

    /// Counts the predictions "positive when the score is at least the threshold".
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row, higher meaning more likely positive.
    ///   - threshold: The finite score from which a row is predicted positive.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` as for predictions, and for a NaN or infinite score or threshold.
    /// - Complexity: O(n) for n rows.
    public init(
        labels: [Bool], scores: [Double], threshold: Double, weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try Validation.scores(scores)
        guard threshold.isFinite else {
            throw MetricsError(.invalidParameter, "threshold \(threshold) is not finite")
        }
        try self.init(
            labels: labels, predictions: scores.map { $0 >= threshold }, weights: weights)
    }
}
