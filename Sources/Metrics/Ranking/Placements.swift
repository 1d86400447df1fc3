// SPDX-License-Identifier: Apache-2.0

/// For every row the share of the other class that it is ranked rightly against, ties counting one
/// half; the placement values of DeLong's variance.
struct Placements {
    /// By the position of the row; 0 for rows of weight 0.
    let values: [Double]
    let positives: Double
    let negatives: Double
    let area: Double

    /// The arrays are valid and hold both classes.
    init(labels: [Bool], scores: [Double], weights: [Double]?) throws(MetricsError) {
        let ranked = try RankedOutcomes(labels: labels, scores: scores, weights: weights)
        try ranked.requireBothClasses()
        positives = ranked.positives
        negatives = ranked.negatives
        area = ranked.area
        let order = try RowOrder.descending(labels: labels, scores: scores)
        var values = [Double](repeating: 0, count: labels.count)
        var start = 0
        var positivesAbove = 0.0
        var negativesAbove = 0.0
        while start < order.count {
            var end = start
            var tiedPositives = 0.0
            var tiedNegatives = 0.0
            while end < order.count, scores[order[end]] == scores[order[start]] {
                let weight = weights?[order[end]] ?? 1
                if labels[order[end]] { tiedPositives += weight } else { tiedNegatives += weight }
                end += 1
            }
            let negativesBelow = negatives - negativesAbove - tiedNegatives
            for row in order[start..<end] where weights?[row] != 0 {
                values[row] =
                    labels[row]
                    ? (negativesBelow + tiedNegatives / 2) / negatives
                    : (positivesAbove + tiedPositives / 2) / positives
            }
            positivesAbove += tiedPositives
            negativesAbove += tiedNegatives
            start = end
        }
        self.values = values
    }

    /// The covariance of two areas of the same rows.
    static func covariance(
        _ first: Placements, _ second: Placements, labels: [Bool], weights: [Double]?
    ) -> Double {
        var ofPositives = CompensatedSum()
        var ofNegatives = CompensatedSum()
        for row in labels.indices {
            let product =
                (weights?[row] ?? 1) * (first.values[row] - first.area)
                * (second.values[row] - second.area)
            if labels[row] { ofPositives += product } else { ofNegatives += product }
        }
        let (m, n) = (first.positives, first.negatives)
        return ofPositives.value / (m - 1) / m + ofNegatives.value / (n - 1) / n
    }

    func requireVariance() throws(MetricsError) {
        guard positives > 1, negatives > 1 else {
            throw MetricsError(
                .tooFewRows,
                "\(positives) positives and \(negatives) negatives: a variance needs more than 1 of each"
            )
        }
    }
}
