// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A recipe for a classifier: hyperparameters, and a `seed` where the fit is random.
///
/// A recipe is a value; fitting leaves it unchanged and returns an immutable model. The same recipe
/// on the same data gives the same model bytes.
public protocol Classifier<Model>: ModelFileContent, Codable, Hashable, Sendable {
    /// What fitting returns.
    associatedtype Model: ClassifierModel

    /// Checks the hyperparameters; every fit does it first, so a decoded recipe is checked too.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError)

    /// Fits a model to checked rows.
    ///
    /// The fit ends early, with code `cancelled`, when its task is cancelled.
    ///
    /// - Parameters:
    ///   - data: the rows, classes and weights.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``; the estimator documents the codes.
    func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> Model
}

extension Classifier {
    /// Fits a model to checked rows without watching it.
    ///
    /// - Throws: ``ModelError``; the estimator documents the codes.
    public func fit(_ data: ClassificationData) throws(ModelError) -> Model {
        try fit(data, progress: nil)
    }

    /// Fits a model of two classes, `false` and `true`.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - labels: `true` for the positive class, such as a default; one per row.
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``ClassificationData`` and of the estimator.
    public func fit(
        features: Matrix<Double>, labels: [Bool], weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> Model {
        try fit(
            ClassificationData(features: features, labels: ClassLabels(labels), weights: weights),
            progress: progress)
    }

    /// Fits a model of the classes that occur in `labels`, in ascending order of their names.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - labels: the name of a class; one per row.
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``ClassificationData`` and of the estimator.
    public func fit(
        features: Matrix<Double>, labels: [String], weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> Model {
        try fit(
            ClassificationData(features: features, labels: ClassLabels(labels), weights: weights),
            progress: progress)
    }
}
