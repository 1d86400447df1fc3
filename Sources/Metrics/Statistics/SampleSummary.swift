// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Mean, spread and standard error of a sample.
public struct SampleSummary: Hashable, Codable, Sendable {
    /// The number of values, with weights their sum.
    public let count: Double
    /// The arithmetic mean.
    public let mean: Double
    /// The square root of the unbiased variance.
    public let standardDeviation: Double

    /// Summarises a sample.
    ///
    /// - Parameters:
    ///   - values: At least two finite values.
    ///   - weights: The weight of each value as a number of repetitions; nil weighs every value 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `tooFewRows` unless there is more
    ///   than one value.
    /// - Complexity: O(n) for n values.
    public init(_ values: [Double], weights: [Double]? = nil) throws(MetricsError) {
        try Validation.sample(values, "values", weights)
        let moments = Self.moments(values, weights)
        guard moments.count > 1 else {
            throw MetricsError(.tooFewRows, "\(moments.count) values: a spread needs more than 1")
        }
        (count, mean, standardDeviation) = moments
    }

    /// The standard error of the mean, `standardDeviation / sqrt(count)`.
    public var standardErrorOfMean: Double { standardDeviation / count.squareRoot() }

    /// An interval of the mean by Student's t.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func interval(level: Double = 0.95) throws(MetricsError) -> ConfidenceInterval {
        try Validation.level(level)
        let t = -StudentTDistribution.quantile((1 - level) / 2, degreesOfFreedom: count - 1)
        let reach = t * standardErrorOfMean
        return ConfidenceInterval(lower: mean - reach, upper: mean + reach, level: level)
    }

    static func moments(
        _ values: [Double], _ weights: [Double]?
    ) -> (count: Double, mean: Double, standardDeviation: Double) {
        var count = CompensatedSum()
        var sum = CompensatedSum()
        for (index, value) in values.enumerated() {
            count += weights?[index] ?? 1
            sum += (weights?[index] ?? 1) * value
        }
        let mean = sum.value / count.value
        var squares = CompensatedSum()
        for (index, value) in values.enumerated() {
            squares += (weights?[index] ?? 1) * (value - mean) * (value - mean)
        }
        return (count.value, mean, (squares.value / (count.value - 1)).squareRoot())
    }
}

/// The paired t test: whether the mean of the differences of paired values is 0.
public struct PairedTTest: Hashable, Codable, Sendable {
    /// The differences, first minus second.
    public let differences: SampleSummary

    /// The mean difference in standard errors; infinite for constant differences other than 0.
    public var t: Double {
        differences.mean == 0 ? 0 : differences.mean / differences.standardErrorOfMean
    }

    /// The probability of a ``t`` at least this far from 0 when the mean difference is 0.
    public var pValue: Double {
        min(1, 2 * StudentTDistribution.survival(abs(t), degreesOfFreedom: degreesOfFreedom))
    }

    /// Tests pairs.
    ///
    /// - Parameters:
    ///   - first: Finite values, at least two.
    ///   - second: As many finite values.
    ///   - weights: The weight of each pair as a number of repetitions; nil weighs every pair 1.
    /// - Throws: ``MetricsError`` for invalid arrays.
    /// - Complexity: O(n) for n pairs.
    public init(
        _ first: [Double], _ second: [Double], weights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.sameCount("first values", first.count, "second values", second.count)
        try Validation.scores(first, "value")
        try Validation.scores(second, "value")
        differences = try SampleSummary(zip(first, second).map { $0 - $1 }, weights: weights)
    }

    /// The degrees of freedom, one fewer than pairs.
    public var degreesOfFreedom: Double { differences.count - 1 }
}
