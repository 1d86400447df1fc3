// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Accumulated local effects: how a model's output changes with one column, by small changes of
/// the rows that have nearly that value.
///
/// A numeric column is cut at quantiles. The rows of a bin are set to both of its ends; the mean
/// difference is the effect of the bin, and the curve is the running sum of the effects, moved so
/// that its mean over the rows is 0. Unlike ``PartialDependence`` it never asks for combinations
/// far from the data, so columns that go together do not blur it.
///
/// The levels of a categorical column are put in an order and each is compared with its neighbours.
///
/// Source: Apley and Zhu, Visualizing the effects of predictor variables in black box supervised
/// learning models, 2020, doi:10.1111/rssb.12377.
public struct AccumulatedLocalEffects: Codable, Hashable, Sendable {
    /// The order of the levels of a categorical column.
    public enum LevelOrder: String, Codable, Hashable, Sendable, CaseIterable {
        /// As the column lists them.
        case listed
        /// Levels whose rows have similar other columns stand together.
        ///
        /// The distance of two levels is the sum over the other columns of the largest distance of
        /// their distribution functions (numbers) or half the sum of the distances of their shares
        /// (levels); the order is that of the first axis of classical scaling.
        case similarity
    }

    /// The most bins of a numeric column, at least 1.
    public var binLimit: Int

    /// The order of levels.
    public var levelOrder: LevelOrder

    /// What is accumulated.
    public var output: ExplainedOutput

    /// A plan of bins.
    public init(
        binLimit: Int = 40, levelOrder: LevelOrder = .similarity,
        output: ExplainedOutput = .probability
    ) {
        self.binLimit = binLimit
        self.levelOrder = levelOrder
        self.output = output
    }

    /// The effects of one feature of a classifier.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - feature: its name.
    ///   - features: the rows (rows x features).
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees both steps.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for an unknown feature,
    ///   `empty`, `wrongWidth`, `nonFinite`, `invalidWeights` or `cancelled`.
    /// - Complexity: O(rows log(rows)) and two predictions of all rows.
    public func curve(
        of model: some ClassifierModel, for feature: String, on features: Matrix<Double>,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> AccumulatedEffectsCurve {
        try curve(
            ExplainedModel(model, output), feature, Table(features, names: model.featureNames),
            weights, progress)
    }

    /// The effects of one column of a table; its rows with a missing value are left out.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - column: its name; numbers or levels.
    ///   - table: the rows.
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees both steps.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for an unknown column or one
    ///   of dates or texts, `empty`, `invalidWeights` or `cancelled`.
    /// - Complexity: O(rows log(rows)) and two predictions of all rows; by similarity
    ///   O(levels^2 columns rows) more.
    public func curve(
        of model: some TableModel, for column: String, on table: Table,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> AccumulatedEffectsCurve {
        try curve(
            ExplainedModel(model, output), column, table.inputs(model.inputNames), weights,
            progress)
    }

    private func curve(
        _ model: ExplainedModel, _ name: String, _ table: Table, _ weights: [Double]?,
        _ progress: FitObserver?
    ) throws(ModelError) -> AccumulatedEffectsCurve {
        try validate()
        let weights = try checkedWeights(weights, rows: table.rowCount)
        let position = try table.position(of: name)
        let column = table.columns[position]
        let rows = (0..<table.rowCount).filter { weights[$0] > 0 && !column.isMissing($0) }
        guard !rows.isEmpty else {
            throw ModelError(.empty, "the column '\(name)' has no value in any row")
        }
        let sample = EffectSample(
            model: model, table: table[rows: rows], position: position,
            weights: rows.map { weights[$0] }, progress: progress)
        switch column.kind {
        case .numeric: return try sample.numericCurve(binLimit)
        case .categorical: return try sample.levelCurve(levelOrder)
        case .text, .date:
            throw ModelError(
                .features, "'\(name)' is \(column.kind.rawValue), not numeric or categorical")
        }
    }

    /// Checks the plan.
    func validate() throws(ModelError) {
        guard binLimit >= 1 else {
            throw ModelError(.invalidRecipe, "\(binLimit) bins, not 1 or more")
        }
    }
}
