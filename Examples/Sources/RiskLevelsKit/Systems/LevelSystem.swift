// SPDX-License-Identifier: Apache-2.0

import FeatureEngineering
import LinearAlgebra
import Metrics
import Models

/// The systems that foretell one of the five levels of repayment.
public enum LevelSystem: String, Codable, Hashable, Sendable, CaseIterable {
    /// Ordinal logistic regression, for which the levels have an order.
    case ordinal = "Ordinal logistic regression"
    /// Multinomial logistic regression, for which they have none.
    case multinomial = "Multinomial logistic regression"
    /// Naive Bayes.
    case naiveBayes = "Naive Bayes"
    /// Nearest neighbours as Weka's IBk.
    case instanceBased = "IBk"
    /// Score bands: the card's scores cut so that each band holds as many training loans as its
    /// level.
    case scoreBands = "Scorecard, bands"

    /// The levels of the loans that were held out, in stratified folds.
    ///
    /// - Parameters:
    ///   - sample: The loans; the scorecard learns their target, all others the levels.
    ///   - labels: The level of every loan, the best first among the classes.
    ///   - progress: Sees the share of the folds that is done.
    func evaluate(
        _ sample: CreditSample, labels: ClassLabels, foldCount: Int, seed: UInt64,
        progress: (Double) -> Void
    ) throws -> LevelResult {
        var predictions = [Int](repeating: 0, count: labels.count)
        var probabilities: [[Double]]? =
            self == .scoreBands ? nil : [[Double]](repeating: [], count: labels.count)
        for (index, fold) in try StratifiedKFold(foldCount: foldCount, seed: seed)
            .folds(of: labels).enumerated()
        {
            switch self {
            case .ordinal, .multinomial, .naiveBayes, .instanceBased:
                let found = try self.probabilities(sample, labels, fold)
                for (position, row) in fold.validation.enumerated() {
                    let values = found.row(position).elements
                    probabilities?[row] = values
                    predictions[row] = values.indices.dropFirst().reduce(0) {
                        values[$1] > values[$0] ? $1 : $0
                    }
                }
            case .scoreBands:
                for (row, band) in zip(fold.validation, try bands(sample, labels, fold)) {
                    predictions[row] = band
                }
            }
            progress(Double(index + 1) / Double(foldCount))
        }
        return try LevelResult(
            name: rawValue, classes: labels.classes, levels: labels.codes,
            predictions: predictions, probabilities: probabilities)
    }

    /// The probability of every level of the fold's held-out loans (loans x levels).
    private func probabilities(
        _ sample: CreditSample, _ labels: ClassLabels, _ fold: Fold
    ) throws -> Matrix<Double> {
        let fitted = try sample.preparation.fitTransform(
            sample.table[rows: fold.training], target: sample.target)
        let data = try ClassificationData(
            features: fitted.features.matrix, labels: labels[rows: fold.training],
            featureNames: fitted.features.names)
        let rows = try fitted.pipeline.transform(sample.table[rows: fold.validation]).matrix
        func predict(_ estimator: some Classifier) throws(ModelError) -> Matrix<Double> {
            try estimator.fit(data).classProbabilities(rows)
        }
        return switch self {
        case .ordinal: try predict(OrdinalRegression())
        case .multinomial: try predict(MultinomialRegression())
        case .naiveBayes: try predict(NaiveBayes())
        case .instanceBased, .scoreBands: try predict(RiskSystem.neighbours)
        }
    }

    /// The band of every held-out loan of the fold.
    private func bands(
        _ sample: CreditSample, _ labels: ClassLabels, _ fold: Fold
    ) throws -> [Int] {
        let training = sample.table[rows: fold.training]
        let card = try RiskSystem.scorecard.recipe(after: sample.preparation).fit(
            training, target: sample.target, positive: sample.positive, weights: nil, progress: nil)
        let known = try card.probabilities(in: training).sorted()
        let codes = labels[rows: fold.training].codes
        // The lowest risk that each level but the best begins with.
        let borders = labels.classes.indices.dropFirst().map { level in
            known[min(codes.count { $0 < level }, known.count - 1)]
        }
        return try card.probabilities(in: sample.table[rows: fold.validation]).map { risk in
            borders.count { $0 <= risk }
        }
    }
}
