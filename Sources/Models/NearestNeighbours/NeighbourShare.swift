// SPDX-License-Identifier: Apache-2.0

/// A training row that is near to a query.
public struct NeighbourShare: Codable, Hashable, Sendable {
    /// The row among those in memory.
    public let row: Int

    /// Its distance by the model's metric.
    public let distance: Double

    /// How much it counts; the shares of all neighbours of a query sum to 1.
    public let share: Double
}

/// The share of every class, with the sum 1.
func classDistribution(
    _ shares: [(code: Int, share: Double)], classCount: Int
) -> [Double] {
    var sums = [Double](repeating: 0, count: classCount)
    for (code, share) in shares { sums[code] += share }
    let total = sums.reduce(0, +)
    return sums.map { $0 / total }
}
