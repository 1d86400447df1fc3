// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// The t-test of the differences of two models over the folds of one data set, with a variance that
/// knows that folds share training rows.
///
/// `t = mean / sqrt((1 / n + test / training) * variance)` with `n - 1` degrees of freedom for `n`
/// folds. The plain paired t-test takes folds for independent and finds differences that are none.
///
/// Source: Nadeau and Bengio, Inference for the generalization error, 2003,
/// doi:10.1023/A:1024068626366; Bouckaert and Frank, 2004, doi:10.1007/978-3-540-24775-3_3.
public struct CorrectedResampledTTest: Codable, Hashable, Sendable {
    /// The mean difference.
    public let mean: Double

    /// The corrected standard error of the mean.
    public let standardError: Double

    /// One less than the differences.
    public let degreesOfFreedom: Int

    /// The test of `differences`.
    ///
    /// - Parameters:
    ///   - differences: one per fold, of all repetitions.
    ///   - testShare: the rows of a fold that are held out divided by those that are fitted to,
    ///     such as 1/9 for ten folds.
    /// - Throws: ``ModelError`` with code `empty` for fewer than two differences, `nonFinite`, or
    ///   `invalidValue` for a share that is not above 0.
    public init(differences: [Double], testShare: Double) throws(ModelError) {
        let moments = try DifferenceMoments(differences)
        guard testShare > 0, testShare.isFinite else {
            throw ModelError(.invalidValue, "a test share of \(testShare), not above 0")
        }
        mean = moments.mean
        degreesOfFreedom = moments.count - 1
        standardError = (moments.variance * (1 / Double(moments.count) + testShare)).squareRoot()
    }

    /// The mean in units of its error; 0 where all differences are 0, infinite where they are
    /// equal.
    public var statistic: Double { mean == 0 ? 0 : mean / standardError }

    /// The two-sided p-value of no difference.
    public var pValue: Double {
        let size = abs(statistic)
        guard size.isFinite else { return 0 }
        return min(
            1,
            2
                * StudentTDistribution.survival(
                    size, degreesOfFreedom: Double(degreesOfFreedom)))
    }

    /// The confidence interval of the difference.
    ///
    /// - Precondition: `level` is above 0 and below 1.
    public func interval(level: Double = 0.95) -> ClosedRange<Double> {
        precondition(level > 0 && level < 1, "a level of \(level)")
        let width =
            standardError
            * StudentTDistribution.quantile(
                (1 + level) / 2, degreesOfFreedom: Double(degreesOfFreedom))
        return mean - width...mean + width
    }
}

/// The mean and the unbiased variance of differences.
struct DifferenceMoments {
    let count: Int
    let mean: Double
    let variance: Double

    init(_ differences: [Double]) throws(ModelError) {
        guard differences.count >= 2 else {
            throw ModelError(.empty, "\(differences.count) differences; two are needed")
        }
        if let index = differences.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "the difference \(index) is \(differences[index])")
        }
        let summary = ScoreSummary(differences)
        count = differences.count
        mean = summary.mean
        variance = summary.standardDeviation * summary.standardDeviation
    }
}
