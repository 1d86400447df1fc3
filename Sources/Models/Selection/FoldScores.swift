// SPDX-License-Identifier: Apache-2.0

internal import Metrics

/// How well one fold's probabilities fit its validation rows.
public struct FoldScores: Codable, Hashable, Sendable {
    /// The area under the ROC curve, 0...1.
    public let rocAUC: Double

    /// The Gini coefficient, `2 * rocAUC - 1`.
    public let gini: Double

    /// The largest distance between the score distributions of the classes, 0...1.
    public let kolmogorovSmirnov: Double

    /// The mean squared error of the probability, 0...1; smaller is better.
    public let brierScore: Double

    /// The mean of `-log(probability of the true class)`; smaller is better.
    public let logLoss: Double

    /// The scores of `probabilities` of the positive class.
    ///
    /// - Parameters:
    ///   - labels: whether each row is positive; both classes must occur.
    ///   - probabilities: one per row, within 0...1.
    ///   - weights: one per row.
    /// - Throws: ``ModelError`` with code `invalidSplit` where the rows allow no such scores.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil
    ) throws(ModelError) {
        do {
            let roc = try ROC(labels: labels, scores: probabilities, weights: weights)
            rocAUC = roc.auc
            gini = roc.gini
            kolmogorovSmirnov = roc.kolmogorovSmirnov.statistic
            brierScore = try Metrics.brierScore(
                labels: labels, probabilities: probabilities, weights: weights)
            logLoss = try Metrics.logLoss(
                labels: labels, probabilities: probabilities, weights: weights)
        } catch {
            throw ModelError(
                .invalidSplit, "\(labels.count) validation rows cannot be scored",
                underlying: error)
        }
    }
}

/// The mean and spread of a score over folds.
public struct ScoreSummary: Codable, Hashable, Sendable {
    /// The arithmetic mean.
    public let mean: Double

    /// The square root of the unbiased variance; 0 for one value.
    ///
    /// Folds share training rows, so this is a description, not a standard error times a root.
    public let standardDeviation: Double

    /// The number of values.
    public let count: Int

    /// The summary of `values`, summed in their order.
    ///
    /// - Precondition: there is at least one value.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "the summary of no values")
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        standardDeviation =
            values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
        count = values.count
    }
}
