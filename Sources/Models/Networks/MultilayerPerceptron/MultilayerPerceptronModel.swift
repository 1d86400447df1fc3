// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

/// A fitted network for classes.
public struct MultilayerPerceptronModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: MultilayerPerceptronClassifier

    /// The names of the classes, in the order of the probability columns.
    public let classes: [String]

    let layout: PerceptronLayout
    let parameters: [Float]
    let state: [Float]

    /// The epochs of the training.
    public let history: [TrainingEpoch]

    /// The names of the features, in column order.
    public var featureNames: [String] { layout.featureNames }

    /// The number of trained parameters.
    public var parameterCount: Int { parameters.count }

    /// The sigmoid of the log odds, or the softmax of the scores (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * weights of the network).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        var values = try scores(features).elements
        let (rows, width) = (features.rowCount, classes.count)
        if width > 2 {
            credit_softmax_f64(rows, width, values, &values)
        } else {
            credit_sigmoid_f64(rows, values, &values)
            values = values.flatMap { [1 - $0, $0] }
        }
        return Matrix(rowCount: rows, columnCount: width, elements: values)
    }

    /// The log odds of the second of two classes, or the score of every class
    /// (rows x 1, rows x classes).
    ///
    /// - Parameter features: as for ``classProbabilities(_:)``.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    public func scores(_ features: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        try check(features)
        return Matrix(
            rowCount: features.rowCount, columnCount: layout.outputWidth,
            elements: layout.outputs(features, parameters: parameters, state: state))
    }
}
