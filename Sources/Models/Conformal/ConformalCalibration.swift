// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// The scores of calibration rows under their true classes.
struct ConformalCalibration: Equatable, Sendable {
    /// Rows that a class is compared with.
    struct Group: Equatable, Sendable {
        /// Distinct scores, ascending.
        var scores: [Double]
        /// The weight of the rows at each score.
        var weights: [Double]
        /// The weight of the rows from each score on.
        var weightsFrom: [Double]

        init(scores: [Double], weights: [Double]) {
            self.scores = scores
            self.weights = weights
            weightsFrom = weights
            for index in weights.indices.dropLast().reversed() {
                weightsFrom[index] += weightsFrom[index + 1]
            }
        }
    }

    /// One group for all classes, or one for each.
    let groups: [Group]

    init(groups: [Group]) { self.groups = groups }

    init(
        _ probabilities: Matrix<Double>, codes: [Int], weights: [Double], score: ConformalScore,
        isClassConditional: Bool
    ) {
        let values = score.values(probabilities)
        let count = isClassConditional ? probabilities.columnCount : 1
        groups = (0..<count).map { group in
            let rows = codes.indices.filter { !isClassConditional || codes[$0] == group }
                .sorted { values[$0, codes[$0]] < values[$1, codes[$1]] }
            var scores: [Double] = []
            var sums: [Double] = []
            for row in rows {
                let value = values[row, codes[row]]
                if scores.last != value {
                    scores.append(value)
                    sums.append(0)
                }
                sums[sums.count - 1] += weights[row]
            }
            return Group(scores: scores, weights: sums)
        }
    }

    /// `(1 + weight of rows with at least this score) / (1 + weight of all rows)`.
    func pValue(_ score: Double, of code: Int) -> Double {
        let group = groups[groups.count > 1 ? code : 0]
        var low = 0
        var high = group.scores.count
        while low < high {
            let middle = (low + high) / 2
            if group.scores[middle] < score { low = middle + 1 } else { high = middle }
        }
        let above = low < group.scores.count ? group.weightsFrom[low] : 0
        return (1 + above) / (1 + (group.weightsFrom.first ?? 0))
    }
}
