// SPDX-License-Identifier: Apache-2.0

public import Metrics

/// How the threshold on a probability is found, as a part of a recipe.
///
/// A rule sets the threshold that a model decides new rows by: it may be given or follow from costs
/// alone, and one that is learnt lies between two rows. `ThresholdChoice` of Metrics measures instead:
/// it says which score of the rows at hand was the best one, with what it did to them.
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
        default: return DecisionThreshold(checked: try best(sample))
        }
    }

    private func best(_ sample: CalibrationSample) throws(ModelError) -> Double {
        let points: [ThresholdCurve.Point]
        do {
            points = try ThresholdCurve(
                labels: sample.labels, scores: sample.scores, weights: sample.weights
            ).points
        } catch {
            throw ModelError(.invalidWeights, "no counts at the thresholds", underlying: error)
        }
        // From the lowest threshold, below which nothing is negative.
        var best = (threshold: 0.0, merit: merit(of: points[points.count - 1].matrix))
        for (above, below) in zip(points, points.dropFirst()).reversed() {
            let merit = merit(of: above.matrix)
            guard merit > best.merit, let score = below.threshold else { continue }
            let next = above.threshold ?? 1.0.nextUp
            let middle = above.threshold.map { score + ($0 - score) / 2 } ?? next
            best = (middle > score ? middle : next, merit)
        }
        return best.threshold
    }

    /// What the best threshold makes largest.
    private func merit(of matrix: ConfusionMatrix) -> Double {
        switch self {
        case .fixed, .bayes: 0
        case .leastCost(let costs): -costs.total(of: matrix)
        case .balancedAccuracy: matrix.balancedAccuracy ?? 0
        case .fMeasure(let beta): (try? matrix.fMeasure(beta: beta)) ?? 0
        case .positiveShare(let share):
            // Rounding of the sums must not refuse a share that is met exactly.
            matrix.predictedPositiveRate <= share * (1 + 1e-12) ? matrix.predictedPositiveRate : -1
        }
    }
}
