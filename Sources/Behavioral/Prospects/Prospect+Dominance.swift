// SPDX-License-Identifier: Apache-2.0

/// Which stochastic dominance is meant.
public enum DominanceOrder: String, Hashable, Codable, Sendable {
    /// At every level at least as likely to exceed it: preferred by all who like more.
    case first
    /// Its cumulative distribution has at every level no larger integral: preferred by all who like
    /// more and dislike risk.
    case second
}

extension Prospect {
    /// Whether this prospect stochastically dominates another: nowhere worse, and somewhere better.
    ///
    /// Cumulative probabilities that differ by no more than 1e-12 count as equal (integrals: times
    /// the range of the outcomes). No prospect dominates itself. Cumulative prospect theory
    /// respects the first order; it may well prefer the riskier one where the second order holds.
    /// J. Hadar, W. Russell, American Economic Review 59 (1969).
    /// - Complexity: O(n + m) for n and m outcomes.
    public func dominates(_ other: Prospect, order: DominanceOrder = .first) -> Bool {
        let tolerance = 1e-12
        var (mine, its) = (CompensatedSum(), CompensatedSum())
        var (i, j) = (0, 0)
        var integral = 0.0
        var isBetter = false
        var position = min(outcomes[0], other.outcomes[0])
        let range =
            max(outcomes[outcomes.count - 1], other.outcomes[other.outcomes.count - 1])
            - position
        while i < outcomes.count || j < other.outcomes.count {
            let next = min(
                i < outcomes.count ? outcomes[i] : .infinity,
                j < other.outcomes.count ? other.outcomes[j] : .infinity)
            integral += (mine.value - its.value) * (next - position)
            position = next
            if i < outcomes.count, outcomes[i] == next {
                mine.add(probabilities[i])
                i += 1
            }
            if j < other.outcomes.count, other.outcomes[j] == next {
                its.add(other.probabilities[j])
                j += 1
            }
            let excess = order == .first ? mine.value - its.value : integral
            let allowed = order == .first ? tolerance : tolerance * range
            if excess > allowed { return false }
            if excess < -allowed { isBetter = true }
        }
        return isBetter
    }
}
