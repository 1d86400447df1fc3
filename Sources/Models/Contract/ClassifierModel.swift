// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted classifier: immutable, and asked for class probabilities.
public protocol ClassifierModel: ModelFileContent, Codable, Equatable, Sendable {
    /// The names of the classes, in the order of the probability columns.
    var classes: [String] { get }

    /// The names of the feature columns that the model was fitted to.
    var featureNames: [String] { get }

    /// The probability of every class (rows x classes); each row sums to 1.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    func classProbabilities(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double>

    /// The probability of the last class, the positive one of two, one per row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Double]

    /// The class that the model gives every row: the most probable one, of equal ones the first,
    /// unless the model decides by a threshold.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String]
}

extension ClassifierModel {
    /// The last column of ``classProbabilities(_:)``.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func probabilities(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try classProbabilities(features).column(classes.count - 1).elements
    }

    /// The most probable class of every row; of equal ones the first.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func predictedClasses(_ features: Matrix<Double>) throws(ModelError) -> [String] {
        mostProbable(classes, try classProbabilities(features))
    }

    /// Refuses features that this model cannot take.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    package func check(_ features: Matrix<Double>) throws(ModelError) {
        try checkFeatures(features, names: featureNames)
    }
}

/// The class of every row (rows x classes) that is the most probable one.
func mostProbable(_ classes: [String], _ probabilities: Matrix<Double>) -> [String] {
    (0..<probabilities.rowCount).map { row in
        // The first of equal ones: later columns must be strictly larger.
        let best = classes.indices.dropFirst().reduce(0) { best, column in
            probabilities[row, column] > probabilities[row, best] ? column : best
        }
        return classes[best]
    }
}
