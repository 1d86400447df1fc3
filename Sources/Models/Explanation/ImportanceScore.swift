// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra
internal import Metrics

/// A score of predictions whose loss shows how important a column is.
public struct ImportanceScore: Sendable {
    /// The score of class probabilities (rows x classes) for rows with labels and weights.
    public typealias Function =
        @Sendable (_ labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double])
        throws -> Double

    /// The name, such as `ROC AUC`.
    public let name: String

    /// Whether a larger score is a better one.
    public let isHigherBetter: Bool

    private let function: Function

    /// A score of your own.
    public init(_ name: String, isHigherBetter: Bool = true, _ function: @escaping Function) {
        self.name = name
        self.isHigherBetter = isHigherBetter
        self.function = function
    }

    /// The area under the ROC curve of two classes.
    public static let rocAUC = ImportanceScore("ROC AUC") { labels, probabilities, weights in
        try ROC(
            labels: twoClasses(labels), scores: probabilities.column(1).elements, weights: weights
        ).auc
    }

    /// The Brier score of two classes; smaller is better.
    public static let brierScore = ImportanceScore("Brier score", isHigherBetter: false) {
        labels, probabilities, weights in
        try Metrics.brierScore(
            labels: twoClasses(labels), probabilities: probabilities.column(1).elements,
            weights: weights)
    }

    /// The mean of `-log(probability of the true class)`, at least 1e-15 each; any number of
    /// classes, smaller is better.
    public static let logLoss = ImportanceScore("log loss", isHigherBetter: false) {
        labels, probabilities, weights in
        let own = labels.codes.enumerated().map { max(probabilities[$0, $1], 1e-15) }
        return weightedMean((-Vector(own).log()).elements, weights)
    }

    /// The share of rows whose most probable class is theirs, of any number of classes.
    public static let accuracy = ImportanceScore("accuracy") { labels, probabilities, weights in
        let hits = labels.codes.enumerated().map { row, code in
            let values = probabilities.row(row).elements
            return values.firstIndex(of: values.max() ?? 0) == code ? 1.0 : 0
        }
        return weightedMean(hits, weights)
    }

    private static func twoClasses(_ labels: ClassLabels) throws(ModelError) -> [Bool] {
        guard labels.classes.count == 2 else {
            throw ModelError(
                .tooManyClasses, "a score of two classes for \(labels.classes.count) of them")
        }
        return labels.isPositive
    }

    func value(
        _ labels: ClassLabels, _ probabilities: Matrix<Double>, _ weights: [Double]
    ) throws(ModelError) -> Double {
        do {
            return try function(labels, probabilities, weights)
        } catch {
            if let error = error as? ModelError { throw error }
            throw ModelError(
                .incompatible, "the score '\(name)' of \(labels.count) rows", underlying: error)
        }
    }
}
