// SPDX-License-Identifier: Apache-2.0

public import Metrics
public import Models

/// How good probabilities of default are, of loans that the system had not seen.
public struct SystemResult: Codable, Hashable, Sendable {
    /// The system.
    public let name: String
    /// Whether each loan went bad.
    public let labels: [Bool]
    /// Its probability of going bad.
    public let probabilities: [Double]
    /// The area under the ROC curve within the folds; `nil` where there are none.
    public let foldAUC: ScoreSummary?
    /// The curve of all loans together.
    public let curve: ROC
    /// The mean squared error of the probabilities.
    public let brierScore: Double
    /// The mean negative log-likelihood, in nats.
    public let logLoss: Double
    /// Decisions that take a loan for bad from a probability of one half.
    public let atHalf: ConfusionMatrix
    /// Decisions that take a loan for bad from the share of bad loans.
    public let atDefaultRate: ConfusionMatrix
    /// What is predicted less what happened, per loan, in percentage points.
    public let error: SampleSummary

    /// Measures probabilities.
    ///
    /// - Throws: `MetricsError` when no loan or every loan went bad.
    public init(
        name: String, labels: [Bool], probabilities: [Double], foldAUC: ScoreSummary?
    ) throws(MetricsError) {
        self.name = name
        self.labels = labels
        self.probabilities = probabilities
        self.foldAUC = foldAUC
        curve = try ROC(labels: labels, scores: probabilities)
        brierScore = try Metrics.brierScore(labels: labels, probabilities: probabilities)
        logLoss = try Metrics.logLoss(labels: labels, probabilities: probabilities)
        atHalf = try ConfusionMatrix(labels: labels, scores: probabilities, threshold: 0.5)
        let rate = Double(labels.count { $0 }) / Double(labels.count)
        atDefaultRate = try ConfusionMatrix(labels: labels, scores: probabilities, threshold: rate)
        error = try SampleSummary(zip(labels, probabilities).map { 100 * ($1 - ($0 ? 1 : 0)) })
    }

    /// The squared error of this system less that of `other`, tested loan by loan.
    ///
    /// - Throws: `MetricsError` for results of different numbers of loans.
    public func squaredErrors(lessThoseOf other: SystemResult) throws(MetricsError) -> PairedTTest {
        try PairedTTest(squaredErrors, other.squaredErrors)
    }

    private var squaredErrors: [Double] {
        zip(labels, probabilities).map { ($1 - ($0 ? 1 : 0)) * ($1 - ($0 ? 1 : 0)) }
    }
}

/// A system beside another one on the same loans.
public struct SystemComparison: Codable, Hashable, Sendable {
    /// The system.
    public let name: String
    /// Its squared error less the other's, loan by loan.
    public let squaredErrors: PairedTTest
    /// Its area under the ROC curve and the other's, by DeLong's test.
    public let areas: AUCComparison

    /// Compares `system` with `other`.
    ///
    /// - Throws: `MetricsError` for results of different numbers of loans, or without two loans of
    ///   each outcome.
    public init(_ system: SystemResult, with other: SystemResult) throws(MetricsError) {
        name = system.name
        squaredErrors = try system.squaredErrors(lessThoseOf: other)
        areas = try AUCComparison(
            labels: system.labels, first: system.probabilities, second: other.probabilities)
    }
}
