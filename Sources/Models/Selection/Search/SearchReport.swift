// SPDX-License-Identifier: Apache-2.0

/// What a hyperparameter search found.
public struct SearchReport<Recipe: Sendable>: Sendable {
    /// One candidate in one round.
    public struct Trial: Sendable {
        /// The number of the candidate, from 0.
        public let index: Int

        /// The round of successive halving, from 0.
        public let round: Int

        /// The number of rows that the round looked at.
        public let rowCount: Int

        /// The recipe.
        public let recipe: Recipe

        /// The value of each hyperparameter that varies.
        public let values: [HyperparameterSetting]

        /// The score of each fold, in order; empty where the candidate failed.
        public var foldScores: [Double] { (try? outcome.get()) ?? [] }

        /// Why the candidate could not be fitted or scored.
        public var error: ModelError? {
            if case .failure(let error) = outcome { error } else { nil }
        }

        /// Mean and standard deviation of the score over folds; `nil` where the candidate failed.
        public var summary: ScoreSummary? {
            foldScores.isEmpty ? nil : ScoreSummary(foldScores)
        }

        /// The mean score; `nil` where the candidate failed.
        public var meanScore: Double? { summary?.mean }

        let outcome: Result<[Double], ModelError>
    }

    /// The name of the score that decided.
    public let score: String

    /// All trials, round after round, the best of each round first.
    public let trials: [Trial]

    /// The best candidate of the last round.
    public let best: Trial
}
