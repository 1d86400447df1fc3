// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import RealModule

/// Whether a grade's defaults fit its probability of default.
///
/// Small one-sided p-values say that the probability is too low. All tests take defaults as
/// independent; where they are not, they reject too often.
/// Basel Committee on Banking Supervision, Working Paper 14 (2005),
/// https://www.bis.org/publ/bcbs_wp14.htm.
public struct DefaultRateTest: Hashable, Codable, Sendable {
    /// The observed defaults.
    public let defaults: Proportion
    /// The probability of default that is tested.
    public let probability: Double
    /// `P(X >= defaults)` of the binomial distribution.
    public let binomialPValue: Double
    /// The probability that the true rate is at most ``probability`` after Jeffreys' prior
    /// Beta(1/2, 1/2), the test of the European Central Bank's validation reporting.
    public let jeffreysPValue: Double
    /// The observed rate in standard errors from the probability.
    public let z: Double
    /// `P(Z >= z)` of the normal distribution.
    public let normalPValue: Double
    /// Kupiec's likelihood ratio of the two-sided test.
    ///
    /// P. H. Kupiec, Journal of Derivatives 3 (1995), https://doi.org/10.3905/jod.1995.407942.
    public let kupiecStatistic: Double
    /// The chi-square probability of such a likelihood ratio, one degree of freedom.
    public let kupiecPValue: Double

    /// Tests one grade.
    ///
    /// - Parameters:
    ///   - defaults: The number of defaults.
    ///   - total: The number of borrowers.
    ///   - probability: The probability of default, between 0 and 1.
    /// - Throws: ``MetricsError`` for impossible counts and a probability
    ///   that is not between 0 and 1.
    /// - Complexity: O(sqrt(total)).
    public init(
        defaults: Double, total: Double, probability: Double
    ) throws(MetricsError) {
        guard probability > 0, probability < 1 else {
            throw MetricsError(
                .invalidProbability, "probability \(probability) is not between 0 and 1")
        }
        self.defaults = try Proportion(count: defaults, total: total)
        self.probability = probability
        binomialPValue =
            defaults == 0
            ? 1 : BetaDistribution.cumulative(probability, defaults, total - defaults + 1)
        jeffreysPValue = BetaDistribution.cumulative(
            probability, defaults + 0.5, total - defaults + 0.5)
        let rate = defaults / total
        z = (rate - probability) / (probability * (1 - probability) / total).squareRoot()
        normalPValue = NormalDistribution.survival(z)
        func part(_ count: Double, _ share: Double, _ expected: Double) -> Double {
            count > 0 ? count * (Double.log(share) - Double.log(expected)) : 0
        }
        kupiecStatistic = max(
            0,
            2
                * (part(defaults, rate, probability)
                    + part(total - defaults, 1 - rate, 1 - probability)))
        kupiecPValue = ChiSquareDistribution.survival(kupiecStatistic, degreesOfFreedom: 1)
    }
}

/// Tests of all grades of a rating at once.
public struct RatingBacktest: Hashable, Codable, Sendable {
    /// The tests of the grades, in the given order.
    public let grades: [DefaultRateTest]
    /// The statistic of Hosmer and Lemeshow over the grades:
    /// `sum of (defaults - n p)^2 / (n p (1 - p))`.
    public let statistic: Double
    /// The chi-square probability of such a statistic, as many degrees of freedom as grades.
    public let pValue: Double

    /// Tests grades.
    ///
    /// - Parameters:
    ///   - defaults: The number of defaults of each grade.
    ///   - totals: The number of borrowers of each grade.
    ///   - probabilities: The probability of default of each grade.
    /// - Throws: ``MetricsError`` for different lengths, no grades, impossible counts and
    ///   probabilities that are not between 0 and 1.
    /// - Complexity: O(grades).
    public init(
        defaults: [Double], totals: [Double], probabilities: [Double]
    ) throws(MetricsError) {
        try Validation.sameCount("default counts", defaults.count, "totals", totals.count)
        try Validation.sameCount(
            "default counts", defaults.count, "probabilities", probabilities.count)
        guard !defaults.isEmpty else { throw MetricsError(.emptyInput, "there are no grades") }
        var tests: [DefaultRateTest] = []
        for grade in defaults.indices {
            tests.append(
                try DefaultRateTest(
                    defaults: defaults[grade], total: totals[grade],
                    probability: probabilities[grade]))
        }
        grades = tests
        statistic = tests.reduce(0) { $0 + $1.z * $1.z }
        pValue = ChiSquareDistribution.survival(
            statistic, degreesOfFreedom: Double(tests.count))
    }

    /// Which grades fail after Holm's correction for testing several at once, by Jeffreys' p-value.
    ///
    /// S. Holm, Scandinavian Journal of Statistics 6 (1979).
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func failingGrades(level: Double = 0.95) throws(MetricsError) -> [Int] {
        try Validation.level(level)
        let order = grades.indices.sorted {
            (grades[$0].jeffreysPValue, $0) < (grades[$1].jeffreysPValue, $1)
        }
        var failing: [Int] = []
        for (rank, grade) in order.enumerated() {
            guard grades[grade].jeffreysPValue <= (1 - level) / Double(grades.count - rank) else {
                break
            }
            failing.append(grade)
        }
        return failing.sorted()
    }
}
