// SPDX-License-Identifier: Apache-2.0

/// What a threshold is chosen for.
public enum ThresholdObjective: Hashable, Codable, Sendable {
    /// The least total cost.
    case cost(CostMatrix)
    /// The greatest F1.
    case f1
    /// The greatest recall plus specificity.
    case youdenIndex
    /// The greatest Matthews correlation.
    case matthewsCorrelation
    /// The greatest accuracy.
    case accuracy
    /// The greatest Cohen's kappa.
    case cohensKappa

    /// The value that is made as great as possible; nil where it is not defined.
    func value(of matrix: ConfusionMatrix) -> Double? {
        switch self {
        case .cost(let costs): -costs.total(of: matrix)
        case .f1: matrix.f1
        case .youdenIndex: matrix.youdenIndex
        case .matthewsCorrelation: matrix.matthewsCorrelation
        case .accuracy: matrix.accuracy
        case .cohensKappa: matrix.cohensKappa
        }
    }
}

/// The best threshold of a score for an objective, with what it does.
///
/// It is a measure of the rows at hand, of scores of any unit. The threshold by which a model decides
/// new rows is set by a `DecisionRule` of Models, which may also be given or follow from costs alone.
public struct ThresholdChoice: Hashable, Codable, Sendable {
    /// The score from which rows are predicted positive; nil where none should be.
    public let threshold: Double?
    /// The rows at this threshold.
    public let matrix: ConfusionMatrix
    /// The objective at this threshold; a cost as a cost.
    public let value: Double

    /// Tries every distinct score, and predicting nobody positive.
    ///
    /// Of equally good thresholds the highest is taken. Choose on rows that judge nothing else: the
    /// value at the chosen threshold is too good for new rows.
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row.
    ///   - objective: What is made best.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], objective: ThresholdObjective, weights: [Double]? = nil
    ) throws(MetricsError) {
        let curve = try ThresholdCurve(labels: labels, scores: scores, weights: weights)
        var best = curve.points[0]
        var bestValue = -Double.infinity
        for point in curve.points {
            if let value = objective.value(of: point.matrix), value > bestValue {
                (best, bestValue) = (point, value)
            }
        }
        threshold = best.threshold
        matrix = best.matrix
        if case .cost(let costs) = objective {
            value = costs.total(of: best.matrix)
        } else {
            value = bestValue
        }
    }
}

/// The confusion matrix at every threshold.
public struct ThresholdCurve: Hashable, Codable, Sendable {
    /// One threshold.
    public struct Point: Hashable, Codable, Sendable {
        /// The score from which rows are predicted positive; nil where none is.
        public let threshold: Double?
        /// The rows at this threshold.
        public let matrix: ConfusionMatrix
    }

    /// The points from "none predicted positive" to "all", by descending threshold.
    public let points: [Point]

    /// Counts at every distinct score.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` as ``ROC/init(labels:scores:weights:)``.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], scores: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        func matrix(_ found: Double, _ mistaken: Double) throws(MetricsError) -> ConfusionMatrix {
            // A difference that is only rounding is nothing.
            func rest(_ all: Double, _ part: Double) -> Double {
                all - part > 1e-14 * all ? all - part : 0
            }
            return try ConfusionMatrix(
                truePositives: found, falsePositives: mistaken,
                falseNegatives: rest(ranked.positives, found),
                trueNegatives: rest(ranked.negatives, mistaken))
        }
        var found = 0.0
        var mistaken = 0.0
        var points = [Point(threshold: nil, matrix: try matrix(0, 0))]
        for group in ranked.groups {
            found += group.positives
            mistaken += group.negatives
            points.append(Point(threshold: group.score, matrix: try matrix(found, mistaken)))
        }
        self.points = points
    }
}
