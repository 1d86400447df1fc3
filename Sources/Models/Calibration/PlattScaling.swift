// SPDX-License-Identifier: Apache-2.0

/// Platt's map of a score to a probability: `p = 1 / (1 + exp(-(slope * score + intercept)))`.
///
/// It is a logistic regression on the score alone. Against overfitting the targets are not 0 and 1
/// but, with the weights `P` and `N` of the positive and negative rows, `(P + 1) / (P + 2)` and
/// `1 / (N + 2)`, which also keeps the map finite where the scores separate the classes.
///
/// Source: Platt, Probabilistic outputs for support vector machines, in Advances in Large Margin
/// Classifiers, 2000, doi:10.7551/mitpress/1113.003.0008.
public struct PlattScaling: Hashable, Sendable {
    /// The change of the log-odds per unit of the score.
    public let slope: Double

    /// The log-odds at the score 0.
    public let intercept: Double

    /// A map with given parameters.
    ///
    /// - Precondition: both are finite.
    public init(slope: Double, intercept: Double) {
        precondition(slope.isFinite && intercept.isFinite, "slope \(slope), \(intercept)")
        self.slope = slope
        self.intercept = intercept
    }

    /// The most likely map of scores with known classes.
    ///
    /// - Parameters:
    ///   - scores: finite, in any unit; log-odds rather than probabilities where there is a choice.
    ///   - labels: whether each row is positive.
    ///   - weights: one per row; 2 means the row twice.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels`, `invalidWeights`,
    ///   `oneClass` or `rankDeficient` (scores that are all equal).
    /// - Complexity: O(rows) per Newton step.
    public init(
        scores: [Double], labels: [Bool], weights: [Double]? = nil
    ) throws(ModelError) {
        try self.init(CalibrationSample(scores: scores, labels: labels, weights: weights))
    }

    init(_ sample: CalibrationSample) throws(ModelError) {
        let positive = sample.weight(of: true)
        let negative = sample.weight(of: false)
        let targets = (
            negative: 1 / (negative + 2), positive: (positive + 1) / (positive + 2)
        )
        let found = try CalibrationLikelihood(
            columns: [sample.scores], hasIntercept: true,
            targets: sample.labels.map { $0 ? targets.positive : targets.negative },
            weights: sample.weights
        ).maximise("Platt scaling")
        slope = found[0]
        intercept = found[1]
    }

    /// The probability at every score.
    public func probabilities(_ scores: [Double]) -> [Double] {
        logistic(scores.map { slope * $0 + intercept })
    }
}
