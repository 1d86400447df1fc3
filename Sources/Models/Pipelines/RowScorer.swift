// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Scores rows one at a time, for a service that gets applications as they come.
///
/// ```swift
/// var scorer = model.rowScorer()
/// let risk = try scorer.probability(of: [.number(24), .level("own"), .missing])
/// ```
///
/// It keeps the room for the numbers between the steps from row to row. Each task needs a scorer of
/// its own.
public struct RowScorer<Estimator: Classifier>: Sendable {
    private var transformer: RowTransformer
    private let model: Estimator.Model

    init(pipeline: FittedPipeline, model: Estimator.Model) {
        transformer = RowTransformer(pipeline)
        self.model = model
    }

    /// The columns whose values make a row, in order.
    public var inputs: [FittedPipeline.Input] { transformer.pipeline.inputs }

    /// The probability of the positive class of a row, given by its values in the order of
    /// ``inputs``; the same bits as in a table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names the column.
    public mutating func probability(of row: [Column.Value]) throws(ModelError) -> Double {
        let features: [Double]
        do { features = try transformer.features(of: row) } catch { throw featureError(error) }
        return try probability(features)
    }

    /// The probability of the positive class of one row of a table; the same bits as in the table.
    ///
    /// - Throws: ``ModelError`` with code `features`; the error underneath names row and column.
    public mutating func probability(of row: Table.Row) throws(ModelError) -> Double {
        let features: [Double]
        do { features = try transformer.features(of: row) } catch { throw featureError(error) }
        return try probability(features)
    }

    private func probability(_ features: [Double]) throws(ModelError) -> Double {
        try model.probabilities(
            Matrix(rowCount: 1, columnCount: features.count, elements: features))[0]
    }
}

extension PipelineModel {
    /// A scorer of single rows by this model.
    public func rowScorer() -> RowScorer<Estimator> {
        RowScorer(pipeline: pipeline, model: model)
    }
}
