// SPDX-License-Identifier: Apache-2.0

/// The logarithm of a partition function by annealed importance sampling.
public struct LogPartitionEstimate: Codable, Hashable, Sendable {
    /// The estimate of log Z.
    public let value: Double

    /// The standard error of the estimate of Z over that estimate: about that of ``value`` where it
    /// is small.
    public let relativeError: Double

    /// The number of chains that would have told as much if all had weighed the same.
    public let effectiveChainCount: Double

    /// The estimate by the log-weights of independent chains from a start of known `log Z`.
    init(start: Double, logWeights: [Double]) {
        let count = Double(logWeights.count)
        let largest = logWeights.max() ?? 0
        let weights = logWeights.map { exponential($0 - largest) }
        let mean = weights.reduce(0, +) / count
        let squares = weights.reduce(0) { $0 + $1 * $1 }
        let spread = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        value = start + largest + naturalLogarithm(mean)
        relativeError = (spread / (count * (count - 1))).squareRoot() / mean
        effectiveChainCount = mean * mean * count * count / squares
    }
}
