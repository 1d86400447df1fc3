// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Checked scores with classes and weights above 0.
struct CalibrationSample {
    let scores: [Double]
    let labels: [Bool]
    let weights: [Double]

    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels`,
    ///   `invalidWeights` or `oneClass`.
    init(
        scores: [Double], labels: [Bool], weights: [Double]?
    ) throws(ModelError) {
        guard !scores.isEmpty else { throw ModelError(.empty, "there are no scores") }
        guard labels.count == scores.count else {
            throw ModelError(.invalidLabels, "\(labels.count) labels for \(scores.count) scores")
        }
        try ClassificationData.check(weights, rows: scores.count)
        if let row = scores.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "row \(row) has the score \(scores[row])")
        }
        let weights = weights ?? [Double](repeating: 1, count: scores.count)
        let rows = scores.indices.filter { weights[$0] > 0 }
        self.scores = rows.map { scores[$0] }
        self.labels = rows.map { labels[$0] }
        self.weights = rows.map { weights[$0] }
        guard weights.reduce(0, +).isFinite else {
            throw ModelError(.invalidWeights, "the weights of \(rows.count) rows overflow")
        }
        if let first = self.labels.first, !self.labels.contains(!first) {
            throw ModelError(.oneClass, "all \(rows.count) scores are of the class \(first)")
        }
    }

    /// As ``init(scores:labels:weights:)``, with scores within 0...1.
    init(
        probabilities: [Double], labels: [Bool], weights: [Double]?
    ) throws(ModelError) {
        try self.init(scores: probabilities, labels: labels, weights: weights)
        if let row = probabilities.firstIndex(where: { !(0...1).contains($0) }) {
            throw ModelError(
                .invalidValue, "row \(row) has the probability \(probabilities[row])")
        }
    }

    /// The same rows with `log(p / (1 - p))` in the place of their probabilities `p`.
    var onLogOdds: CalibrationSample {
        CalibrationSample(checked: logOdds(scores), labels, weights)
    }

    private init(checked scores: [Double], _ labels: [Bool], _ weights: [Double]) {
        self.scores = scores
        self.labels = labels
        self.weights = weights
    }

    /// The sum of the weights of one class.
    func weight(of label: Bool) -> Double {
        zip(labels, weights).reduce(0) { $0 + ($1.0 == label ? $1.1 : 0) }
    }
}

/// `log p` and `log(1 - p)`, with `p` kept half an ulp of 1 away from 0
/// and 1 so that both are finite.
func logarithms(_ probabilities: [Double]) -> (of: Vector<Double>, ofRest: Vector<Double>) {
    let limit = Double.ulpOfOne / 2
    let p = probabilities.map { min(max($0, limit), 1 - limit) }
    return (Vector(p).log(), Vector(p.map { 1 - $0 }).log())
}

/// `log(p / (1 - p))`, within about -37...37.
func logOdds(_ probabilities: [Double]) -> [Double] {
    let (log, rest) = logarithms(probabilities)
    return (log - rest).elements
}

/// `1 / (1 + exp(-x))`.
func logistic(_ logOdds: [Double]) -> [Double] { Vector(logOdds).sigmoid().elements }
