// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Whether observed rates fit the probabilities in groups of about equal size.
///
/// `sum over groups of (O - E)^2 / (E (1 - E / n))` with observed and expected positives O and E of
/// n rows, compared with a chi-square distribution. On the rows a model was fitted to it has two
/// degrees of freedom fewer than groups, on new rows as many as groups. The result depends on the
/// grouping; ``SpiegelhalterTest`` needs none.
///
/// D. W. Hosmer, S. Lemeshow, Communications in Statistics 9 (1980),
/// https://doi.org/10.1080/03610928008827941.
public struct HosmerLemeshowTest: Hashable, Codable, Sendable {
    /// The groups, by ascending probability.
    public let groups: [ReliabilityTable.Bin]
    /// The statistic; 0 where all rates are as expected, infinite where an impossible event
    /// happened.
    public let statistic: Double
    /// The degrees of freedom of the chi-square distribution.
    public let degreesOfFreedom: Int
    /// The probability of such a statistic when the probabilities are right.
    public let pValue: Double

    /// Groups the rows and tests them.
    ///
    /// - Parameters:
    ///   - labels: Whether each row is positive.
    ///   - probabilities: The probability of positive of each row, in `0...1`.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    ///   - groupCount: The number of groups; ties may leave fewer.
    ///   - isInSample: Whether the model was fitted to these rows.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `tooFewRows` when the groups
    ///   leave no degree of freedom.
    /// - Complexity: O(n log n) for n rows.
    public init(
        labels: [Bool], probabilities: [Double], weights: [Double]? = nil, groupCount: Int = 10,
        isInSample: Bool
    ) throws(MetricsError) {
        let table = try ReliabilityTable(
            labels: labels, probabilities: probabilities, weights: weights,
            bins: .equalCount(groupCount))
        groups = table.bins
        degreesOfFreedom = table.bins.count - (isInSample ? 2 : 0)
        guard degreesOfFreedom > 0 else {
            throw MetricsError(
                .tooFewRows,
                "\(table.bins.count) groups leave \(degreesOfFreedom) degrees of freedom")
        }
        var sum = CompensatedSum()
        for group in table.bins {
            let distance = group.observedRate - group.meanProbability
            let variance = group.meanProbability * (1 - group.meanProbability)
            if distance != 0 { sum += group.weight * distance * distance / variance }
        }
        statistic = sum.value
        pValue =
            sum.value == .infinity
            ? 0
            : ChiSquareDistribution.survival(
                sum.value, degreesOfFreedom: Double(degreesOfFreedom))
    }
}
