// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
public import LinearAlgebra

/// A fitted support vector regressor: it holds the training rows that its predictions rest on.
///
/// Predictions have the same bits for one row, for any batch around it, for any number of threads
/// and with every BLAS.
public struct SupportVectorRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: SupportVectorRegressor

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The training rows that are support vectors, ascending.
    public let supportRows: [Int]

    let expansion: KernelExpansion

    /// The half width of the tube: the given one, or the one that the share `nu` leads to.
    public let width: Double

    /// The minimum of the dual objective.
    public let objective: Double

    /// The factor of every support vector.
    public var dualCoefficients: [Double] { expansion.coefficients.elements }

    /// What is added to the sum over the support vectors.
    public var intercept: Double { expansion.intercepts[0] }

    /// The factor `gamma` of the kernel; `nil` where it has none.
    public var gamma: Double? { expansion.gamma }

    /// The predicted number of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * support vectors * features).
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        return expansion.values(features).elements
    }
}
