// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// A share of rows, with its exact interval.
public struct Proportion: Hashable, Codable, Sendable {
    /// The number of rows that have the property.
    public let count: Double
    /// The number of rows, with weights their sum.
    public let total: Double

    /// A share of known counts.
    ///
    /// - Throws: ``MetricsError`` of code `invalidWeight` unless `0 <= count <= total` and `total`
    ///   is positive and at most 1e15.
    public init(count: Double, total: Double) throws(MetricsError) {
        guard count >= 0, count <= total, total > 0, total <= 1e15 else {
            throw MetricsError(.invalidWeight, "\(count) of \(total) rows is no share")
        }
        self.count = count
        self.total = total
    }

    /// `count / total`, in `0...1`.
    public var rate: Double { count / total }

    /// The interval of Clopper and Pearson, which covers the true share
    /// at least as often as stated.
    ///
    /// Biometrika 26 (1934), https://doi.org/10.1093/biomet/26.4.404.
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the level is between 0 and 1.
    public func interval(level: Double = 0.95) throws(MetricsError) -> ConfidenceInterval {
        try Validation.level(level)
        let tail = (1 - level) / 2
        let lower = count == 0 ? 0 : BetaDistribution.quantile(tail, count, total - count + 1)
        let upper =
            count == total ? 1 : BetaDistribution.quantile(1 - tail, count + 1, total - count)
        return ConfidenceInterval(lower: lower, upper: upper, level: level)
    }
}
