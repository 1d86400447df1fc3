// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Dietterich's t test and Alpaydin's F test of two models by repeated two-fold cross-validation.
///
/// With the differences `d[i][j]` of a score in fold `j` of repetition `i` of `n`, their means
/// `m[i]` and `s[i]² = (d[i][0] - m[i])² + (d[i][1] - m[i])²`:
///
/// `t = d[0][0] / sqrt(sum of s² / n)` with `n` degrees of freedom, and
/// `F = sum of d² / (2 * sum of s²)` with `2 n` and `n`.
///
/// F does not depend on which fold comes first and has more power; five repetitions are usual.
///
/// ```swift
/// let plan = CrossValidation(foldCount: 2, seeds: 0..<5)
/// let test = try PairedRepetitionTest(
///     plan.evaluate(a, on: data), plan.evaluate(b, on: data), score: \.rocAUC)
/// ```
///
/// Sources: Dietterich, Neural Computation 10, 1998, doi:10.1162/089976698300017197; Alpaydin,
/// Neural Computation 11, 1999, doi:10.1162/089976699300016007.
public struct PairedRepetitionTest: Hashable, Sendable {
    /// The mean of all differences, the first model's score minus the second's.
    public let meanDifference: Double

    /// Dietterich's t.
    public let t: Double

    /// The two-sided p-value of ``t``.
    public let tPValue: Double

    /// Alpaydin's F.
    public let f: Double

    /// The p-value of ``f``.
    public let fPValue: Double

    /// The tests of the two differences of each repetition.
    ///
    /// Where no difference varies within a repetition the statistics are infinite and the p-values
    /// 0; where all differences are 0 the statistics are 0 and the p-values 1.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` for fewer than two repetitions, other than
    ///   two differences in one of them, and a difference that is not finite.
    public init(differences: [[Double]]) throws(ModelError) {
        guard differences.count >= 2, differences.allSatisfy({ $0.count == 2 }),
            differences.joined().allSatisfy(\.isFinite)
        else {
            throw ModelError(
                .invalidSplit,
                "differences \(differences), not two finite ones of two or more repetitions")
        }
        let count = Double(differences.count)
        let squares = differences.joined().reduce(0) { $0 + $1 * $1 }
        let variance = differences.reduce(0) { sum, pair in
            let half = (pair[0] - pair[1]) / 2
            return sum + 2 * half * half
        }
        meanDifference = differences.joined().reduce(0, +) / (2 * count)
        guard squares > 0 else {
            (t, tPValue, f, fPValue) = (0, 1, 0, 1)
            return
        }
        t = differences[0][0] == 0 ? 0 : differences[0][0] / (variance / count).squareRoot()
        f = squares / (2 * variance)
        tPValue =
            t.isInfinite
            ? 0 : 2 * StudentTDistribution.survival(abs(t), degreesOfFreedom: count)
        // P(F > f) = I(b / (b + a f); b / 2, a / 2) with a = 2 n and b = n.
        fPValue =
            f.isInfinite
            ? 0 : IncompleteBeta.lower(count / (count + 2 * count * f), count / 2, count)
    }

    /// The tests of a score of two reports of the same folds.
    ///
    /// - Throws: ``ModelError`` with code `invalidSplit` where the folds are not the same, or not
    ///   two of each of two or more repetitions.
    public init(
        _ first: CrossValidationReport, _ second: CrossValidationReport,
        score: KeyPath<FoldScores, Double>
    ) throws(ModelError) {
        guard first.labels == second.labels, first.folds.map(\.rows) == second.folds.map(\.rows),
            first.folds.map(\.seed) == second.folds.map(\.seed)
        else {
            throw ModelError(
                .invalidSplit, "the reports are not of the same folds of the same rows")
        }
        let differences = first.seeds.map { seed in
            zip(first.folds, second.folds).filter { $0.0.seed == seed }.map {
                $0.scores[keyPath: score] - $1.scores[keyPath: score]
            }
        }
        try self.init(differences: differences)
    }
}
