// SPDX-License-Identifier: Apache-2.0

/// Cronbach's alpha: how far items of a scale measure one thing.
///
/// `alpha = k / (k - 1) * (1 - sum of item variances / variance of the items' sum)` for k items; at
/// most 1, and negative where items contradict each other. It grows with the number of items and
/// says nothing of whether a model predicts.
///
/// L. J. Cronbach, Psychometrika 16 (1951), https://doi.org/10.1007/BF02310555.
public struct CronbachAlpha: Hashable, Codable, Sendable {
    /// The coefficient of the items as they are.
    public let alpha: Double
    /// The coefficient of the standardised items, `k r / (1 + (k - 1) r)`
    /// with the mean correlation r.
    public let standardisedAlpha: Double
    /// For each item the coefficient of the others; empty for two items.
    public let alphaWithout: [Double]
    /// The number of items.
    public let itemCount: Int
    /// The number of rows with positive weight.
    public let rowCount: Int

    /// Computes the coefficient.
    ///
    /// - Parameters:
    ///   - items: At least two columns of equally many finite values, at least two.
    ///   - weights: The weight of each row as a number of repetitions; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid columns and weights, of code `tooFewRows`
    ///   unless there is more than one row, and of code `noSpread` when an item or the
    ///   sum of the items is constant.
    /// - Complexity: O(items^2 rows).
    public init(items: [[Double]], weights: [Double]? = nil) throws(MetricsError) {
        guard items.count >= 2 else {
            throw MetricsError(.tooFewRows, "\(items.count) items: at least 2 are needed")
        }
        for (index, item) in items.enumerated() {
            try Validation.sameCount(
                "values of item 0", items[0].count, "of item \(index)", item.count)
            try Validation.scores(item, "value")
        }
        try Validation.sample(items[0], "rows", weights)
        let rows = items[0].indices.filter { weights?[$0] != 0 }
        let total = SampleSummary.moments(items[0], weights).count
        guard total > 1, rows.count >= 2 else {
            throw MetricsError(.tooFewRows, "\(rows.count) rows: at least 2 are needed")
        }
        let k = items.count
        var covariances = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        let means = items.map { SampleSummary.moments($0, weights).mean }
        for first in 0..<k {
            for second in 0...first {
                var sum = CompensatedSum()
                for row in rows {
                    sum +=
                        (weights?[row] ?? 1) * (items[first][row] - means[first])
                        * (items[second][row] - means[second])
                }
                let covariance = sum.value / (total - 1)
                covariances[first][second] = covariance
                covariances[second][first] = covariance
            }
            guard covariances[first][first] > 0 else {
                throw MetricsError(.noSpread, "item \(first) is constant", position: first)
            }
        }
        itemCount = k
        rowCount = rows.count
        alpha = try Self.alpha(covariances, of: Array(0..<k))
        var correlations = CompensatedSum()
        for first in 0..<k {
            for second in 0..<first {
                correlations +=
                    covariances[first][second]
                    / (covariances[first][first] * covariances[second][second]).squareRoot()
            }
        }
        let r = correlations.value / Double(k * (k - 1) / 2)
        standardisedAlpha = Double(k) * r / (1 + Double(k - 1) * r)
        var without: [Double] = []
        if k > 2 {
            for item in 0..<k {
                without.append(try Self.alpha(covariances, of: (0..<k).filter { $0 != item }))
            }
        }
        alphaWithout = without
    }

    private static func alpha(
        _ covariances: [[Double]], of items: [Int]
    ) throws(MetricsError) -> Double {
        var own = 0.0
        var all = 0.0
        for first in items {
            own += covariances[first][first]
            for second in items { all += covariances[first][second] }
        }
        guard all > 1e-14 * own else {
            throw MetricsError(.noSpread, "the sum of items \(items) is constant")
        }
        let k = Double(items.count)
        return k / (k - 1) * (1 - own / all)
    }
}
