// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted classifier that also answers with sets of classes.
public struct ConformalModel<Base: ClassifierModel>: ClassifierModel {
    /// The classifier below, whose probabilities are given unchanged.
    public let model: Base

    /// How strange a row looks under a class.
    public let score: ConformalScore

    /// Whether every class has a coverage of its own.
    public var isClassConditional: Bool { calibration.groups.count > 1 }

    let calibration: ConformalCalibration

    init(model: Base, score: ConformalScore, calibration: ConformalCalibration) {
        self.model = model
        self.score = score
        self.calibration = calibration
    }

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { model.classes }

    /// The names of the feature columns that the model was fitted to.
    public var featureNames: [String] { model.featureNames }

    /// The probability of every class (rows x classes), as the classifier below gives it.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try model.classProbabilities(features)
    }

    /// For every class of every row the share of calibration rows, the row itself among them, that
    /// look at least as strange (rows x classes).
    ///
    /// Among new rows of a class its p-value is below `e` in at most a share `e` of them.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(log(calibration rows)) per row and class.
    public func pValues(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        var values = score.values(try model.classProbabilities(features))
        for row in 0..<values.rowCount {
            for column in 0..<values.columnCount {
                values[row, column] = calibration.pValue(values[row, column], of: column)
            }
        }
        return values
    }

    /// The classes that are not ruled out for each row, in the order of ``classes``.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - coverage: the probability with which a set holds the true class, above 0 and below 1;
    ///     more than `n / (n + 1)` for `n` calibration rows gives all classes.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite` or `invalidValue` (coverage).
    public func predictionSets(
        _ features: Matrix<Double>, coverage: Double = 0.9
    ) throws(ModelError) -> [[String]] {
        guard coverage > 0, coverage < 1 else {
            throw ModelError(
                .invalidValue, "a coverage of \(coverage), not above 0 and below 1")
        }
        let values = try pValues(features)
        return (0..<values.rowCount).map { row in
            classes.indices.filter { values[row, $0] > 1 - coverage }.map { classes[$0] }
        }
    }
}
