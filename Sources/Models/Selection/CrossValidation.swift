// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// Repeated stratified cross-validation of a whole recipe, pipeline included.
///
/// ```swift
/// let report = try CrossValidation(foldCount: 10, seeds: 0..<10)
///     .evaluate(recipe, on: loans, target: "class", positive: "2")
/// report.summary(of: \.rocAUC).mean
/// ```
///
/// The pipeline is fitted anew inside every training part, so held-out rows leave no trace in it.
/// Equal data, recipes and seeds give equal reports.
public struct CrossValidation: Codable, Hashable, Sendable {
    /// The number of folds of each repetition, at least 2.
    public var foldCount: Int

    /// One seed per repetition, each once.
    public var seeds: [UInt64]

    /// A plan of `foldCount` folds for each of `seeds`.
    public init(foldCount: Int = 10, seeds: some Sequence<UInt64> = [0]) {
        self.foldCount = foldCount
        self.seeds = Array(seeds)
    }

    /// Fits `recipe` to the training part of every fold and scores the held-out rows.
    ///
    /// - Parameters:
    ///   - recipe: a pipeline with its estimator, or a scorecard.
    ///   - table: all rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled.
    ///   - weights: one per row, for fitting and for the scores.
    ///   - progress: sees every fold that is done.
    /// - Throws: ``ModelError`` with code `invalidSplit`, and the codes of
    ///   ``TableRecipe/fit(_:target:positive:weights:progress:)``; the message names fold and seed.
    public func evaluate(
        _ recipe: some TableRecipe, on table: Table, target: String, positive: String,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> CrossValidationReport {
        guard !seeds.isEmpty, Set(seeds).count == seeds.count else {
            throw ModelError(.invalidSplit, "the seeds \(seeds), not one or more different ones")
        }
        let labels = try table.classLabels(target, positive: positive)
        if let weights, weights.count != table.rowCount {
            throw ModelError(
                .invalidWeights, "\(weights.count) weights for \(table.rowCount) rows")
        }
        let isPositive = labels.isPositive
        var results: [CrossValidationReport.FoldResult] = []
        for seed in seeds {
            let folds = try StratifiedKFold(foldCount: foldCount, seed: seed).folds(of: labels)
            for (index, fold) in folds.enumerated() {
                try checkCancellation("cross-validation, fold \(index) of seed \(seed)")
                do {
                    let model = try recipe.fit(
                        table[rows: fold.training], target: target, positive: positive,
                        weights: weights.map { $0.gathering(fold.training) }, progress: nil)
                    let probabilities = try model.probabilities(in: table[rows: fold.validation])
                    let scores = try FoldScores(
                        labels: isPositive.gathering(fold.validation),
                        probabilities: probabilities,
                        weights: weights.map { $0.gathering(fold.validation) })
                    results.append(
                        CrossValidationReport.FoldResult(
                            seed: seed, rows: fold.validation, probabilities: probabilities,
                            scores: scores))
                } catch {
                    throw ModelError(
                        error.code, "fold \(index) of seed \(seed): \(error.message)",
                        underlying: error.underlying)
                }
                try FitProgress(
                    step: results.count, stepLimit: seeds.count * foldCount, objective: nil
                ).report(to: progress)
            }
        }
        return CrossValidationReport(labels: isPositive, folds: results)
    }
}

extension Array {
    fileprivate func gathering(_ indices: [Int]) -> [Element] { indices.map { self[$0] } }
}
