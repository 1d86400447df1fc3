// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions
internal import LinearAlgebra

/// Wilcoxon's signed-rank test that differences lie around 0, such as those of two models' scores
/// over data sets.
///
/// The sizes of the differences are ranked, equal ones with their mean rank; the statistic is the
/// sum of the ranks of the positive ones. Up to 50 differences the p-value counts all signs that
/// the ranks could have, with ties too; beyond, or where asked, it is that of the normal
/// distribution with the moments of these signs.
///
/// Source: Wilcoxon, Individual comparisons by ranking methods, 1945, doi:10.2307/3001968; Pratt,
/// 1959, doi:10.1080/01621459.1959.10501526.
public struct WilcoxonSignedRank: Codable, Hashable, Sendable {
    /// What is done with differences of 0.
    public enum Zeros: String, Codable, Hashable, Sendable, CaseIterable {
        /// They are left out before the ranks are given.
        case dropped
        /// They take part in the ranks and are left out after.
        case pratt
    }

    /// How the p-value is found.
    public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
        /// Exact for up to 50 differences other than 0.
        case automatic
        /// By all signs; O(n^3).
        case exact
        /// By the normal distribution.
        case normal
    }

    /// What the differences are if they do not lie around 0.
    public enum Alternative: String, Codable, Hashable, Sendable, CaseIterable {
        /// Above or below.
        case twoSided
        /// Above.
        case greater
        /// Below.
        case less
    }

    /// The sum of the ranks of the positive differences.
    public let positiveRankSum: Double

    /// The sum of the ranks of the negative differences.
    public let negativeRankSum: Double

    /// The number of differences other than 0.
    public let count: Int

    /// Whether the p-value counts all signs.
    public let isExact: Bool

    /// The probability of a rank sum at least as far from its mean if signs were those of coins.
    public let pValue: Double

    /// `(positive - negative rank sum) / (their sum)`, within -1...1: the rank-biserial
    /// correlation.
    public var effectSize: Double {
        (positiveRankSum - negativeRankSum) / (positiveRankSum + negativeRankSum)
    }

    /// The test of `differences`.
    ///
    /// - Throws: ``ModelError`` with code `nonFinite`, or `empty` where none is other than 0.
    /// - Complexity: O(n log n), and O(n^3) where exact.
    public init(
        differences: [Double], alternative: Alternative = .twoSided, zeros: Zeros = .dropped,
        method: Method = .automatic
    ) throws(ModelError) {
        if let index = differences.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "the difference \(index) is \(differences[index])")
        }
        let kept = zeros == .dropped ? differences.filter { $0 != 0 } : differences
        let ranks = Vector(kept.map { abs($0) }).ranks().elements
        let ranked = zip(kept, ranks).filter { $0.0 != 0 }
        guard !ranked.isEmpty else {
            throw ModelError(.empty, "all \(differences.count) differences are 0")
        }
        count = ranked.count
        positiveRankSum = ranked.reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
        negativeRankSum = ranked.reduce(0) { $1.0 < 0 ? $0 + $1.1 : $0 }
        isExact = method == .exact || method == .automatic && ranked.count <= 50
        let (below, above) =
            isExact
            ? Self.exactTails(positiveRankSum, ranked.map(\.1))
            : Self.normalTails(positiveRankSum, ranked.map(\.1))
        switch alternative {
        case .twoSided: pValue = min(1, 2 * min(below, above))
        case .greater: pValue = above
        case .less: pValue = below
        }
    }

    /// The probabilities of a rank sum up to `sum` and of one from it.
    private static func exactTails(
        _ sum: Double, _ ranks: [Double]
    ) -> (below: Double, above: Double) {
        // Mean ranks are halves: their doubles are whole.
        let doubled = ranks.map { Int(2 * $0) }
        var shares = [Double](repeating: 0, count: doubled.reduce(1, +))
        shares[0] = 1
        var reach = 0
        for rank in doubled {
            for value in stride(from: reach, through: 0, by: -1) {
                shares[value] /= 2
                shares[value + rank] += shares[value]
            }
            reach += rank
        }
        let place = Int(2 * sum)
        return (shares[...place].reduce(0, +), shares[place...].reversed().reduce(0, +))
    }

    private static func normalTails(
        _ sum: Double, _ ranks: [Double]
    ) -> (below: Double, above: Double) {
        let mean = ranks.reduce(0, +) / 2
        let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
        let z = (sum - mean) / variance.squareRoot()
        return (NormalDistribution.cumulative(z), NormalDistribution.survival(z))
    }
}
