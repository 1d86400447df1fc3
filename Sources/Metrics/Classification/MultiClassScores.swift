// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// Measures of probabilities of several classes.
///
/// Labels are class indices; probabilities have one row per row and one column per class, and each
/// row sums to 1 within 1e-6.
public enum MultiClassScores {
    /// The mean of `-log` of the probability of what happened, in nats.
    ///
    /// - Parameters:
    ///   - labels: The class index of each row.
    ///   - probabilities: The probabilities (rows x classes).
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    ///   - clipping: The probability of what happened is raised to this; at least 0, below 0.5.
    /// - Throws: ``MetricsError`` for invalid arrays and probabilities.
    /// - Complexity: O(rows x classes).
    public static func logLoss(
        labels: [Int], probabilities: [[Double]], weights: [Double]? = nil,
        clipping: Double = .ulpOfOne
    ) throws(MetricsError) -> Double {
        guard clipping >= 0, clipping < 0.5 else {
            throw MetricsError(.invalidParameter, "clipping \(clipping) is not in 0..<0.5")
        }
        return try mean(labels, probabilities, weights) { label, row in
            -Double.log(min(max(row[label], clipping), 1 - clipping))
        }
    }

    /// The mean squared distance of the probabilities from the outcome, summed over the classes, in
    /// `0...2`.
    ///
    /// For two classes it is twice ``brierScore(labels:probabilities:weights:)``.
    /// - Parameters:
    ///   - labels: The class index of each row.
    ///   - probabilities: The probabilities (rows x classes).
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays and probabilities.
    /// - Complexity: O(rows x classes).
    public static func brierScore(
        labels: [Int], probabilities: [[Double]], weights: [Double]? = nil
    ) throws(MetricsError) -> Double {
        try mean(labels, probabilities, weights) { label, row in
            row.indices.reduce(0) { sum, index in
                let miss = row[index] - (index == label ? 1 : 0)
                return sum + miss * miss
            }
        }
    }

    /// How areas under several ROC curves become one.
    public enum AUCKind: String, Hashable, Codable, Sendable {
        /// The mean over classes of the area of one class against the rest.
        case oneAgainstRest
        /// The same mean, weighted by how frequent the classes are.
        case oneAgainstRestWeighted
        /// The mean over pairs of classes of the area between the two, each way: Hand and Till's
        /// measure, which no class frequency moves.
        case pairs
    }

    /// The area under the ROC curve for several classes, in `0...1`.
    ///
    /// D. J. Hand, R. J. Till, Machine Learning 45 (2001), https://doi.org/10.1023/A:1010920819831.
    /// - Parameters:
    ///   - labels: The class index of each row.
    ///   - probabilities: The probabilities (rows x classes).
    ///   - kind: How the areas are combined.
    ///   - weights: The weight of each row, 0 or in 1e-100...1e100; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays, and of code `oneClass` for a class without
    ///   rows.
    /// - Complexity: O(classes^2 n log n) for pairs, else O(classes n log n).
    public static func rocAUC(
        labels: [Int], probabilities: [[Double]], kind: AUCKind, weights: [Double]? = nil
    ) throws(MetricsError) -> Double {
        let classCount = try validate(labels, probabilities, weights)
        for index in 0..<classCount {
            guard labels.indices.contains(where: { labels[$0] == index && weights?[$0] != 0 })
            else {
                throw MetricsError(.oneClass, "class \(index) has no rows")
            }
        }
        var sum = CompensatedSum()
        var total = 0.0
        for first in 0..<classCount {
            if kind != .pairs {
                let weight =
                    kind == .oneAgainstRest
                    ? 1
                    : labels.indices.reduce(0) {
                        $0 + (labels[$1] == first ? weights?[$1] ?? 1 : 0)
                    }
                sum +=
                    weight
                    * (try area(of: first, against: nil, labels, probabilities, weights))
                total += weight
                continue
            }
            for second in 0..<classCount where second != first {
                sum += try area(of: first, against: second, labels, probabilities, weights)
                total += 1
            }
        }
        return sum.value / total
    }

    private static func area(
        of first: Int, against second: Int?, _ labels: [Int], _ probabilities: [[Double]],
        _ weights: [Double]?
    ) throws(MetricsError) -> Double {
        let rows = labels.indices.filter {
            labels[$0] == first || second == nil || labels[$0] == second
        }
        return try Metrics.rocAUC(
            labels: rows.map { labels[$0] == first },
            scores: rows.map { probabilities[$0][first] },
            weights: weights.map { weights in rows.map { weights[$0] } })
    }

    private static func mean(
        _ labels: [Int], _ probabilities: [[Double]], _ weights: [Double]?,
        loss: (Int, [Double]) -> Double
    ) throws(MetricsError) -> Double {
        _ = try validate(labels, probabilities, weights)
        var sum = CompensatedSum()
        var total = CompensatedSum()
        for row in labels.indices {
            let weight = weights?[row] ?? 1
            if weight == 0 { continue }
            sum += weight * loss(labels[row], probabilities[row])
            total += weight
        }
        return sum.value / total.value
    }

    /// The number of classes.
    private static func validate(
        _ labels: [Int], _ probabilities: [[Double]], _ weights: [Double]?
    ) throws(MetricsError) -> Int {
        try Validation.counts(
            labels: labels.count, "rows of probabilities", probabilities.count, weights: weights)
        try Validation.weights(weights)
        let classCount = probabilities[0].count
        guard classCount >= 2 else {
            throw MetricsError(.invalidParameter, "\(classCount) classes: at least 2 are needed")
        }
        for (row, values) in probabilities.enumerated() {
            guard values.count == classCount else {
                throw MetricsError(
                    .countMismatch,
                    "row \(row) has \(values.count) probabilities, row 0 has \(classCount)",
                    position: row)
            }
            guard (0..<classCount).contains(labels[row]) else {
                throw MetricsError(
                    .unknownName,
                    "label \(labels[row]) at position \(row) is no class below \(classCount)",
                    position: row)
            }
            if let bad = values.first(where: { !($0 >= 0 && $0 <= 1) }) {
                throw MetricsError(
                    .invalidProbability, "probability \(bad) in row \(row) is not in 0...1",
                    position: row)
            }
            let sum = values.reduce(0, +)
            guard abs(sum - 1) <= 1e-6 else {
                throw MetricsError(
                    .invalidProbability, "the probabilities of row \(row) sum to \(sum), not to 1",
                    position: row)
            }
        }
        return classCount
    }
}
