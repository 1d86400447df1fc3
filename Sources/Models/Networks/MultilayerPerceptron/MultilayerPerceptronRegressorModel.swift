// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
public import LinearAlgebra

/// A fitted network for a number.
public struct MultilayerPerceptronRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: MultilayerPerceptronRegressor

    let layout: PerceptronLayout
    let scale: TargetMoments
    let parameters: [Float]
    let state: [Float]

    /// The epochs of the training.
    public let history: [TrainingEpoch]

    /// The names of the features, in column order.
    public var featureNames: [String] { layout.featureNames }

    /// The number of trained parameters.
    public var parameterCount: Int { parameters.count }

    /// The predicted number of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * weights of the network).
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        var values = layout.outputs(features, parameters: parameters, state: state)
        if recipe.loss == .poisson { credit_exp_f64(values.count, values, &values) }
        return values.map { scale.mean + scale.deviation * $0 }
    }
}
