// SPDX-License-Identifier: Apache-2.0

/// A fitted logistic regression.
///
/// Log-odds and probabilities have the same bits for one row, for any batch around it, for any
/// thread count and with every BLAS: they are summed in a fixed order.
public struct LogisticRegressionModel: ClassifierModel {
    /// The two classes; the second is the one whose log-odds are linear in the features.
    public let classes: [String]

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The log-odds where all features are 0; 0 where the recipe has no intercept.
    public let intercept: Double

    /// The change of the log-odds per unit of each feature.
    public let coefficients: [Double]

    /// The number of steps that were taken.
    public let iterationCount: Int

    /// The gradient norm that ended the fit; see ``LogisticRegression/gradientTolerance``.
    public let gradientNorm: Double

    /// Standard errors and tests of a maximum-likelihood or Firth fit; `nil` for another, whose
    /// coefficients are biased towards 0 so that these would not hold.
    public let inference: LogisticInference?

    init(
        classes: [String], featureNames: [String], intercept: Double, coefficients: [Double],
        iterationCount: Int, gradientNorm: Double, inference: LogisticInference?
    ) {
        self.classes = classes
        self.featureNames = featureNames
        self.intercept = intercept
        self.coefficients = coefficients
        self.iterationCount = iterationCount
        self.gradientNorm = gradientNorm
        self.inference = inference
    }

    /// The estimate of the intercept (where there is one) and of every coefficient, with its
    /// standard error and test; `nil` for a penalised fit.
    public var estimates: [CoefficientEstimate]? {
        guard let inference else { return nil }
        let values = inference.hasIntercept ? [intercept] + coefficients : coefficients
        let names = inference.hasIntercept ? ["intercept"] + featureNames : featureNames
        return zip(zip(names, values), inference.standardErrors).map { part, standardError in
            CoefficientEstimate(name: part.0, value: part.1, standardError: standardError)
        }
    }
}
