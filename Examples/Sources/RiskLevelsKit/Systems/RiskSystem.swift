// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import Metrics
import Models

/// The four systems that the paper compares.
public enum RiskSystem: String, Codable, Hashable, Sendable, CaseIterable {
    /// Logistic regression with an L2 penalty of C = 1.
    case logisticRegression = "Logistic regression"
    /// Naive Bayes with a normal distribution for each number.
    case naiveBayes = "Naive Bayes"
    /// Nearest neighbours as Weka's IBk: columns scaled to 0...1, and the number of neighbours, up
    /// to 50, chosen by leave-one-out.
    case instanceBased = "IBk"
    /// The paper's traditional system is not described; here it is what banks use, a scorecard of
    /// monotone weight-of-evidence bins.
    case scorecard = "Scorecard"

    /// The largest number of neighbours that ``instanceBased`` chooses from.
    static let neighbourLimit = 50

    /// What the system learns from a table; the scorecard prepares columns by its own bins.
    func recipe(after preparation: Pipeline) -> any TableRecipe {
        switch self {
        case .logisticRegression: preparation.then(LogisticRegression(penalty: .l2(C: 1)))
        case .naiveBayes: preparation.then(NaiveBayes())
        case .instanceBased: preparation.then(Self.neighbours)
        case .scorecard:
            Scorecard(BinningProcess(OptimalBinning(trend: .automaticMonotone)))
        }
    }

    static var neighbours: NearestNeighbourClassifier { .instanceBased(upTo: neighbourLimit) }

    /// Cross-validates the system; equal seeds give every system the same folds.
    ///
    /// - Parameter progress: Sees the share of the folds that is done.
    func evaluate(
        _ sample: CreditSample, foldCount: Int, seed: UInt64, progress: (Double) -> Void
    ) throws -> SystemResult {
        let report = try withoutActuallyEscaping(progress) { progress in
            try CrossValidation(foldCount: foldCount, seeds: [seed]).evaluate(
                recipe(after: sample.preparation), on: sample.table, target: sample.target,
                positive: sample.positive
            ) { fold in progress(Double(fold.step) / Double(fold.stepLimit)) }
        }
        return try SystemResult(
            name: rawValue, labels: report.labels,
            probabilities: report.outOfFoldProbabilities(seed: seed) ?? [],
            foldAUC: report.summary(of: \.rocAUC))
    }
}
