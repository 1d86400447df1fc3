// SPDX-License-Identifier: Apache-2.0

// TP, FP, FN, TN are the four cells; N is their sum.
extension ConfusionMatrix {
    /// The weight of all rows, N; above 0.
    public var total: Double { truePositives + falsePositives + falseNegatives + trueNegatives }

    /// The share of right predictions, `(TP + TN) / N`, in `0...1`.
    public var accuracy: Double { (truePositives + trueNegatives) / total }

    /// The share of the predicted positives that is positive, `TP / (TP + FP)`, in `0...1`.
    ///
    /// Nil when no row is predicted positive.
    public var precision: Double? { ratio(truePositives, truePositives + falsePositives) }

    /// The share of the positives that is found, `TP / (TP + FN)`, in `0...1` (sensitivity).
    ///
    /// Nil when there are no positives.
    public var recall: Double? { ratio(truePositives, truePositives + falseNegatives) }

    /// The share of the negatives that is left alone, `TN / (TN + FP)`, in `0...1`.
    ///
    /// Nil when there are no negatives.
    public var specificity: Double? { ratio(trueNegatives, trueNegatives + falsePositives) }

    /// The share of the predicted negatives that is negative, `TN / (TN + FN)`, in `0...1`.
    ///
    /// Nil when no row is predicted negative.
    public var negativePredictiveValue: Double? {
        ratio(trueNegatives, trueNegatives + falseNegatives)
    }

    /// The mean of recall and specificity, in `0...1`: 0.5 for any prediction without skill.
    ///
    /// Nil when there is one class only.
    public var balancedAccuracy: Double? {
        guard let recall, let specificity else { return nil }
        return (recall + specificity) / 2
    }

    /// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`, in `0...1`.
    ///
    /// Nil when there are neither positives nor predicted positives; 0 when only one of the two is
    /// missing, since the right prediction exists and was not made.
    public var f1: Double? {
        ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    }

    /// The F-measure that weighs recall `beta` times as much as precision, in `0...1`.
    ///
    /// `F = (1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP)`; nil as ``f1``.
    /// C. J. van Rijsbergen, Information Retrieval, 2nd ed. (1979).
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless `beta` is positive and finite.
    public func fMeasure(beta: Double) throws(MetricsError) -> Double? {
        guard beta > 0, beta.isFinite else {
            throw MetricsError(.invalidParameter, "beta \(beta) is not a positive number")
        }
        let square = beta * beta
        let hits = (1 + square) * truePositives
        return ratio(hits, hits + square * falseNegatives + falsePositives)
    }

    /// Matthews' correlation coefficient of labels and predictions, in `-1...1`.
    ///
    /// `(TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN))`; 0 means no skill. Nil
    /// when a class is missing among the labels or among the predictions.
    /// B. W. Matthews, Biochim. Biophys. Acta 405 (1975),
    /// https://doi.org/10.1016/0005-2795(75)90109-9.
    public var matthewsCorrelation: Double? {
        let predictedPositives = truePositives + falsePositives
        let positives = truePositives + falseNegatives
        let predictedNegatives = trueNegatives + falseNegatives
        let negatives = trueNegatives + falsePositives
        // Roots of two factors at a time: the product of all four could overflow.
        return ratio(
            truePositives * trueNegatives - falsePositives * falseNegatives,
            (predictedPositives * predictedNegatives).squareRoot()
                * (positives * negatives).squareRoot())
    }

    /// Cohen's kappa: the agreement beyond chance, in `-1...1`; 0 means no skill.
    ///
    /// `(a - c) / (1 - c)` with the accuracy a and the chance agreement
    /// `c = ((TP + FP)(TP + FN) + (TN + FN)(TN + FP)) / N^2`. Nil when labels and predictions all
    /// name one and the same class, where chance agrees always.
    /// J. Cohen, Educ. Psychol. Meas. 20 (1960), https://doi.org/10.1177/001316446002000104.
    public var cohensKappa: Double? {
        let predictedPositives = truePositives + falsePositives
        let positives = truePositives + falseNegatives
        let predictedNegatives = trueNegatives + falseNegatives
        let negatives = trueNegatives + falsePositives
        // Equal to (a - c) / (1 - c), and free of its cancellation.
        return ratio(
            2 * (truePositives * trueNegatives - falsePositives * falseNegatives),
            predictedPositives * negatives + positives * predictedNegatives)
    }

    private func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
        denominator == 0 ? nil : numerator / denominator
    }
}
