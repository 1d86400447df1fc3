// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A fitted pipeline and estimator: takes a table, gives probabilities.
///
/// A row is prepared and scored by itself: its probability does not depend on the rows around it.
public struct PipelineModel<Estimator: Classifier>: TableModel, Codable, Equatable {
    /// The column that the model predicts.
    public let target: String

    /// The fitted steps that turn columns into features.
    public let pipeline: FittedPipeline

    /// The recipe of the estimator.
    public let estimator: Estimator

    /// The fitted estimator.
    public let model: Estimator.Model

    init(
        target: String, pipeline: FittedPipeline, estimator: Estimator, model: Estimator.Model
    ) {
        self.target = target
        self.pipeline = pipeline
        self.estimator = estimator
        self.model = model
    }

    /// The recipe that was fitted.
    public var recipe: PipelineRecipe<Estimator> {
        PipelineRecipe(pipeline: pipeline.recipe, estimator: estimator)
    }

    /// The two classes of the target; the second is the positive one.
    public var classes: [String] { model.classes }

    /// The columns that a table must have.
    public var inputNames: [String] { pipeline.inputs.map(\.name) }

    /// The features that the columns are turned into, in order.
    public var featureNames: [String] { model.featureNames }

    /// The features of a table, as the estimator gets them (rows x features).
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func features(of table: Table) throws(ModelError) -> FeatureMatrix {
        try featureStep { () throws(FeatureError) in try pipeline.transform(table) }
    }

    /// The probability of the positive class of every row; the target need not be there.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probabilities(in table: Table) throws(ModelError) -> [Double] {
        try model.probabilities(features(of: table).matrix)
    }

    /// The probability of the positive class of one row, with the same bits as in its table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public func probability(of row: Table.Row) throws(ModelError) -> Double {
        var scorer = rowScorer()
        return try scorer.probability(of: row)
    }
}
