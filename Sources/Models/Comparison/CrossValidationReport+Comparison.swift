// SPDX-License-Identifier: Apache-2.0

extension CrossValidationReport {
    /// A score of every fold less that of another model on the same fold.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the reports are of other rows or
    ///   folds.
    public func differences(
        of score: KeyPath<FoldScores, Double>, from other: CrossValidationReport
    ) throws(ModelError) -> [Double] {
        guard labels == other.labels, folds.map(\.rows) == other.folds.map(\.rows) else {
            throw ModelError(
                .incompatible,
                "reports of other folds: \(folds.count) of \(labels.count) rows and "
                    + "\(other.folds.count) of \(other.labels.count), or other splits")
        }
        return zip(folds, other.folds).map {
            $0.scores[keyPath: score] - $1.scores[keyPath: score]
        }
    }

    /// The corrected t-test of a score against another model's on the same folds.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the folds differ, or `empty` for one
    ///   fold.
    public func tTest(
        of score: KeyPath<FoldScores, Double>, against other: CrossValidationReport
    ) throws(ModelError) -> CorrectedResampledTTest {
        let share = heldOutShare
        return try CorrectedResampledTTest(
            differences: differences(of: score, from: other), testShare: share / (1 - share))
    }

    /// The posterior of the difference of a score to another model's on the same folds.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the folds differ, or `empty` for one
    ///   fold.
    public func bayesianTTest(
        of score: KeyPath<FoldScores, Double>, against other: CrossValidationReport
    ) throws(ModelError) -> BayesianCorrelatedTTest {
        try BayesianCorrelatedTTest(
            differences: differences(of: score, from: other), correlation: heldOutShare)
    }

    /// The mean share of the rows that a fold holds out.
    private var heldOutShare: Double {
        let heldOut = folds.reduce(0) { $0 + $1.rows.count }
        return Double(heldOut) / Double(folds.count * labels.count)
    }
}
