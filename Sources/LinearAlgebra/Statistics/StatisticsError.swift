// SPDX-License-Identifier: Apache-2.0

/// Weights with which no statistic can be formed.
public struct StatisticsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake, with its numbers.
    public enum Code: Hashable, Sendable {
        /// The weight at `index` (from 0) is negative, NaN or infinite.
        case invalidWeight(index: Int, weight: Double)
    }

    /// The kind of mistake.
    public let code: Code

    /// What is wrong, with the numbers.
    public var description: String {
        switch code {
        case .invalidWeight(let index, let weight):
            "weight \(weight) at \(index) is not a finite number from 0 up"
        }
    }
}

/// What the weight of an observation says about it.
public enum WeightKind: String, Sendable, Hashable, Codable {
    /// How often the observation was made: weight 2 is the same as the row given twice.
    case frequency

    /// How much the observation counts against others; only ratios of weights matter.
    case reliability
}
