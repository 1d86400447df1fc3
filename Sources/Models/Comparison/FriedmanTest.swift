// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
public import LinearAlgebra

/// Friedman's test that several models are equally good, by their ranks on several data sets.
///
/// ```swift
/// let test = try FriedmanTest(scores: aucs, models: ["LR", "NB", "kNN"])
/// if test.imanDavenportPValue < 0.05 { test.comparisons(.nemenyi) }
/// ```
///
/// On every data set the best model has rank 1, equal ones their mean rank. The folds of one data
/// set are not independent data sets: give each data set one row, such as the mean of its folds.
///
/// Source: Demšar, Statistical comparisons of classifiers over multiple data sets, 2006, JMLR 7;
/// Iman and Davenport, 1980, doi:10.1080/03610928008827904.
public struct FriedmanTest: Codable, Hashable, Sendable {
    /// The names of the models, in the order of the columns.
    public let models: [String]

    /// The number of data sets.
    public let dataSetCount: Int

    /// The mean rank of each model, from 1 (best on every data set).
    public let meanRanks: [Double]

    /// Friedman's statistic, corrected for ties; chi-square with one degree of freedom less than
    /// models where data sets are many.
    public let statistic: Double

    /// The test of `scores` (data sets x models).
    ///
    /// - Parameters:
    ///   - scores: one finite number per data set and model.
    ///   - models: one name per column, each once.
    ///   - higherIsBetter: whether the largest score has rank 1.
    /// - Throws: ``ModelError`` with code `empty` for fewer than two data sets or models,
    ///   `wrongWidth` or `incompatible` for the names, `nonFinite`.
    /// - Complexity: O(data sets * models * log(models)).
    public init(
        scores: Matrix<Double>, models: [String], higherIsBetter: Bool = true
    ) throws(ModelError) {
        let (count, width) = (scores.rowCount, scores.columnCount)
        guard count >= 2, width >= 2 else {
            throw ModelError(
                .empty, "\(count) data sets of \(width) models; two of each are needed")
        }
        guard models.count == width else {
            throw ModelError(.wrongWidth, "\(models.count) names for \(width) columns of scores")
        }
        guard Set(models).count == width else {
            throw ModelError(.incompatible, "a model is named twice in \(models)")
        }
        try checkFinite(scores, names: models)
        var sums = Vector<Double>.zeros(width)
        var ties = 0.0
        for row in 0..<count {
            let values = higherIsBetter ? -scores.row(row) : scores.row(row)
            sums = sums + values.ranks()
            ties += tieTerm(values.elements)
        }
        self.models = models
        dataSetCount = count
        meanRanks = (sums / Double(count)).elements
        let (n, k) = (Double(count), Double(width))
        let spread = meanRanks.reduce(0) { sum, rank in
            sum + (rank - (k + 1) / 2) * (rank - (k + 1) / 2)
        }
        let correction = 1 - ties / (n * k * (k * k - 1))
        statistic = correction > 0 ? 12 * n / (k * (k + 1)) * spread / correction : 0
    }

    /// The p-value of ``statistic`` by the chi-square distribution.
    public var pValue: Double {
        ChiSquareDistribution.survival(statistic, degreesOfFreedom: Double(models.count - 1))
    }

    /// Iman and Davenport's statistic, which is less conservative: F with `k - 1` and
    /// `(k - 1)(n - 1)` degrees of freedom for `k` models and `n` data sets.
    ///
    /// Infinity where the models have the same order on every data set.
    public var imanDavenportStatistic: Double {
        let rest = Double(dataSetCount * (models.count - 1)) - statistic
        return rest > 1e-12 * statistic ? Double(dataSetCount - 1) * statistic / rest : .infinity
    }

    /// The p-value of ``imanDavenportStatistic``.
    public var imanDavenportPValue: Double {
        let degrees = Double(models.count - 1)
        return FDistribution.survival(
            imanDavenportStatistic, degrees, degrees * Double(dataSetCount - 1))
    }

    /// The standard error of the difference of two mean ranks, `sqrt(k (k + 1) / (6 n))`.
    var rankError: Double {
        let k = Double(models.count)
        return (k * (k + 1) / (6 * Double(dataSetCount))).squareRoot()
    }
}

/// The sum of `t^3 - t` over groups of `t` equal values.
func tieTerm(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    var sum = 0.0
    var start = 0
    for end in 1...max(1, sorted.count) where end == sorted.count || sorted[end] != sorted[start] {
        let size = Double(end - start)
        sum += size * size * size - size
        start = end
    }
    return sum
}
