// SPDX-License-Identifier: Apache-2.0

extension Prospect {
    /// The expected value.
    public var mean: Double {
        var sum = CompensatedSum()
        for (outcome, probability) in zip(outcomes, probabilities) {
            sum.add(outcome * probability)
        }
        return sum.value
    }

    /// The variance, at least 0.
    public var variance: Double {
        let mean = mean
        var sum = CompensatedSum()
        for (outcome, probability) in zip(outcomes, probabilities) {
            sum.add((outcome - mean) * (outcome - mean) * probability)
        }
        return sum.value
    }

    /// The probability of an outcome up to `x`.
    ///
    /// - Complexity: O(n).
    public func cumulative(_ x: Double) -> Double {
        var sum = CompensatedSum()
        for (outcome, probability) in zip(outcomes, probabilities) where outcome <= x {
            sum.add(probability)
        }
        return outcomes[outcomes.count - 1] <= x ? 1 : min(sum.value, 1)
    }

    /// The smallest outcome whose cumulative probability is at least `probability`.
    ///
    /// - Throws: ``BehavioralError`` for a probability outside `0...1`.
    /// - Complexity: O(n).
    public func quantile(_ probability: Double) throws(BehavioralError) -> Double {
        try Validation.probability("probability", probability)
        var sum = CompensatedSum()
        for (outcome, weight) in zip(outcomes, probabilities) {
            sum.add(weight)
            if sum.value >= probability { return outcome }
        }
        return outcomes[outcomes.count - 1]
    }

    /// The prospect `scale X + shift`: a share of it, with something sure beside it.
    ///
    /// - Throws: ``BehavioralError`` for a number, or an outcome, that is not finite.
    public func scaled(by scale: Double, adding shift: Double = 0) throws(BehavioralError)
        -> Prospect
    {
        try Validation.finite("scale", scale)
        try Validation.finite("shift", shift)
        return try Prospect(
            outcomes: outcomes.map { scale * $0 + shift }, probabilities: probabilities)
    }
}
