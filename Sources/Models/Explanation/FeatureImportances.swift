// SPDX-License-Identifier: Apache-2.0

/// How much worse a model's predictions get without each column.
public struct FeatureImportances: Codable, Hashable, Sendable {
    /// One column, or one group of them.
    public struct Feature: Codable, Hashable, Sendable {
        /// The name of the column or of the group.
        public let name: String

        /// The loss of score in every repetition, in order; above 0 where the column helps.
        public let losses: [Double]

        /// The mean and spread of ``losses``.
        public var summary: ScoreSummary { ScoreSummary(losses) }

        /// The mean of ``losses``.
        public var importance: Double { summary.mean }
    }

    /// The name of the score.
    public let scoreName: String

    /// The score of the predictions as they are.
    public let score: Double

    /// The columns in the order of the model, or of the groups.
    public let features: [Feature]

    /// The columns by falling importance; of equal ones the first.
    public var ranked: [Feature] {
        features.enumerated().sorted { left, right in
            let (a, b) = (left.element.importance, right.element.importance)
            return a == b ? left.offset < right.offset : a > b
        }
        .map(\.element)
    }
}
