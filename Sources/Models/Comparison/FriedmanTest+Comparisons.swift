// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// Two models by their mean ranks.
public struct RankComparison: Codable, Hashable, Sendable {
    /// The model that is compared.
    public let first: String

    /// The model that it is compared with.
    public let second: String

    /// The mean rank of the first less that of the second; below 0 where the first is better.
    public let rankDifference: Double

    /// The p-value of no difference, adjusted for the number of comparisons.
    public let pValue: Double
}

extension FriedmanTest {
    /// How all pairs of models are compared.
    public enum PairwiseMethod: Codable, Hashable, Sendable {
        /// By the studentised range, as in diagrams of critical differences.
        ///
        /// Source: Nemenyi, Distribution-free multiple comparisons, 1963.
        case nemenyi
        /// By the normal distribution of each difference, with adjusted p-values.
        case adjusted(PValueAdjustment)
    }

    /// All pairs of models, in the order of ``models``.
    public func comparisons(_ method: PairwiseMethod = .nemenyi) -> [RankComparison] {
        let pairs = models.indices.flatMap { first in
            models.indices.dropFirst(first + 1).map { (first, $0) }
        }
        switch method {
        case .nemenyi:
            return pairs.map { first, second in
                let distance = abs(meanRanks[first] - meanRanks[second]) / rankError
                return comparison(
                    first, second,
                    StudentizedRange.survival(
                        distance * 2.0.squareRoot(), count: models.count))
            }
        case .adjusted(let adjustment): return comparisons(of: pairs, adjustment)
        }
    }

    /// Every other model against `control`.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` for an unknown model.
    public func comparisons(
        with control: String, adjustment: PValueAdjustment = .holm
    ) throws(ModelError) -> [RankComparison] {
        guard let index = models.firstIndex(of: control) else {
            throw ModelError(.incompatible, "no model '\(control)' among \(models)")
        }
        return comparisons(
            of: models.indices.filter { $0 != index }.map { ($0, index) }, adjustment)
    }

    /// The smallest difference of mean ranks that Nemenyi's test calls significant.
    ///
    /// - Precondition: `significance` is above 0 and below 1.
    public func criticalDifference(significance: Double = 0.05) -> Double {
        precondition(significance > 0 && significance < 1, "a significance of \(significance)")
        return StudentizedRange.survivalQuantile(significance, count: models.count)
            / 2.0.squareRoot() * rankError
    }

    /// The largest groups of two and more models that Nemenyi's test does not tell apart: the bars
    /// of a diagram of critical differences, each from best to worst.
    ///
    /// - Precondition: `significance` is above 0 and below 1.
    public func indistinctGroups(significance: Double = 0.05) -> [[String]] {
        let limit = criticalDifference(significance: significance)
        let order = models.indices.sorted {
            meanRanks[$0] == meanRanks[$1] ? $0 < $1 : meanRanks[$0] < meanRanks[$1]
        }
        var groups: [[String]] = []
        var lastEnd = 0
        for start in order.indices {
            let end = order.indices.last { meanRanks[order[$0]] - meanRanks[order[start]] < limit }
            guard let end, end > start, end > lastEnd else { continue }
            groups.append(order[start...end].map { models[$0] })
            lastEnd = end
        }
        return groups
    }

    private func comparisons(
        of pairs: [(Int, Int)], _ adjustment: PValueAdjustment
    ) -> [RankComparison] {
        let raw = pairs.map { first, second in
            2 * NormalDistribution.survival(abs(meanRanks[first] - meanRanks[second]) / rankError)
        }
        return zip(pairs, adjustment.adjusted(raw)).map { comparison($0.0, $0.1, $1) }
    }

    private func comparison(_ first: Int, _ second: Int, _ pValue: Double) -> RankComparison {
        RankComparison(
            first: models[first], second: models[second],
            rankDifference: meanRanks[first] - meanRanks[second], pValue: pValue)
    }
}
