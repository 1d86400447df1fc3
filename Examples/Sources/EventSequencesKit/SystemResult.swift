// SPDX-License-Identifier: Apache-2.0

public import Metrics
public import Models

/// What one system makes of the borrowers that it has not seen.
public struct SystemResult: Sendable {
    /// Its name.
    public let name: String
    /// The probability of default of every test borrower.
    public let probabilities: [Double]
    /// The ranking by it.
    public let curve: ROC
    /// The area with its variance.
    public let area: AUCEstimate
    /// The epochs of its training; none for a regression.
    public let history: [TrainingEpoch]

    init(
        _ name: String, _ probabilities: [Double], labels: [Bool], history: [TrainingEpoch] = []
    ) throws {
        self.name = name
        self.probabilities = probabilities
        self.history = history
        curve = try ROC(labels: labels, scores: probabilities)
        area = try AUCEstimate(labels: labels, scores: probabilities)
    }
}

/// The score of one borrower, event by event.
public struct FollowedBorrower: Sendable {
    /// Whether the borrower defaulted.
    public let hasDefaulted: Bool
    /// The kind of each event.
    public let kinds: [String]
    /// The days from the first event to each.
    public let days: [Double]
    /// The probability after each event.
    public let probabilities: [Double]
    /// The probability of the whole row, which is the last of them to the last bit.
    public let batchProbability: Double
}
