// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The exact distribution of a log-odds contribution that is a whole number of hundredths.
struct LogOddsDistribution {
    /// The lowest contribution, in hundredths.
    let lowest: Int
    /// The probability of `lowest + index`; sums to 1.
    let probabilities: [Double]

    /// The distribution of several contributions with their weights; equal ones are added up.
    init(_ outcomes: [(hundredths: Int, weight: Double)]) {
        let all = outcomes.map(\.hundredths)
        lowest = all.min() ?? 0
        var sums = [Double](repeating: 0, count: (all.max() ?? 0) - lowest + 1)
        var total = 0.0
        for outcome in outcomes {
            sums[outcome.hundredths - lowest] += outcome.weight
            total += outcome.weight
        }
        probabilities = sums.map { $0 / total }
    }

    private init(lowest: Int, probabilities: [Double]) {
        self.lowest = lowest
        self.probabilities = probabilities
    }

    /// Nothing is contributed.
    static let zero = LogOddsDistribution(lowest: 0, probabilities: [1])

    /// The distribution of the sum of two independent contributions.
    func convolved(with other: LogOddsDistribution) -> LogOddsDistribution {
        var sums = [Double](
            repeating: 0, count: probabilities.count + other.probabilities.count - 1)
        for index in probabilities.indices where probabilities[index] > 0 {
            for shift in other.probabilities.indices {
                sums[index + shift] += probabilities[index] * other.probabilities[shift]
            }
        }
        return LogOddsDistribution(lowest: lowest + other.lowest, probabilities: sums)
    }

    /// The distribution that is each of `cases` with its weight.
    static func mixture(
        _ cases: [(weight: Double, distribution: LogOddsDistribution)]
    ) -> LogOddsDistribution {
        LogOddsDistribution(
            cases.flatMap { weight, distribution in
                distribution.probabilities.enumerated().map {
                    (distribution.lowest + $0.offset, weight * $0.element)
                }
            })
    }
}

/// Values with whole-number weights, drawn and enumerated alike.
struct WeightedChoice<Value: Sendable>: Sendable {
    let outcomes: [(value: Value, weight: Int)]
    private let totalWeight: Int

    init(_ outcomes: [(value: Value, weight: Int)]) {
        self.outcomes = outcomes
        totalWeight = outcomes.reduce(0) { $0 + $1.weight }
    }

    /// Every value alike.
    init(uniform values: [Value]) { self.init(values.map { ($0, 1) }) }

    /// The value at which the running sum of the weights passes a uniform whole number.
    func draw(_ random: inout RandomStream) -> Value {
        var rest = random.integer(below: totalWeight)
        for outcome in outcomes.dropLast() {
            if rest < outcome.weight { return outcome.value }
            rest -= outcome.weight
        }
        return outcomes[outcomes.count - 1].value
    }

    /// The distribution of what the values contribute.
    func distribution(_ hundredths: (Value) -> Int) -> LogOddsDistribution {
        LogOddsDistribution(outcomes.map { (hundredths($0.value), Double($0.weight)) })
    }

    /// The mixture of the distributions that follow each value.
    func mixture(_ distribution: (Value) -> LogOddsDistribution) -> LogOddsDistribution {
        .mixture(outcomes.map { (Double($0.weight), distribution($0.value)) })
    }
}
