// SPDX-License-Identifier: Apache-2.0

extension FairnessAssessment {
    /// A gap between groups with its values in draws of the rows, each
    /// group drawn in its own number.
    ///
    /// ```swift
    /// let gap = try FairnessAssessment.bootstrap(
    ///     Bootstrap(seed: 3), labels: defaulted, scores: risk, threshold: 0.2, groups: sex
    /// ) { $0.demographicParityRatio }
    /// ```
    /// - Parameters:
    ///   - bootstrap: The plan of draws; its strata are the groups, or with
    ///     ``Bootstrap/isStratified`` the outcomes within the groups.
    ///   - labels: Whether each row is positive.
    ///   - scores: The finite score of each row.
    ///   - threshold: The score from which a row is predicted positive.
    ///   - groups: The group of each row.
    ///   - favourable: Which prediction is good for the person.
    ///   - weights: The weight of each row, which it keeps in every draw.
    ///   - gap: The number of interest.
    /// - Throws: ``MetricsError`` as the assessment, and of code `oneClass` when the number is nil
    ///   for the rows or for a draw.
    /// - Complexity: `replicates` + 1 assessments.
    public static func bootstrap(
        _ bootstrap: Bootstrap, labels: [Bool], scores: [Double], threshold: Double,
        groups: [String], favourable: FavourablePrediction = .negative, weights: [Double]? = nil,
        gap: (FairnessAssessment) -> Double?
    ) throws(MetricsError) -> BootstrapEstimate {
        func value(_ rows: [Int]) throws(MetricsError) -> Double {
            let assessment = try FairnessAssessment(
                labels: rows.map { labels[$0] }, scores: rows.map { scores[$0] },
                threshold: threshold, groups: rows.map { groups[$0] }, favourable: favourable,
                weights: weights.map { weights in rows.map { weights[$0] } })
            guard let value = gap(assessment) else {
                throw MetricsError(.oneClass, "the gap is not defined for these rows")
            }
            return value
        }
        try Validation.counts(labels: labels.count, "scores", scores.count, weights: weights)
        let split = try GroupSplit(groups, rowCount: labels.count, weights: weights)
        let all = try value(Array(labels.indices))
        var values: [Double] = []
        for replicate in 0..<bootstrap.replicates {
            var rows: [Int] = []
            for (index, group) in split.groups.enumerated() {
                let stream = UInt64(replicate * split.groups.count + index)
                let drawn = bootstrap.rows(group.rows.map { labels[$0] }, stream: stream)
                rows += drawn.map { group.rows[$0] }
            }
            values.append(try value(rows))
        }
        return BootstrapEstimate(value: all, replicates: values)
    }
}
