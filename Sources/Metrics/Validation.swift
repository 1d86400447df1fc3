// SPDX-License-Identifier: Apache-2.0

/// The checks that every measure makes before it computes anything.
enum Validation {
    static func counts(
        labels: Int, _ name: String, _ count: Int, weights: [Double]?
    ) throws(MetricsError) {
        guard labels == count else {
            throw MetricsError(.countMismatch, "\(labels) labels but \(count) \(name)")
        }
        if let weights, weights.count != labels {
            throw MetricsError(.countMismatch, "\(labels) labels but \(weights.count) weights")
        }
        guard labels > 0 else { throw MetricsError(.emptyInput, "there are no rows") }
    }

    static func scores(
        _ scores: some Collection<Double>, _ name: String = "score"
    ) throws(MetricsError) {
        for (position, score) in scores.enumerated() where !score.isFinite {
            throw MetricsError(
                .invalidScore, "\(name) \(score) at position \(position) is not finite",
                position: position)
        }
    }

    static func probabilities(_ probabilities: [Double]) throws(MetricsError) {
        for (position, value) in probabilities.enumerated() where !(value >= 0 && value <= 1) {
            throw MetricsError(
                .invalidProbability,
                "probability \(value) at position \(position) is not in 0...1",
                position: position)
        }
    }

    static func weights(_ weights: [Double]?) throws(MetricsError) {
        guard let weights else { return }
        // The bounds keep sums and products of weights within the range of doubles.
        for (position, weight) in weights.enumerated()
        where weight != 0 && !(weight >= 1e-100 && weight <= 1e100) {
            throw MetricsError(
                .invalidWeight,
                "weight \(weight) at position \(position) is neither 0 nor in 1e-100...1e100",
                position: position)
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw MetricsError(.invalidWeight, "all \(weights.count) weights are 0")
        }
    }

    static func level(_ level: Double) throws(MetricsError) {
        guard level > 0, level < 1 else {
            throw MetricsError(.invalidParameter, "level \(level) is not between 0 and 1")
        }
    }

    static func sameCount(
        _ firstName: String, _ first: Int, _ secondName: String, _ second: Int
    ) throws(MetricsError) {
        guard first == second else {
            throw MetricsError(
                .countMismatch, "\(first) \(firstName) but \(second) \(secondName)")
        }
    }

    /// A sample of finite values with weights, at least one of them.
    static func sample(
        _ values: [Double], _ name: String, _ weights: [Double]?
    ) throws(MetricsError) {
        if let weights { try sameCount(name, values.count, "weights", weights.count) }
        guard !values.isEmpty else { throw MetricsError(.emptyInput, "there are no \(name)") }
        try scores(values, name)
        try self.weights(weights)
    }
}
