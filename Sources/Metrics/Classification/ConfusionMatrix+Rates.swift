// SPDX-License-Identifier: Apache-2.0

extension ConfusionMatrix {
    /// The share of the negatives that is predicted positive, `FP / (FP + TN)` (fall-out).
    ///
    /// Nil when there are no negatives.
    public var falsePositiveRate: Double? { specificity.map { 1 - $0 } }

    /// The share of the positives that is missed, `FN / (FN + TP)`.
    ///
    /// Nil when there are no positives.
    public var falseNegativeRate: Double? { recall.map { 1 - $0 } }

    /// The share of the rows that is positive, in `0...1`.
    public var prevalence: Double { (truePositives + falseNegatives) / total }

    /// The share of the rows that is predicted positive, in `0...1`.
    public var predictedPositiveRate: Double { (truePositives + falsePositives) / total }

    /// The share of wrong predictions, `1 - accuracy`.
    public var errorRate: Double { (falsePositives + falseNegatives) / total }

    /// The geometric mean of recall and specificity, in `0...1`.
    ///
    /// Nil when there is one class only. M. Kubat, S. Matwin, ICML (1997).
    public var geometricMean: Double? {
        guard let recall, let specificity else { return nil }
        return (recall * specificity).squareRoot()
    }

    /// Youden's index `recall + specificity - 1`, in `-1...1` (informedness).
    ///
    /// Nil when there is one class only.
    public var youdenIndex: Double? {
        guard let recall, let specificity else { return nil }
        return recall + specificity - 1
    }

    /// `precision + negativePredictiveValue - 1`, in `-1...1`.
    ///
    /// Nil when only one class is predicted.
    public var markedness: Double? {
        guard let precision, let negativePredictiveValue else { return nil }
        return precision + negativePredictiveValue - 1
    }

    /// The share of the rows that are positive or predicted so that is both, `TP / (TP + FP + FN)`.
    ///
    /// Nil when there are neither positives nor predicted positives.
    public var jaccardIndex: Double? {
        let either = truePositives + falsePositives + falseNegatives
        return either == 0 ? nil : truePositives / either
    }

    /// The geometric mean of precision and recall, in `0...1`.
    ///
    /// Nil when either is. E. B. Fowlkes, C. L. Mallows, Journal of the American Statistical
    /// Association 78 (1983), https://doi.org/10.1080/01621459.1983.10478008.
    public var fowlkesMallowsIndex: Double? {
        guard let precision, let recall else { return nil }
        return (precision * recall).squareRoot()
    }

    /// How much a positive prediction multiplies the odds of positive,
    /// `recall / (1 - specificity)`.
    ///
    /// Nil when there is one class only or no false positive.
    public var positiveLikelihoodRatio: Double? {
        guard let recall, let falsePositiveRate, falsePositives > 0 else { return nil }
        return recall / falsePositiveRate
    }

    /// How much a negative prediction multiplies the odds of positive,
    /// `(1 - recall) / specificity`.
    ///
    /// Nil when there is one class only or no true negative.
    public var negativeLikelihoodRatio: Double? {
        guard let falseNegativeRate, let specificity, trueNegatives > 0 else { return nil }
        return falseNegativeRate / specificity
    }

    /// The odds ratio `(TP TN) / (FP FN)`.
    ///
    /// Nil when there is no mistake of one of the two kinds.
    public var diagnosticOddsRatio: Double? {
        guard falsePositives > 0, falseNegatives > 0 else { return nil }
        return truePositives / falsePositives * (trueNegatives / falseNegatives)
    }

    /// The matrix of the rows of both: of two shards, or of yesterday and today.
    ///
    /// - Throws: ``MetricsError`` of code `invalidWeight` when a sum exceeds 1e150.
    public func merged(with other: ConfusionMatrix) throws(MetricsError) -> ConfusionMatrix {
        try ConfusionMatrix(
            truePositives: truePositives + other.truePositives,
            falsePositives: falsePositives + other.falsePositives,
            falseNegatives: falseNegatives + other.falseNegatives,
            trueNegatives: trueNegatives + other.trueNegatives)
    }
}
