// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// A fitted linear regression.
///
/// Predictions have the same bits for one row, for any batch around it, for any thread count and
/// with every BLAS: they are summed in a fixed order.
public struct LinearRegressionModel: RegressorModel {
    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The prediction where all features are 0; 0 where the recipe has no intercept.
    public let intercept: Double

    /// The change of the prediction per unit of each feature.
    public let coefficients: [Double]

    /// What the weights of the fit said.
    public let weightMeaning: LinearRegression.WeightMeaning

    /// Standard errors and tests; `nil` for a ridge fit, whose coefficients are biased towards 0 so
    /// that these would not hold, and where there are no more observations than parameters.
    public let inference: LinearInference?

    /// The estimate of the intercept (where there is one) and of every coefficient, with its
    /// standard error and test; `nil` without ``inference``.
    public var estimates: [LinearCoefficient]? {
        inference.map { inference in
            estimates(
                inference, inference.standardErrors,
                degreesOfFreedom: inference.residualDegreesOfFreedom)
        }
    }

    func estimates(
        _ inference: LinearInference, _ standardErrors: [Double], degreesOfFreedom: Double
    ) -> [LinearCoefficient] {
        let values = inference.hasIntercept ? [intercept] + coefficients : coefficients
        let names = inference.hasIntercept ? ["intercept"] + featureNames : featureNames
        return zip(zip(names, values), standardErrors).map { part, standardError in
            LinearCoefficient(
                name: part.0, value: part.1, standardError: standardError,
                degreesOfFreedom: degreesOfFreedom)
        }
    }

    /// `b + wᵀx` of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        let sums = (features.orderedMatmul(Vector(coefficients)) + intercept).elements
        if let row = sums.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "row \(row): the features are too large to be summed")
        }
        return Array(sums)
    }

    /// `b + wᵀx + offset` of every row.
    ///
    /// - Parameters:
    ///   - features: finite values (rows x features).
    ///   - offsets: one per row, as those that the model was fitted with.
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func predictions(
        _ features: Matrix<Double>, offsets: [Double]
    ) throws(ModelError) -> [Double] {
        try checkOffsets(offsets, rows: features.rowCount)
        return zip(try predictions(features), offsets).map(+)
    }

    /// The prediction of every row with its standard error, from which its intervals are made.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`; `invalidRecipe` without
    ///   ``inference``.
    /// - Complexity: O(rows * features²).
    public func intervals(_ features: Matrix<Double>) throws(ModelError) -> [LinearPrediction] {
        let inference = try requireInference()
        let means = try predictions(features)
        let rows =
            inference.hasIntercept
            ? .concatenated([.ones(features.rowCount, 1), features], axis: 1) : features
        let forms = (rows.matmul(inference.unscaledCovariance) * rows).sum(.alongRows)
        let variance = inference.residualVariance
        return zip(means, forms.elements).map { mean, form in
            LinearPrediction(
                mean: mean, standardError: (max(0, form) * variance).squareRoot(),
                residualDeviation: variance.squareRoot(),
                degreesOfFreedom: inference.residualDegreesOfFreedom)
        }
    }

    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func requireInference() throws(ModelError) -> LinearInference {
        if let inference { return inference }
        throw ModelError(
            .invalidRecipe,
            "a ridge fit, or one without more rows than parameters, has no sampling covariance")
    }
}
