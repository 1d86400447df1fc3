// SPDX-License-Identifier: Apache-2.0

public import Metrics

/// How good the levels are that a system foretold of loans it had not seen.
public struct LevelResult: Codable, Hashable, Sendable {
    /// The system.
    public let name: String
    /// The loans of a level (row) by the level foretold (column), the levels in their order.
    public let matrix: MultiClassConfusionMatrix
    /// The mean of the levels' F1, 0 for a level that is never foretold.
    public let meanF1: Double
    /// The area under the ROC curve of each level against all others, averaged; `nil` for a system
    /// that gives no probabilities.
    public let meanAUC: Double?
    /// The same of the last level alone.
    public let worstLevelAUC: Double?

    /// Measures predictions.
    ///
    /// - Parameters:
    ///   - name: The system.
    ///   - classes: The levels in their order.
    ///   - levels: The index of each loan's level; every level occurs.
    ///   - predictions: The index of the level foretold.
    ///   - probabilities: The probability of each level (loans x levels).
    /// - Throws: `MetricsError` for a level without loans.
    /// - Precondition: Every level and prediction is the index of a class.
    public init(
        name: String, classes: [String], levels: [Int], predictions: [Int],
        probabilities: [[Double]]?
    ) throws(MetricsError) {
        self.name = name
        matrix = try MultiClassConfusionMatrix(
            labels: levels.map { classes[$0] }, predictions: predictions.map { classes[$0] },
            classes: classes)
        meanF1 = try matrix.average(.macro) { $0.f1 ?? 0 } ?? 0
        guard let probabilities else {
            (meanAUC, worstLevelAUC) = (nil, nil)
            return
        }
        meanAUC = try MultiClassScores.rocAUC(
            labels: levels, probabilities: probabilities, kind: .oneAgainstRest)
        let worst = classes.count - 1
        worstLevelAUC =
            try ROC(
                labels: levels.map { $0 == worst }, scores: probabilities.map { $0[worst] }
            ).auc
    }

    /// How many levels a prediction is off, on average.
    public var meanDistance: Double {
        let indices = matrix.classes.indices
        let sum = indices.reduce(0.0) { sum, row in
            sum + indices.reduce(0) { $0 + Double(abs(row - $1)) * matrix.counts[row][$1] }
        }
        return sum / matrix.total
    }
}
