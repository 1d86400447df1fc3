// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe that is fitted to the rows of a table: a pipeline with its estimator, or a scorecard.
public protocol TableRecipe<Model>: Sendable {
    /// What fitting returns.
    associatedtype Model: TableModel

    /// Fits the recipe to a table.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``; the recipe documents the codes.
    func fit(
        _ table: Table, target: String, positive: String, weights: [Double]?,
        progress: FitObserver?
    ) throws(ModelError) -> Model
}

extension PipelineRecipe: TableRecipe {}
