// SPDX-License-Identifier: Apache-2.0

extension CumulativeProspectTheory {
    /// The decision weight of each outcome, in the order of ``Prospect/outcomes``; at least 0.
    ///
    /// - Complexity: O(n).
    public func decisionWeights(of prospect: Prospect) -> [Double] {
        let (outcomes, probabilities) = (prospect.outcomes, prospect.probabilities)
        let lossCount = outcomes.firstIndex { $0 >= valueFunction.reference } ?? outcomes.count
        var weights = Array(repeating: 0.0, count: outcomes.count)
        accumulate(Array(0..<lossCount), probabilities, lossWeighting, into: &weights)
        accumulate(
            (lossCount..<outcomes.count).reversed(), probabilities, gainWeighting, into: &weights)
        return weights
    }

    private func accumulate(
        _ order: [Int], _ probabilities: [Double], _ weighting: WeightingFunction,
        into weights: inout [Double]
    ) {
        var sum = CompensatedSum()
        var last = 0.0
        for (position, index) in order.enumerated() {
            sum.add(probabilities[index])
            // All outcomes together are certain: weighting functions are steep at 1, where
            // a rounding error would count many times over.
            let isCertain = position == probabilities.count - 1
            let weight = isCertain ? 1 : weighting.weight(min(sum.value, 1))
            weights[index] = weight - last
            last = weight
        }
    }

    /// V, the value of a prospect.
    ///
    /// - Throws: ``BehavioralError`` for an outcome that a quadratic does not reach.
    /// - Complexity: O(n).
    public func value(of prospect: Prospect) throws(BehavioralError) -> Double {
        for outcome in prospect.outcomes { try valueFunction.check(outcome) }
        var sum = CompensatedSum()
        for (outcome, weight) in zip(prospect.outcomes, decisionWeights(of: prospect)) {
            sum.add(weight * valueFunction.value(outcome))
        }
        return sum.value
    }

    /// The sure outcome that is worth as much as the prospect, `v^-1(V)`.
    ///
    /// - Throws: ``BehavioralError`` for an outcome that a quadratic does not reach, and when no
    ///   outcome has the value: with loss aversion V may lie below the losses' bound.
    /// - Complexity: O(n).
    public func certaintyEquivalent(of prospect: Prospect) throws(BehavioralError) -> Double {
        try valueFunction.inverse(value(of: prospect))
    }

    /// The expected value less the certainty equivalent: what one gives up to be rid of the risk.
    ///
    /// Negative for those who seek it.
    /// - Throws: As ``certaintyEquivalent(of:)-(Prospect)``.
    /// - Complexity: O(n).
    public func riskPremium(of prospect: Prospect) throws(BehavioralError) -> Double {
        try prospect.mean - certaintyEquivalent(of: prospect)
    }
}
