// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted deep belief network.
public struct DeepBeliefModel: ClassifierModel {
    /// The recipe that was fitted.
    public let recipe: DeepBeliefNetwork

    /// The network after back-propagation, which also has the scores, the training's history and the
    /// ONNX file.
    public let network: MultilayerPerceptronModel

    /// The names of the classes, in the order of the probability columns.
    public var classes: [String] { network.classes }

    /// The names of the features, in column order.
    public var featureNames: [String] { network.featureNames }

    /// The probability of every class (rows x classes).
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * weights of the network).
    public func classProbabilities(
        _ features: Matrix<Double>
    ) throws(ModelError) -> Matrix<Double> {
        try network.classProbabilities(features)
    }
}
