// SPDX-License-Identifier: Apache-2.0

/// What repeated cross-validation found: out-of-fold probabilities and scores of every fold.
public struct CrossValidationReport: Codable, Hashable, Sendable {
    /// One fold of one repetition.
    public struct FoldResult: Codable, Hashable, Sendable {
        /// The seed of the repetition; 0 where the splitter has none.
        public let seed: UInt64

        /// The rows that were held out, ascending.
        public let rows: [Int]

        /// The probability of the positive class of each held-out row.
        public let probabilities: [Double]

        /// How well these probabilities fit.
        public let scores: FoldScores
    }

    /// Whether each row of the data is positive.
    public let labels: [Bool]

    /// The folds in order, repetition after repetition.
    public let folds: [FoldResult]

    /// The seeds of the repetitions, in order.
    public var seeds: [UInt64] {
        folds.reduce(into: []) { seeds, fold in
            if !seeds.contains(fold.seed) { seeds.append(fold.seed) }
        }
    }

    /// A score's mean and standard deviation over all folds of all repetitions.
    public func summary(of score: KeyPath<FoldScores, Double>) -> ScoreSummary {
        ScoreSummary(folds.map { $0.scores[keyPath: score] })
    }

    /// A score's mean and standard deviation over the repetitions, each the mean of its folds.
    public func summaryOverSeeds(of score: KeyPath<FoldScores, Double>) -> ScoreSummary {
        ScoreSummary(
            seeds.map { seed in
                ScoreSummary(
                    folds.filter { $0.seed == seed }.map { $0.scores[keyPath: score] }
                ).mean
            })
    }

    /// For every row of the data its probability from the fold that held it out; `nil` where the
    /// folds of `seed` do not hold out every row once.
    public func outOfFoldProbabilities(seed: UInt64) -> [Double]? {
        let repetition = folds.filter { $0.seed == seed }
        let rows = repetition.flatMap(\.rows)
        guard rows.count == labels.count, Set(rows).count == rows.count else { return nil }
        var probabilities = [Double](repeating: 0, count: labels.count)
        for fold in repetition {
            for (row, probability) in zip(fold.rows, fold.probabilities) {
                probabilities[row] = probability
            }
        }
        return probabilities
    }
}
