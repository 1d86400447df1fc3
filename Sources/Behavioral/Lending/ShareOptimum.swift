// SPDX-License-Identifier: Apache-2.0

/// The best share of wealth to put into a gamble, found by search.
public struct ShareOptimum: Hashable, Sendable {
    /// The share theta, in `0...cap`.
    public let share: Double

    /// V at the share.
    public let value: Double

    /// How the search ended: never unbounded, since a search has a cap.
    public let verdict: InvestmentDecision.Verdict
}

extension CumulativeProspectTheory {
    /// The share theta of wealth to put into a gamble, the rest earning the risk-free return:
    /// the greatest `V(theta X + (1 - theta) f)` on `0...cap`.
    ///
    /// Unlike ``InvestmentObjective/decision(cap:)`` this holds for any value function and any
    /// reference point, which need not lie at the risk-free return. V is evaluated at 41 equal
    /// steps; from the best of them the golden section finds the peak between its neighbours to
    /// 1e-6 of the cap. A second peak narrower than a step can be missed.
    ///
    /// - Parameters:
    ///   - prospect: X, the return of one unit put into it.
    ///   - cap: The greatest share, at least 0.
    ///   - riskFreeReturn: f, the return of one unit kept.
    /// - Throws: ``BehavioralError`` for a cap that is negative or not finite, a return that is not
    ///   finite, and for an outcome that a quadratic does not reach.
    /// - Complexity: O(n) for n outcomes.
    public func bestShare(
        of prospect: Prospect, cap: Double = 1, riskFreeReturn: Double = 0
    ) throws(BehavioralError) -> ShareOptimum {
        try Validation.notNegative("cap", cap)
        try Validation.finite("risk-free return", riskFreeReturn)
        let excess = prospect.outcomes.map { $0 - riskFreeReturn }
        for end in [excess[0], excess[excess.count - 1]] {
            try valueFunction.check(riskFreeReturn)
            try valueFunction.check(riskFreeReturn + cap * end)
        }
        let ranked = RankedWeights(prospect, gainWeighting, lossWeighting)
        func value(_ share: Double) -> Double {
            var sum = 0.0
            for index in excess.indices {
                let outcome = riskFreeReturn + share * excess[index]
                let weight =
                    outcome >= valueFunction.reference ? ranked.gains[index] : ranked.losses[index]
                sum += weight * valueFunction.value(outcome)
            }
            return sum
        }
        let best = ShareSearch.maximum(cap: cap, value)
        let verdict: InvestmentDecision.Verdict =
            best.share == 0 ? .nothing : best.share < cap ? .interior(best.share) : .capped(cap)
        return ShareOptimum(share: best.share, value: best.value, verdict: verdict)
    }
}

/// What each outcome weighs as a gain and as a loss; a share changes its sign but not its rank.
struct RankedWeights {
    var gains: [Double]
    var losses: [Double]

    init(
        _ prospect: Prospect, _ gainWeighting: WeightingFunction,
        _ lossWeighting: WeightingFunction
    ) {
        let probabilities = prospect.probabilities
        func differences(_ order: [Int], _ weighting: WeightingFunction) -> [Double] {
            var result = probabilities
            var sum = CompensatedSum()
            var last = 0.0
            for (position, index) in order.enumerated() {
                sum.add(probabilities[index])
                let weight =
                    position == order.count - 1 ? 1 : weighting.weight(min(sum.value, 1))
                result[index] = weight - last
                last = weight
            }
            return result
        }
        gains = differences(probabilities.indices.reversed(), gainWeighting)
        losses = differences(Array(probabilities.indices), lossWeighting)
    }
}

/// The greatest value of a function on an interval: 41 equal steps, then the golden section.
enum ShareSearch {
    static let steps = 40
    static let refinements = 25

    static func maximum(
        cap: Double, _ value: (Double) -> Double
    ) -> (share: Double, value: Double) {
        var best = (share: 0.0, value: value(0))
        var step = 0
        for candidate in 1...steps {
            let share = cap * Double(candidate) / Double(steps)
            let candidateValue = value(share)
            if candidateValue > best.value {
                best = (share, candidateValue)
                step = candidate
            }
        }
        let ratio = 0.618_033_988_749_894_9
        var low = cap * Double(max(step - 1, 0)) / Double(steps)
        var high = cap * Double(min(step + 1, steps)) / Double(steps)
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftValue, rightValue) = (value(left), value(right))
        for _ in 0..<refinements {
            if leftValue > rightValue {
                (high, right, rightValue) = (right, left, leftValue)
                left = high - ratio * (high - low)
                leftValue = value(left)
            } else {
                (low, left, leftValue) = (left, right, rightValue)
                right = low + ratio * (high - low)
                rightValue = value(right)
            }
        }
        let middle = (low + high) / 2
        let middleValue = value(middle)
        return middleValue > best.value ? (middle, middleValue) : best
    }
}
