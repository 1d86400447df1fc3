// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A recipe for a model of a number: hyperparameters, and a `seed` where the fit is random.
///
/// A recipe is a value; fitting leaves it unchanged and returns an immutable model. The same recipe
/// on the same data gives the same model bytes.
public protocol Regressor<Model>: ModelFileContent, Codable, Hashable, Sendable {
    /// What fitting returns.
    associatedtype Model: RegressorModel

    /// Checks the hyperparameters; every fit does it first, so a decoded recipe is checked too.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError)

    /// Fits a model to checked rows.
    ///
    /// The fit ends early, with code `cancelled`, when its task is cancelled.
    ///
    /// - Parameters:
    ///   - data: the rows, targets and weights.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``; the estimator documents the codes.
    func fit(_ data: RegressionData, progress: FitObserver?) throws(ModelError) -> Model
}

extension Regressor {
    /// Fits a model to checked rows without watching it.
    ///
    /// - Throws: ``ModelError``; the estimator documents the codes.
    public func fit(_ data: RegressionData) throws(ModelError) -> Model {
        try fit(data, progress: nil)
    }

    /// Fits a model of `targets`.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - targets: a finite number for every row, such as a loss.
    ///   - weights: one per row; 2 means the row twice.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``RegressionData`` and of the estimator.
    public func fit(
        features: Matrix<Double>, targets: [Double], weights: [Double]? = nil,
        featureNames: [String]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> Model {
        try fit(
            RegressionData(
                features: features, targets: targets, weights: weights,
                featureNames: featureNames),
            progress: progress)
    }
}
