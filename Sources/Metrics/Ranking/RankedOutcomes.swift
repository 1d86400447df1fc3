// SPDX-License-Identifier: Apache-2.0

/// The rows grouped by equal score, from the highest score to the lowest.
struct RankedOutcomes {
    /// The rows of one score.
    struct Group {
        var score: Double
        var rowCount = 0
        var positives = 0.0
        var negatives = 0.0
    }

    private(set) var groups: [Group] = []
    private(set) var positives = 0.0
    private(set) var negatives = 0.0
    let isWeighted: Bool

    /// Checks the arrays and ranks the rows; rows of weight 0 are absent.
    init(labels: [Bool], scores: [Double], weights: [Double]?) throws(MetricsError) {
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        try Validation.scores(scores)
        try Validation.weights(weights)
        isWeighted = weights != nil
        var order = Array(labels.indices)
        if let weights {
            order.removeAll { weights[$0] == 0 }
            // Equal scores are ordered by weight, so that sums do not depend on the row order.
            order.sort { (scores[$0], weights[$0]) > (scores[$1], weights[$1]) }
        } else {
            order.sort { scores[$0] > scores[$1] }
        }
        for row in order {
            let weight = weights?[row] ?? 1
            if groups.last?.score != scores[row] {
                groups.append(Group(score: scores[row]))
            }
            let last = groups.count - 1
            groups[last].rowCount += 1
            if labels[row] {
                groups[last].positives += weight
            } else {
                groups[last].negatives += weight
            }
        }
        for group in groups {
            positives += group.positives
            negatives += group.negatives
        }
    }

    func requirePositives() throws(MetricsError) {
        guard positives > 0 else {
            throw MetricsError(.oneClass, "all rows are negative: there is no positive to find")
        }
    }

    func requireBothClasses() throws(MetricsError) {
        try requirePositives()
        guard negatives > 0 else {
            throw MetricsError(.oneClass, "all rows are positive: there is no negative to tell")
        }
    }
}
