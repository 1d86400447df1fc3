// SPDX-License-Identifier: Apache-2.0

/// The logistic function at hundredths of a log-odds, from the four basic operations only.
///
/// IEEE 754 rounds these the same way everywhere, and a library's `exp` does not; so the same book
/// comes out on every machine.
struct LatticeLogistic {
    private let lowest: Int
    /// The probability at `lowest + index` hundredths above the base log-odds.
    private let probabilities: [Double]

    /// exp(0.01).
    private static let step = 1.010050167084168057542

    /// The function whose mean over `total` is `rate`, found by bisection of the base odds.
    init(rate: Double, over total: LogOddsDistribution) {
        var power = 1.0
        for _ in 0..<abs(total.lowest) { power *= Self.step }
        if total.lowest < 0 { power = 1 / power }
        var powers = [power]
        for _ in 1..<max(total.probabilities.count, 2) {
            powers.append(powers[powers.count - 1] * Self.step)
        }
        func probabilities(baseOdds: Double) -> [Double] {
            powers.map { baseOdds * $0 / (1 + baseOdds * $0) }
        }
        var low = 1e-12
        var high = 1e12
        for _ in 0..<64 {
            let middle = (low * high).squareRoot()
            let mean = dot(total.probabilities, probabilities(baseOdds: middle), from: 0)
            if mean < rate { low = middle } else { high = middle }
        }
        lowest = total.lowest
        self.probabilities = probabilities(baseOdds: low)
    }

    /// The probability at the base log-odds plus `hundredths`.
    func probability(hundredths: Int) -> Double { probabilities[hundredths - lowest] }

    /// The mean probability when a contribution of `distribution` comes on top of `hundredths`.
    func meanProbability(hundredths: Int, plus distribution: LogOddsDistribution) -> Double {
        dot(
            distribution.probabilities, probabilities,
            from: hundredths + distribution.lowest - lowest)
    }
}

/// The sum of `weights[i] * values[start + i]`, in order.
private func dot(_ weights: [Double], _ values: [Double], from start: Int) -> Double {
    var sum = 0.0
    for index in weights.indices { sum += weights[index] * values[start + index] }
    return sum
}
