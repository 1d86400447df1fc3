// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// The Bayesian signed-rank test: how probable it is that one model is better than another over
/// many data sets, or that it does not matter.
///
/// Differences have a Dirichlet process prior with its mass at 0. Each draw of the posterior weighs
/// the differences anew and takes the shares of pairs whose mean is below, within and above the
/// region of practical equivalence; the probability of a verdict is the share of draws in which its
/// share is the largest. Equal differences and seeds give equal draws.
///
/// Source: Benavoli, Mangili, Corani, Zaffalon and Ruggeri, A Bayesian Wilcoxon signed-rank test
/// based on the Dirichlet process, ICML 2014; Benavoli and others, 2017, JMLR 18(77).
public struct BayesianSignedRank: Codable, Hashable, Sendable {
    /// Half the width of the region of practical equivalence, 0 or more.
    public var rope: Double

    /// The weight of the prior, above 0, where a difference has the weight 1.
    public var priorStrength: Double

    /// The number of draws, at least 1.
    public var sampleCount: Int

    /// The seed of the draws.
    public var seed: UInt64

    /// A plan of draws.
    public init(
        rope: Double, priorStrength: Double = 0.5, sampleCount: Int = 50_000, seed: UInt64 = 0
    ) {
        self.rope = rope
        self.priorStrength = priorStrength
        self.sampleCount = sampleCount
        self.seed = seed
    }

    /// The posterior of `differences`, one per data set, first model less second.
    ///
    /// - Parameters:
    ///   - differences: of the models' scores.
    ///   - progress: sees every thousandth draw.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `nonFinite` or `cancelled`.
    /// - Complexity: O(n^2 + draws * n).
    public func posterior(
        of differences: [Double], progress: FitObserver? = nil
    ) throws(ModelError) -> SignedRankPosterior {
        guard rope >= 0, rope.isFinite, priorStrength > 0, priorStrength.isFinite,
            sampleCount >= 1
        else {
            throw ModelError(
                .invalidRecipe,
                "a region of \(rope), a prior of \(priorStrength) and \(sampleCount) draws")
        }
        guard !differences.isEmpty else { throw ModelError(.empty, "there are no differences") }
        if let index = differences.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "the difference \(index) is \(differences[index])")
        }
        let sorted = (differences + [0]).sorted()
        let prior = sorted.firstIndex(of: 0) ?? 0
        let above = PairBounds(sorted, 2 * rope)
        // The pairs below the region are those above it of the differences with other signs.
        let below = PairBounds(sorted.reversed().map { -$0 }, 2 * rope)
        var generator = RandomStream(seed: seed).child("Bayesian signed-rank")
        var shares: [EquivalenceProbabilities] = []
        for draw in 0..<sampleCount {
            var weights = sorted.map { _ in generator.exponential() }
            weights[prior] = generator.gamma(shape: priorStrength)
            let total = weights.reduce(0, +)
            weights = weights.map { $0 / total }
            let upper = above.share(weights)
            let lower = rope > 0 ? below.share(weights.reversed()) : 1 - upper
            shares.append(
                EquivalenceProbabilities(
                    below: lower, within: rope > 0 ? max(0, 1 - lower - upper) : 0, above: upper))
            if draw % 1000 == 999 {
                try checkCancellation("the Bayesian signed-rank test")
                try FitProgress(
                    step: (draw + 1) / 1000, stepLimit: sampleCount / 1000, objective: nil
                ).report(to: progress)
            }
        }
        return SignedRankPosterior(shares: shares)
    }
}

/// Draws of a ``BayesianSignedRank`` posterior.
public struct SignedRankPosterior: Codable, Hashable, Sendable {
    /// The shares of pairs below, within and above the region, of every draw.
    public let shares: [EquivalenceProbabilities]

    /// How probable each verdict is: the share of draws in which its share is the largest.
    public var probabilities: EquivalenceProbabilities {
        var counts = (below: 0.0, within: 0.0, above: 0.0)
        for share in shares {
            if share.below >= share.within, share.below >= share.above {
                counts.below += 1
            } else if share.within >= share.above {
                counts.within += 1
            } else {
                counts.above += 1
            }
        }
        let total = Double(shares.count)
        return EquivalenceProbabilities(
            below: counts.below / total, within: counts.within / total,
            above: counts.above / total)
    }
}

/// For every value the first partner with which its sum is above a limit, and the first with which
/// it is not below.
private struct PairBounds {
    private let aboveStarts: [Int]
    private let equalStarts: [Int]

    init(_ sorted: [Double], _ limit: Double) {
        aboveStarts = sorted.map { value in sorted.partitioningIndex { value + $0 > limit } }
        equalStarts = sorted.map { value in sorted.partitioningIndex { value + $0 >= limit } }
    }

    /// The weight of the pairs above the limit, and half of those at it.
    func share(_ weights: [Double]) -> Double {
        var tails = [Double](repeating: 0, count: weights.count + 1)
        for index in weights.indices.reversed() { tails[index] = tails[index + 1] + weights[index] }
        var share = 0.0
        for (index, weight) in weights.enumerated() {
            share += weight * (tails[aboveStarts[index]] + tails[equalStarts[index]]) / 2
        }
        return share
    }
}
