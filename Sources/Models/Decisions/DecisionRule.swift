// SPDX-License-Identifier: Apache-2.0

public import Metrics

/// How the threshold on a probability is found.
public enum DecisionRule: Codable, Hashable, Sendable {
    /// A given threshold.
    case fixed(Double)
    /// The threshold of the smallest expected cost if the probabilities hold
    /// (`CostMatrix.bayesThreshold`); nothing is learnt from the rows.
    case bayes(CostMatrix)
    /// The threshold of the smallest cost on rows that the model has not seen; it makes up for
    /// probabilities that do not hold.
    case leastCost(CostMatrix)
    /// The threshold of the largest sensitivity plus specificity (Youden).
    case balancedAccuracy
    /// The threshold of the largest F measure; with a `beta` above 1 sensitivity counts more than
    /// precision.
    case fMeasure(beta: Double = 1)
    /// The lowest threshold that takes at most this share of the rows for positive, such as a
    /// decline rate.
    case positiveShare(Double)

    /// Checks the numbers.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        switch self {
        case .fixed(let threshold):
            guard (0...1).contains(threshold) else {
                throw ModelError(.invalidRecipe, "the threshold \(threshold), not within 0...1")
            }
        case .bayes, .leastCost, .balancedAccuracy: return
        case .fMeasure(let beta):
            guard beta > 0, beta.isFinite else {
                throw ModelError(.invalidRecipe, "an F measure with beta \(beta)")
            }
        case .positiveShare(let share):
            guard (0...1).contains(share) else {
                throw ModelError(.invalidRecipe, "a positive share of \(share)")
            }
        }
    }

    /// The best threshold for rows that are asked for only where the rule learns from rows.
    func threshold(
        _ rows: () throws(ModelError) -> (
            probabilities: [Double], labels: [Bool], weights: [Double]?
        )
    ) throws(ModelError) -> DecisionThreshold {
        try validate()
        switch self {
        case .fixed(let threshold): return DecisionThreshold(checked: threshold)
        case .bayes(let costs): return DecisionThreshold(checked: costs.bayesThreshold)
        default:
            let rows = try rows()
            return try threshold(
                probabilities: rows.probabilities, labels: rows.labels, weights: rows.weights)
        }
    }

    /// The best threshold for rows with known classes; rows at or above it are taken for positive.
    ///
    /// It lies half-way between two neighbouring probabilities. Of equally good thresholds the
    /// lowest is taken; the threshold above all rows is the first float above 1.
    ///
    /// - Parameters:
    ///   - probabilities: within 0...1, of rows that the model was not fitted to.
    ///   - labels: whether each row is positive; both classes must occur.
    ///   - weights: one per row.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `nonFinite`, `invalidValue`,
    ///   `invalidLabels`, `invalidWeights` or `oneClass`.
    /// - Complexity: O(n log n).
    public func threshold(
        probabilities: [Double], labels: [Bool], weights: [Double]? = nil
    ) throws(ModelError) -> DecisionThreshold {
        try validate()
        let sample = try CalibrationSample(
            probabilities: probabilities, labels: labels, weights: weights)
        switch self {
        case .fixed(let threshold): return DecisionThreshold(checked: threshold)
        case .bayes(let costs): return DecisionThreshold(checked: costs.bayesThreshold)
        default: return DecisionThreshold(checked: best(sample))
        }
    }

    private func best(_ sample: CalibrationSample) -> Double {
        let order = sample.scores.indices.sorted { sample.scores[$0] < sample.scores[$1] }
        let positives = sample.weight(of: true)
        let negatives = sample.weight(of: false)
        // Below the lowest threshold nothing is negative.
        var counts = Counts(
            truePositive: positives, falsePositive: negatives, trueNegative: 0, falseNegative: 0)
        var best = (threshold: 0.0, merit: merit(of: counts))
        for (position, row) in order.enumerated() {
            let weight = sample.weights[row]
            if sample.labels[row] {
                counts.truePositive -= weight
                counts.falseNegative += weight
            } else {
                counts.falsePositive -= weight
                counts.trueNegative += weight
            }
            let score = sample.scores[row]
            let next = position + 1 < order.count ? sample.scores[order[position + 1]] : nil
            if next == score { continue }
            let merit = merit(of: counts)
            guard merit > best.merit else { continue }
            let middle = next.map { score + ($0 - score) / 2 } ?? 1.0.nextUp
            best = (middle > score ? middle : next ?? 1.0.nextUp, merit)
        }
        return best.threshold
    }

    private struct Counts {
        var truePositive, falsePositive, trueNegative, falseNegative: Double
    }

    /// What the best threshold makes largest.
    private func merit(of counts: Counts) -> Double {
        let positive = max(counts.truePositive, 0) + counts.falseNegative
        let negative = max(counts.falsePositive, 0) + counts.trueNegative
        switch self {
        case .fixed, .bayes: return 0
        case .leastCost(let costs):
            return
                -(costs.truePositive * counts.truePositive
                + costs.falsePositive * counts.falsePositive
                + costs.trueNegative * counts.trueNegative
                + costs.falseNegative * counts.falseNegative)
        case .balancedAccuracy:
            return counts.truePositive / positive + counts.trueNegative / negative
        case .fMeasure(let beta):
            let square = beta * beta
            return (1 + square) * counts.truePositive
                / ((1 + square) * counts.truePositive + square * counts.falseNegative
                    + counts.falsePositive)
        case .positiveShare(let share):
            let taken = counts.truePositive + counts.falsePositive
            let all = positive + negative
            // Rounding of the sums must not refuse a share that is met exactly.
            return taken <= share * all * (1 + 1e-12) ? taken - all : -2 * all
        }
    }
}
