// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Importance of columns by shuffling: how much score is lost when a column's values are dealt to
/// other rows.
///
/// ```swift
/// let importances = try PermutationImportance(repeatCount: 10, seed: 1)
///     .importances(of: model, on: validation)
/// importances.ranked.first?.name
/// ```
///
/// Use rows that the model was not fitted to. Columns that say the same share their importance, so
/// that each looks unimportant alone: explain them as one ``FeatureGroup``, whose columns are
/// shuffled together. Equal models, rows and seeds give equal importances.
///
/// Source: Breiman, Random forests, 2001, doi:10.1023/A:1010933404324; Fisher, Rudin and Dominici,
/// All models are wrong, but many are useful, 2019, arXiv:1801.01489.
public struct PermutationImportance: Codable, Hashable, Sendable {
    /// How often each column is shuffled, at least 1.
    public var repeatCount: Int

    /// The seed of the shuffles.
    public var seed: UInt64

    /// A plan of shuffles.
    public init(repeatCount: Int = 5, seed: UInt64 = 0) {
        self.repeatCount = repeatCount
        self.seed = seed
    }

    /// The importance of the features of a classifier.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - data: rows with the features of the model; its classes count by name.
    ///   - groups: features that are shuffled together; the others are shuffled alone.
    ///   - score: what is lost.
    ///   - progress: sees every shuffle.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for the groups, `wrongWidth`,
    ///   `invalidLabels`, `incompatible` where the score fails, or `cancelled`.
    /// - Complexity: `repeatCount` predictions of all rows for every group.
    public func importances(
        of model: some ClassifierModel, on data: ClassificationData,
        groups: [FeatureGroup]? = nil, score: ImportanceScore = .rocAUC,
        progress: FitObserver? = nil
    ) throws(ModelError) -> FeatureImportances {
        let codes = try model.codes(of: data.labels, for: data.features, weights: nil)
        let labels = try ClassLabels(codes: codes, classes: model.classes)
        return try importances(
            Table(data.features, names: model.featureNames), groups, labels, data.weights, score,
            progress
        ) { (table) throws(ModelError) in try model.classProbabilities(table.featureMatrix) }
    }

    /// The importance of the columns of a table.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - table: rows with the columns of the model and its target.
    ///   - weights: one per row.
    ///   - groups: columns that are shuffled together; the others are shuffled alone.
    ///   - score: what is lost.
    ///   - progress: sees every shuffle.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features`, `invalidLabels`,
    ///   `invalidWeights`, `incompatible` where the score fails, or `cancelled`.
    /// - Complexity: `repeatCount` predictions of all rows for every group.
    public func importances(
        of model: some TableModel, on table: Table, weights: [Double]? = nil,
        groups: [FeatureGroup]? = nil, score: ImportanceScore = .rocAUC,
        progress: FitObserver? = nil
    ) throws(ModelError) -> FeatureImportances {
        let labels = try table.classLabels(model.target, positive: model.positiveClass)
        return try importances(
            table.inputs(model.inputNames), groups, labels,
            checkedWeights(weights, rows: table.rowCount), score, progress
        ) { (table) throws(ModelError) in
            let positive = try model.probabilities(in: table)
            return Matrix(
                rowCount: positive.count, columnCount: 2,
                elements: positive.flatMap { [1 - $0, $0] })
        }
    }

    private func importances(
        _ table: Table, _ groups: [FeatureGroup]?, _ labels: ClassLabels, _ weights: [Double],
        _ score: ImportanceScore, _ progress: FitObserver?,
        _ predict: (Table) throws(ModelError) -> Matrix<Double>
    ) throws(ModelError) -> FeatureImportances {
        guard repeatCount >= 1 else {
            throw ModelError(.invalidRecipe, "\(repeatCount) repetitions, not 1 or more")
        }
        let groups = try ColumnGroups(groups, of: table.columnNames)
        let baseline = try score.value(labels, predict(table), weights)
        let sign = score.isHigherBetter ? 1.0 : -1.0
        let stream = RandomStream(seed: seed)
        var features: [FeatureImportances.Feature] = []
        for (group, name) in groups.names.enumerated() {
            var losses: [Double] = []
            for repetition in 0..<repeatCount {
                try checkCancellation("permutation importance of '\(name)'")
                let step = group * repeatCount + repetition
                var generator = stream.child("permutation importance", step)
                let order = generator.permutation(table.rowCount)
                var shuffled = table
                for index in groups.members[group] {
                    shuffled = try shuffled.replacing(
                        index, with: table.columns[index][rows: order])
                }
                let value = try score.value(labels, predict(shuffled), weights)
                losses.append(sign * (baseline - value))
                try FitProgress(
                    step: step + 1, stepLimit: groups.names.count * repeatCount, objective: nil
                ).report(to: progress)
            }
            features.append(FeatureImportances.Feature(name: name, losses: losses))
        }
        return FeatureImportances(scoreName: score.name, score: baseline, features: features)
    }
}
