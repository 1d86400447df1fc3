// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Importance of features by fits without them: how much score is lost on held-out rows.
///
/// ```swift
/// let importances = try DropColumnImportance(foldCount: 5)
///     .importances(of: RandomForestClassifier(), on: loans)
/// ```
///
/// Where columns say the same, each of them is worth nothing while the others are there; give them
/// as one ``FeatureGroup``. A feature is dropped by the value 0 in all its rows, from which no
/// estimator learns anything, so that a recipe may still name it. Equal recipes, rows and seeds
/// give equal importances.
public struct DropColumnImportance: Codable, Hashable, Sendable {
    /// The number of folds, at least 2; each feature has one loss for each.
    public var foldCount: Int

    /// The seed of the folds.
    public var seed: UInt64

    /// Importances over stratified folds.
    public init(foldCount: Int = 5, seed: UInt64 = 0) {
        self.foldCount = foldCount
        self.seed = seed
    }

    /// The importance of the features for a recipe.
    ///
    /// - Parameters:
    ///   - recipe: any classifier.
    ///   - data: the rows.
    ///   - groups: features that are dropped together; the others are dropped alone.
    ///   - score: what is lost.
    ///   - progress: sees every fit.
    /// - Returns: the mean score over the folds with all features, and the losses fold by fold.
    /// - Throws: ``ModelError`` with code `invalidSplit`, `features` for the groups, `incompatible`
    ///   where the score fails, `cancelled`, and those of the fit.
    /// - Complexity: `foldCount` fits for every group, and as many more.
    public func importances(
        of recipe: some Classifier, on data: ClassificationData, groups: [FeatureGroup]? = nil,
        score: ImportanceScore = .rocAUC, progress: FitObserver? = nil
    ) throws(ModelError) -> FeatureImportances {
        let groups = try ColumnGroups(groups, of: data.featureNames)
        let folds = try StratifiedKFold(foldCount: foldCount, seed: seed).folds(of: data.labels)
        let sign = score.isHigherBetter ? 1.0 : -1.0
        let fits = folds.count * (groups.names.count + 1)
        var step = 0
        var scores: [Double] = []
        var losses = [[Double]](repeating: [], count: groups.names.count)
        for fold in folds {
            let training = try data.selecting(rows: fold.training)
            let held = try data.selecting(rows: fold.validation)
            func value(without columns: [Int]) throws(ModelError) -> Double {
                try checkCancellation("drop-column importance, fit \(step)")
                let model = try recipe.fit(training.zeroing(columns))
                let probabilities = try model.classProbabilities(held.zeroing(columns).features)
                step += 1
                try FitProgress(step: step, stepLimit: fits, objective: nil).report(to: progress)
                return try score.value(held.labels, probabilities, held.weights)
            }
            let whole = try value(without: [])
            scores.append(whole)
            for (group, columns) in groups.members.enumerated() {
                losses[group].append(sign * (whole - (try value(without: columns))))
            }
        }
        return FeatureImportances(
            scoreName: score.name, score: scores.reduce(0, +) / Double(scores.count),
            features: groups.names.enumerated().map { index, name in
                FeatureImportances.Feature(name: name, losses: losses[index])
            })
    }
}

extension ClassificationData {
    /// The rows with 0 in some columns.
    fileprivate func zeroing(_ columns: [Int]) throws(ModelError) -> ClassificationData {
        guard !columns.isEmpty else { return self }
        var features = features
        for row in 0..<features.rowCount {
            for column in columns { features[row, column] = 0 }
        }
        return try ClassificationData(
            features: features, labels: labels, weights: weights, featureNames: featureNames,
            allowsMissing: allowsMissing)
    }
}
