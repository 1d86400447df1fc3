// SPDX-License-Identifier: Apache-2.0

/// Inductive Venn-Abers prediction: for every score an interval of probabilities, one of whose ends
/// is calibrated whatever the distribution of the rows.
///
/// The lower end is the value that isotonic regression of the calibration rows gives the new score
/// when it is added to them as a negative row, the upper end when it is added as a positive one.
/// Few calibration rows near a score make its interval wide.
///
/// Source: Vovk, Petej and Fedorova, Large-scale probabilistic predictors with and without
/// guarantees of validity, NeurIPS 2015, arXiv:1511.00213.
public struct VennAbersPredictor: Hashable, Sendable {
    /// The distinct scores of the calibration rows, ascending.
    public let scores: [Double]

    /// The weight of the calibration rows at each score.
    public let weights: [Double]

    /// The weight of the positive ones among them.
    public let positiveWeights: [Double]

    /// The lower ends below, at and above each score: `2 * scores + 1` values.
    private let lower: [Double]

    /// The upper ends in the same places.
    private let upper: [Double]

    /// The predictor of calibration rows.
    ///
    /// - Parameters:
    ///   - scores: finite, in any unit; rows that the model was not fitted to.
    ///   - labels: whether each row is positive.
    ///   - weights: one per row; 2 means the row twice.
    /// - Throws: ``ModelError`` with code `empty`, `nonFinite`, `invalidLabels`,
    ///   `invalidWeights` or `oneClass`.
    /// - Complexity: O(n log n + n b), where `b` is the number of
    ///   levels of the isotonic regression.
    public init(
        scores: [Double], labels: [Bool], weights: [Double]? = nil
    ) throws(ModelError) {
        self.init(try CalibrationSample(scores: scores, labels: labels, weights: weights))
    }

    init(_ sample: CalibrationSample) {
        let order = sample.scores.indices.sorted { sample.scores[$0] < sample.scores[$1] }
        var scores: [Double] = []
        var weights: [Double] = []
        var positives: [Double] = []
        for index in order {
            if scores.last != sample.scores[index] {
                scores.append(sample.scores[index])
                weights.append(0)
                positives.append(0)
            }
            weights[weights.count - 1] += sample.weights[index]
            if sample.labels[index] { positives[positives.count - 1] += sample.weights[index] }
        }
        self.init(checkedScores: scores, weights: weights, positiveWeights: positives)
    }

    /// Groups that were checked: ascending scores, weights above 0, positive weights within them.
    init(checkedScores scores: [Double], weights: [Double], positiveWeights: [Double]) {
        let points = VennAbersPoints(weights: weights, positiveWeights: positiveWeights)
        self.scores = scores
        self.weights = weights
        self.positiveWeights = positiveWeights
        lower = points.levels(addingPositive: false)
        upper = points.levels(addingPositive: true)
    }

    /// The two probabilities of a positive row at `score`.
    ///
    /// - Complexity: O(log n).
    public func interval(at score: Double) -> ClosedRange<Double> {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        let slot = low < scores.count && scores[low] == score ? 2 * low + 1 : 2 * low
        return lower[slot]...max(lower[slot], upper[slot])
    }

    /// One probability per score, the one of the least regret in log loss:
    /// `upper / (1 - lower + upper)`.
    public func probabilities(_ scores: [Double]) -> [Double] {
        scores.map { score in
            let interval = interval(at: score)
            return interval.upperBound / (1 - interval.lowerBound + interval.upperBound)
        }
    }
}

/// Groups of calibration rows in the order of their scores, with the pools of isotonic regression
/// of every beginning and every end of them.
private struct VennAbersPoints {
    /// The sums of the weights before each group.
    private var weightsBefore: [Double] = [0]
    private var positivesBefore: [Double] = [0]
    /// For the first `i` groups, where their last pool begins.
    private var lastPoolStart: [Int] = [0]
    /// For the groups from `i` on, where their first pool ends.
    private var firstPoolEnd: [Int]

    init(weights: [Double], positiveWeights: [Double]) {
        for (weight, positive) in zip(weights, positiveWeights) {
            weightsBefore.append(weightsBefore[weightsBefore.count - 1] + weight)
            positivesBefore.append(positivesBefore[positivesBefore.count - 1] + positive)
        }
        let count = weights.count
        firstPoolEnd = [Int](repeating: count, count: count + 1)
        for end in 1..<count + 1 {
            var start = end - 1
            while start > 0, mean(lastPoolStart[start]..<start) >= mean(start..<end) {
                start = lastPoolStart[start]
            }
            lastPoolStart.append(start)
        }
        for start in stride(from: count - 1, through: 0, by: -1) {
            var end = start + 1
            while end < count, mean(end..<firstPoolEnd[end]) <= mean(start..<end) {
                end = firstPoolEnd[end]
            }
            firstPoolEnd[start] = end
        }
    }

    private func mean(_ groups: Range<Int>) -> Double { sums(groups).positive / sums(groups).all }

    /// The mean with one more row; rounding of the sums may not carry it out of 0...1.
    private func level(of groups: Range<Int>, adding value: Double) -> Double {
        let sums = sums(groups)
        return min(max((sums.positive + value) / (sums.all + 1), 0), 1)
    }

    private func sums(_ groups: Range<Int>) -> (positive: Double, all: Double) {
        (
            positivesBefore[groups.upperBound] - positivesBefore[groups.lowerBound],
            weightsBefore[groups.upperBound] - weightsBefore[groups.lowerBound]
        )
    }

    /// The level of one more row below, at and above each group.
    func levels(addingPositive isPositive: Bool) -> [Double] {
        let count = firstPoolEnd.count - 1
        let value = isPositive ? 1.0 : 0
        return (0...2 * count).map { slot in
            var start = slot / 2
            var end = (slot + 1) / 2
            var level = self.level(of: start..<end, adding: value)
            // The new row's pool swallows its neighbours until the levels ascend.
            while true {
                if start > 0, mean(lastPoolStart[start]..<start) >= level {
                    start = lastPoolStart[start]
                } else if end < count, mean(end..<firstPoolEnd[end]) <= level {
                    end = firstPoolEnd[end]
                } else {
                    return level
                }
                level = self.level(of: start..<end, adding: value)
            }
        }
    }
}
