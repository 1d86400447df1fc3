// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// The probabilities that a difference is below, within and above a region of practical
/// equivalence.
public struct EquivalenceProbabilities: Codable, Hashable, Sendable {
    /// The probability of a difference below the region: the second model is better.
    public let below: Double

    /// The probability of no difference that matters; 0 for a region of no width.
    public let within: Double

    /// The probability of a difference above the region: the first model is better.
    public let above: Double
}

/// The posterior of the mean difference of two models on one data set, from the folds of
/// cross-validation.
///
/// With a flat prior the mean difference has Student's t distribution around the mean of the
/// folds, with the variance of ``CorrectedResampledTTest``; unlike a p-value it says how probable
/// it is that one model is better, or that it does not matter which is taken.
///
/// Source: Benavoli, Corani, Demšar and Zaffalon, Time for a change: a tutorial for comparing
/// multiple classifiers through Bayesian analysis, 2017, JMLR 18(77); Corani and Benavoli, 2015,
/// doi:10.1007/s10994-015-5486-z.
public struct BayesianCorrelatedTTest: Codable, Hashable, Sendable {
    /// The mean difference.
    public let mean: Double

    /// The scale of the posterior.
    public let scale: Double

    /// The degrees of freedom of the posterior.
    public let degreesOfFreedom: Int

    /// The posterior of `differences`, first model less second.
    ///
    /// - Parameters:
    ///   - differences: one per fold, of all repetitions.
    ///   - correlation: of the folds, at least 0 and below 1; the share of the rows that a fold
    ///     holds out, such as 1/10.
    /// - Throws: ``ModelError`` with code `empty` for fewer than two differences, `nonFinite`, or
    ///   `invalidValue` for the correlation.
    public init(differences: [Double], correlation: Double) throws(ModelError) {
        let moments = try DifferenceMoments(differences)
        guard correlation >= 0, correlation < 1 else {
            throw ModelError(.invalidValue, "a correlation of \(correlation), not within 0..<1")
        }
        mean = moments.mean
        degreesOfFreedom = moments.count - 1
        let factor = 1 / Double(moments.count) + correlation / (1 - correlation)
        scale = (moments.variance * factor).squareRoot()
    }

    /// How probable it is that the difference is below `-rope`, within, and above `rope`.
    ///
    /// - Precondition: `rope` is not negative.
    public func probabilities(rope: Double = 0) -> EquivalenceProbabilities {
        precondition(rope >= 0, "a region of practical equivalence of \(rope)")
        let below = cumulative(-rope)
        let above = cumulative(rope, isUpper: true)
        return EquivalenceProbabilities(
            below: below, within: rope > 0 ? max(0, 1 - below - above) : 0, above: above)
    }

    /// The interval that has the difference with probability `level`.
    ///
    /// - Precondition: `level` is above 0 and below 1.
    public func interval(level: Double = 0.95) -> ClosedRange<Double> {
        precondition(level > 0 && level < 1, "a level of \(level)")
        let width =
            scale
            * StudentTDistribution.quantile(
                (1 + level) / 2, degreesOfFreedom: Double(degreesOfFreedom))
        return mean - width...mean + width
    }

    private func cumulative(_ limit: Double, isUpper: Bool = false) -> Double {
        let distance = isUpper ? mean - limit : limit - mean
        guard scale > 0 else { return distance > 0 ? 1 : distance < 0 ? 0 : 0.5 }
        return StudentTDistribution.cumulative(
            distance / scale, degreesOfFreedom: Double(degreesOfFreedom))
    }
}
