// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A feature pipeline followed by an estimator: from a table to class probabilities.
///
/// ```swift
/// let recipe = Pipeline(.impute(.median), .oneHot(), .standardise()).then(LogisticRegression())
/// let model = try recipe.fit(loans, target: "class", positive: "2")
/// let risk = try model.probabilities(in: applications)
/// ```
public struct PipelineRecipe<Estimator: Classifier>: Codable, Hashable, Sendable {
    /// What turns columns into features; it learns from the rows that are fitted to only.
    public var pipeline: Pipeline

    /// What is fitted to the features.
    public var estimator: Estimator

    /// A pipeline followed by an estimator; `pipeline.then(estimator)` is the same.
    public init(pipeline: Pipeline, estimator: Estimator) {
        self.pipeline = pipeline
        self.estimator = estimator
    }

    /// Fits the pipeline and the estimator to a table.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes; all other columns go into the pipeline.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row, for the estimator and for the steps of the pipeline that learn
    ///     from the target; its means, medians and quantiles count every row once.
    ///   - progress: sees every step of the estimator, and of the pipeline's steps that take long.
    /// - Throws: ``ModelError`` with code `features` for the table and the pipeline,
    ///   `invalidLabels` for the target, and the codes of the estimator.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> PipelineModel<Estimator> {
        try estimator.validate()
        let labels = try table.classLabels(target, positive: positive)
        try ClassificationData.check(weights, rows: table.rowCount)
        let fitted = try featureStep { () throws(FeatureError) in
            try pipeline.fitTransform(
                table, target: target, positive: positive, weights: weights, progress: progress)
        }
        let data = try ClassificationData(
            features: fitted.features.matrix, labels: labels[rows: fitted.rows],
            weights: weights.map { weights in fitted.rows.map { weights[$0] } },
            featureNames: fitted.features.names, allowsMissing: fitted.pipeline.allowsMissing)
        return PipelineModel(
            target: target, pipeline: fitted.pipeline, estimator: estimator,
            model: try estimator.fit(data, progress: progress))
    }
}

extension Pipeline {
    /// This pipeline followed by an estimator that is fitted to its features.
    public func then<Estimator: Classifier>(_ estimator: Estimator) -> PipelineRecipe<Estimator> {
        PipelineRecipe(pipeline: self, estimator: estimator)
    }
}

extension Table {
    /// The two classes of the column `target`, `positive` being the second.
    ///
    /// - Throws: ``ModelError`` with code `invalidLabels`, or `oneClass` where no row is of another
    ///   class than `positive`.
    package func classLabels(
        _ target: String, positive: String
    ) throws(ModelError) -> ClassLabels {
        let labels: [Bool]
        let column: Column
        do {
            column = try self[column: target]
            labels = try self.labels(target, positive: positive)
        } catch {
            throw ModelError(
                .invalidLabels, "the target '\(target)' with the class '\(positive)'",
                underlying: error)
        }
        guard rowCount > 0 else { throw ModelError(.empty, "the table has no rows") }
        guard let row = labels.firstIndex(of: false) else {
            throw ModelError(
                .oneClass, "all \(rowCount) rows are of class '\(positive)' in '\(target)'")
        }
        return ClassLabels(labels, negative: column[row].description, positive: positive)
    }
}

/// Runs a step of feature engineering, its error kept under a ``ModelError``.
func featureStep<Result>(
    _ body: () throws(FeatureError) -> Result
) throws(ModelError) -> Result {
    do {
        return try body()
    } catch {
        throw featureError(error)
    }
}

/// The error of a step of feature engineering.
func featureError(_ error: FeatureError) -> ModelError {
    ModelError(
        error.code == .cancelled ? .cancelled : .features, "the feature pipeline",
        underlying: error)
}
