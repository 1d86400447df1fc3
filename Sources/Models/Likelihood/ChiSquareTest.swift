// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// A test whose statistic has a chi-square distribution in large samples.
public struct ChiSquareTest: Hashable, Sendable {
    /// The statistic, 0 or more up to rounding.
    public let statistic: Double

    /// The number of restrictions that are tested.
    public let degreesOfFreedom: Int

    /// The probability of a larger ``statistic`` if the restrictions held.
    public var pValue: Double {
        ChiSquareDistribution.survival(
            max(0, statistic), degreesOfFreedom: Double(degreesOfFreedom))
    }
}
