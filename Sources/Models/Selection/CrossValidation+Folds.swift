// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension CrossValidation {
    /// The scores of the held-out probabilities that `probabilities` gives for every fold.
    func report(
        _ rows: SplitRows, _ weights: [Double]?, _ progress: FitObserver?,
        _ probabilities: (Fold) throws(ModelError) -> [Double]
    ) throws(ModelError) -> CrossValidationReport {
        let isPositive = rows.labels.isPositive
        var results: [CrossValidationReport.FoldResult] = []
        try run(split.folds(of: rows), progress) { fold throws(ModelError) in
            let found = try probabilities(fold)
            let scores = try FoldScores(
                labels: isPositive.gathering(fold.validation), probabilities: found,
                weights: weights.map { $0.gathering(fold.validation) })
            results.append(
                CrossValidationReport.FoldResult(
                    seed: fold.seed, rows: fold.validation, probabilities: found, scores: scores))
        }
        return CrossValidationReport(labels: isPositive, folds: results)
    }

    /// Folds that hold out every row once.
    func partition(_ rows: SplitRows) throws(ModelError) -> [Fold] {
        let folds = try split.folds(of: rows)
        var counts = [Int](repeating: 0, count: rows.count)
        for row in folds.flatMap(\.validation) { counts[row] += 1 }
        if let row = counts.firstIndex(where: { $0 != 1 }) {
            throw ModelError(
                .invalidSplit, "row \(row) is held out \(counts[row]) times, not once")
        }
        return folds
    }

    /// Runs `body` for every fold; its errors name fold and seed.
    func run(
        _ folds: [Fold], _ progress: FitObserver?, _ body: (Fold) throws(ModelError) -> Void
    ) throws(ModelError) {
        var indexInSeed = 0
        for (index, fold) in folds.enumerated() {
            indexInSeed = index > 0 && folds[index - 1].seed == fold.seed ? indexInSeed + 1 : 0
            let name = "fold \(indexInSeed) of seed \(fold.seed)"
            try checkCancellation("cross-validation, \(name)")
            do {
                try body(fold)
            } catch {
                throw ModelError(
                    error.code, "\(name): \(error.message)", underlying: error.underlying)
            }
            try FitProgress(step: index + 1, stepLimit: folds.count, objective: nil)
                .report(to: progress)
        }
    }
}
