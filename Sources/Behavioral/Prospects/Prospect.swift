// SPDX-License-Identifier: Apache-2.0

/// A gamble with finitely many outcomes: lotteries, observed returns, loans.
///
/// ```swift
/// let gamble = try Prospect(outcomes: [-3000, 4500], probabilities: [0.5, 0.5])
/// CumulativeProspectTheory.tverskyKahneman1992.value(of: gamble)     // -482.6
/// ```
public struct Prospect: Hashable, Codable, Sendable {
    /// The distinct outcomes of positive probability, rising.
    public let outcomes: [Double]

    /// The probability of each outcome, positive; they sum to one.
    public let probabilities: [Double]

    /// How far from one the probabilities may sum.
    static let tolerance = 1e-9

    /// Makes a prospect from outcomes in any order.
    ///
    /// Equal outcomes are joined, and those without probability left out.
    /// - Throws: ``BehavioralError`` for different counts, for no outcome, for an outcome that is
    ///   not finite, for a probability outside `0...1`, each with its position, and for
    ///   probabilities whose sum is further than 1e-9 from one.
    /// - Complexity: O(n log n) for n outcomes.
    public init(outcomes: [Double], probabilities: [Double]) throws(BehavioralError) {
        try Validation.count("outcomes", outcomes.count, "probabilities", probabilities.count)
        for (index, outcome) in outcomes.enumerated() where !outcome.isFinite {
            throw BehavioralError(
                .invalidOutcome, "outcome \(outcome) at \(index) is not finite")
        }
        for (index, probability) in probabilities.enumerated() {
            try Validation.probability("probability at \(index),", probability)
        }
        try self.init(outcomes: outcomes, weights: probabilities, total: 1)
    }

    /// The observed outcomes of a sample, each as likely as the others.
    ///
    /// - Parameters:
    ///   - sample: The outcomes, such as returns of past loans, in any order.
    ///   - weights: How often each counts, at least 0 and not all 0; once each if nil.
    /// - Throws: ``BehavioralError`` for no outcome, different counts, an outcome that is not
    ///   finite, and a weight that is negative or not finite, each with its position.
    /// - Complexity: O(n log n) for n outcomes.
    public init(
        sample: [Double], weights: [Double]? = nil
    ) throws(BehavioralError) {
        let weights = weights ?? Array(repeating: 1, count: sample.count)
        try Validation.count("outcomes", sample.count, "weights", weights.count)
        for (index, outcome) in sample.enumerated() where !outcome.isFinite {
            throw BehavioralError(
                .invalidOutcome, "outcome \(outcome) at \(index) is not finite")
        }
        for (index, weight) in weights.enumerated() {
            try Validation.notNegative("weight at \(index),", weight)
        }
        try self.init(outcomes: sample, weights: weights, total: nil)
    }

    /// An outcome for sure.
    ///
    /// - Throws: ``BehavioralError`` for an outcome that is not finite.
    public init(certain outcome: Double) throws(BehavioralError) {
        try self.init(outcomes: [outcome], probabilities: [1])
    }

    private init(
        outcomes: [Double], weights: [Double], total expectedTotal: Double?
    ) throws(BehavioralError) {
        let order = outcomes.indices.filter { weights[$0] > 0 }
            .sorted { (outcomes[$0], $0) < (outcomes[$1], $1) }
        guard !order.isEmpty else {
            throw BehavioralError(.empty, "no outcome has a positive probability or weight")
        }
        var total = CompensatedSum()
        for index in order { total.add(weights[index]) }
        if let expectedTotal, !(abs(total.value - expectedTotal) <= Self.tolerance) {
            throw BehavioralError(
                .invalidProbabilitySum, "probabilities sum to \(total.value) instead of 1")
        }
        guard total.value.isFinite else {
            throw BehavioralError(.invalidParameter, "the sum of the weights is not finite")
        }
        let scale = expectedTotal ?? total.value
        var joined: [Double] = []
        var sums: [CompensatedSum] = []
        for index in order {
            // -0 and 0 are one outcome.
            let outcome = outcomes[index] + 0
            if joined.last != outcome {
                joined.append(outcome)
                sums.append(CompensatedSum())
            }
            sums[sums.count - 1].add(weights[index])
        }
        self.outcomes = joined
        probabilities = sums.map { $0.value / scale }
    }

    private enum CodingKeys: String, CodingKey {
        case outcomes, probabilities
    }

    /// Reads a prospect and checks it.
    ///
    /// - Throws: `DecodingError` for values that the initialiser refuses.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let outcomes = try container.decode([Double].self, forKey: .outcomes)
        let probabilities = try container.decode([Double].self, forKey: .probabilities)
        self = try Validation.decoding(decoder) { () throws(BehavioralError) in
            try Prospect(outcomes: outcomes, probabilities: probabilities)
        }
    }
}

/// A sum with the rounding error of each addition carried along (Neumaier).
struct CompensatedSum {
    private var sum = 0.0
    private var error = 0.0

    var value: Double { sum + error }

    mutating func add(_ term: Double) {
        let next = sum + term
        error += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }
}
