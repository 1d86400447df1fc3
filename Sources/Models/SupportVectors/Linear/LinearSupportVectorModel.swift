// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted linear machine: a plane, or for three and more classes one each against the rest.
///
/// Decision values and probabilities have the same bits for one row and for any batch around it,
/// for any number of threads and with every BLAS.
public struct LinearSupportVectorModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: LinearSupportVectorClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The classes that had training rows, as indices of ``classes``, ascending.
    let fittedClasses: [Int]

    /// The coefficients of every plane (planes x features).
    public let coefficients: Matrix<Double>

    /// What is added to the product of a row with the coefficients of each plane.
    public let intercepts: [Double]

    let calibrations: [DecisionCalibration]

    /// The decision value of every plane (rows x planes).
    ///
    /// Of two classes positive values speak for the second one; of more there is a plane for each
    /// class that had rows, and positive values speak for that class.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features * planes).
    public func decisionValues(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try check(features)
        return values(.dense(features))
    }

    /// The decision value of every plane for sparse rows (rows x planes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(stored elements * planes).
    public func decisionValues(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try checkFinite(features, names: featureNames)
        return values(.sparse(features))
    }

    private func values(_ rows: LinearRows) -> Matrix<Double> {
        Matrix(
            columns: intercepts.indices.map { plane in
                (rows.orderedProduct(coefficients.row(plane)) + intercepts[plane]).elements
            })
    }

    /// The probability of every class (rows x classes).
    ///
    /// Of three and more classes, those of the planes are divided by their sum. A class without
    /// training rows has the probability 0.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: As ``decisionValues(_:)-(Matrix<Double>)``.
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        classProbabilities(ofDecisions: try decisionValues(features))
    }

    /// The probability of every class for sparse rows (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: As ``decisionValues(_:)-(SparseMatrix<Double>)``.
    public func classProbabilities(
        _ features: SparseMatrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        classProbabilities(ofDecisions: try decisionValues(features))
    }

    private func classProbabilities(ofDecisions values: Matrix<Double>) -> Matrix<Double> {
        var shares = calibrations.enumerated().map { plane, calibration in
            calibration.probabilities(values.column(plane).elements)
        }
        if fittedClasses.count == 2 {
            shares = [shares[0].map { 1 - $0 }, shares[0]]
        }
        var result = Matrix<Double>.zeros(values.rowCount, classes.count)
        for row in 0..<values.rowCount {
            let sum = fittedClasses.count == 2 ? 1 : shares.reduce(0) { $0 + $1[row] }
            for (position, code) in fittedClasses.enumerated() {
                result[row, code] =
                    sum > 0 ? shares[position][row] / sum : 1 / Double(fittedClasses.count)
            }
        }
        return result
    }

    /// The predicted class of every row, by the recipe's
    /// ``LinearSupportVectorClassifier/prediction``.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String] {
        switch recipe.prediction {
        case .mostProbable:
            let probabilities = try classProbabilities(features)
            return (0..<probabilities.rowCount).map { row in
                classes[firstLargest(classes.indices.map { probabilities[row, $0] })]
            }
        case .votes:
            let values = try decisionValues(features)
            return (0..<values.rowCount).map { row in
                let position =
                    fittedClasses.count == 2
                    ? (values[row, 0] > 0 ? 1 : 0)
                    : firstLargest(fittedClasses.indices.map { values[row, $0] })
                return classes[fittedClasses[position]]
            }
        }
    }
}
