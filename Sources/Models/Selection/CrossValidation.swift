// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Cross-validation of a whole recipe, pipeline included, by any ``Splitter``.
///
/// ```swift
/// let report = try CrossValidation(foldCount: 10, seeds: 0..<10)
///     .evaluate(recipe, on: loans, target: "class", positive: "2")
/// report.summary(of: \.rocAUC).mean
///
/// let inTime = try CrossValidation(TimeOrderedSplit(foldCount: 4, gap: 90))
///     .evaluate(recipe, on: loans, target: "class", positive: "2", times: days)
/// ```
///
/// The pipeline is fitted anew inside every training part, so held-out rows leave no trace in it.
/// Equal data, recipes and splitters give equal reports.
public struct CrossValidation<Split: Splitter>: Codable, Hashable, Sendable {
    /// What makes the folds.
    public var split: Split

    /// Cross-validation over the folds of `split`.
    public init(_ split: Split) { self.split = split }

    /// Fits `recipe` to the training part of every fold and scores the held-out rows.
    ///
    /// - Parameters:
    ///   - recipe: a pipeline with its estimator, or a scorecard.
    ///   - table: all rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled.
    ///   - weights: one per row, for fitting and for the scores.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every fold that is done.
    /// - Throws: ``ModelError`` with code `invalidSplit`, and the codes of
    ///   ``TableRecipe/fit(_:target:positive:weights:progress:)``; the message names fold and seed.
    public func evaluate(
        _ recipe: some TableRecipe, on table: Table, target: String, positive: String,
        weights: [Double]? = nil, groups: [String]? = nil, times: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> CrossValidationReport {
        let labels = try table.classLabels(target, positive: positive)
        try ClassificationData.check(weights, rows: table.rowCount)
        let rows = try SplitRows(labels: labels, groups: groups, times: times)
        return try report(rows, weights, progress) { fold throws(ModelError) in
            let model = try recipe.fit(
                table[rows: fold.training], target: target, positive: positive,
                weights: weights.map { $0.gathering(fold.training) }, progress: nil)
            return try model.probabilities(in: table[rows: fold.validation])
        }
    }

    /// Fits `classifier` to the training part of every fold and scores the held-out rows.
    ///
    /// - Parameters:
    ///   - classifier: the estimator.
    ///   - data: rows of two classes.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every fold that is done.
    /// - Throws: ``ModelError`` with code `tooManyClasses` or `invalidSplit`, and the codes of the
    ///   classifier; the message names fold and seed.
    public func evaluate(
        _ classifier: some Classifier, on data: ClassificationData, groups: [String]? = nil,
        times: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> CrossValidationReport {
        try data.requireTwoClasses("cross-validation's scores")
        let rows = try SplitRows(labels: data.labels, groups: groups, times: times)
        return try report(rows, data.weights, progress) { fold throws(ModelError) in
            try classifier.fit(data.selecting(rows: fold.training))
                .probabilities(data.features.gatheringRows(fold.validation))
        }
    }

    /// The probability of every class of every row (rows x classes), by the fold that held it out.
    ///
    /// - Parameters:
    ///   - classifier: the estimator.
    ///   - data: rows of two or more classes.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every fold that is done.
    /// - Throws: ``ModelError`` with code `invalidSplit` where a row is not held out exactly once,
    ///   and the codes of the classifier; the message names fold and seed.
    public func outOfFoldProbabilities(
        of classifier: some Classifier, on data: ClassificationData, groups: [String]? = nil,
        times: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> Matrix<Double> {
        let rows = try SplitRows(labels: data.labels, groups: groups, times: times)
        var result = Matrix<Double>.zeros(data.rowCount, data.labels.classes.count)
        let folds = try partition(rows)
        try run(folds, progress) { fold throws(ModelError) in
            let found = try classifier.fit(data.selecting(rows: fold.training))
                .classProbabilities(data.features.gatheringRows(fold.validation))
            for (index, row) in fold.validation.enumerated() {
                result.setRow(row, to: found.row(index))
            }
        }
        return result
    }

    /// The probability of the positive class of every row, by the fold that held it out.
    ///
    /// - Parameters:
    ///   - recipe: a pipeline with its estimator, or a scorecard.
    ///   - table: all rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled.
    ///   - weights: one per row.
    ///   - groups: one per row, for splitters that keep groups together.
    ///   - times: one per row, for splitters by time.
    ///   - progress: sees every fold that is done.
    /// - Throws: ``ModelError`` with code `invalidSplit` where a row is not held out exactly once,
    ///   and the codes of the recipe; the message names fold and seed.
    public func outOfFoldProbabilities(
        of recipe: some TableRecipe, on table: Table, target: String, positive: String,
        weights: [Double]? = nil, groups: [String]? = nil, times: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> [Double] {
        let labels = try table.classLabels(target, positive: positive)
        try ClassificationData.check(weights, rows: table.rowCount)
        let rows = try SplitRows(labels: labels, groups: groups, times: times)
        var result = [Double](repeating: 0, count: rows.count)
        let folds = try partition(rows)
        try run(folds, progress) { fold throws(ModelError) in
            let model = try recipe.fit(
                table[rows: fold.training], target: target, positive: positive,
                weights: weights.map { $0.gathering(fold.training) }, progress: nil)
            let found = try model.probabilities(in: table[rows: fold.validation])
            for (row, probability) in zip(fold.validation, found) { result[row] = probability }
        }
        return result
    }
}

extension CrossValidation where Split == Repeated<StratifiedKFold> {
    /// Stratified cross-validation with `foldCount` folds for each of `seeds`.
    public init(foldCount: Int = 10, seeds: some Sequence<UInt64> = [0]) {
        self.init(Repeated(StratifiedKFold(foldCount: foldCount), seeds: seeds))
    }
}

extension ClassificationData {
    /// The given rows, in that order.
    ///
    /// - Throws: ``ModelError`` with code `empty` or `oneClass` where these rows are no data to fit
    ///   to.
    /// - Precondition: every index is a row.
    /// - Complexity: O(rows * features).
    public func selecting(rows: [Int]) throws(ModelError) -> ClassificationData {
        try ClassificationData(
            features: features.gatheringRows(rows), labels: labels[rows: rows],
            weights: weights.gathering(rows), featureNames: featureNames)
    }
}

extension Array {
    /// The elements at `indices`, in that order.
    func gathering(_ indices: [Int]) -> [Element] { indices.map { self[$0] } }
}
