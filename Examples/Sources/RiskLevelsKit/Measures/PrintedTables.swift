// SPDX-License-Identifier: Apache-2.0

/// What the paper prints in its Tables 1 to 4.
enum PrintedTables {
    /// A row of Tables 2 to 4.
    struct Row {
        var mean: Double
        var standardDeviation: Double
        var standardError: Double

        init(_ mean: Double, _ standardDeviation: Double, _ standardError: Double) {
            self.mean = mean
            self.standardDeviation = standardDeviation
            self.standardError = standardError
        }

        /// The number of values of which these can be deviation and standard error.
        var impliedCount: Double {
            (standardDeviation / standardError) * (standardDeviation / standardError)
        }
    }

    /// Table 1: alpha of each system's loans.
    static let alpha: [RiskSystem: Double] = [
        .logisticRegression: 0.8447, .naiveBayes: 0.7644, .instanceBased: 0.7224,
        .scorecard: 0.7382,
    ]

    /// Tables 2 to 4: a row for each group of indicators; the traditional system has none.
    static let errors: [RiskSystem: [Row]] = [
        .logisticRegression: [
            Row(-1.34, 8.347, 1.682), Row(-2.73, 7.324, 1.685), Row(0.32, 7.685, 1.679),
            Row(0.44, 6.924, 1.680),
        ],
        .naiveBayes: [
            Row(2.47, 9.642, 1.426), Row(1.36, 8.473, 1.424), Row(-0.32, 6.756, 1.429),
            Row(-0.92, 8.279, 1.431),
        ],
        .instanceBased: [
            Row(1.49, 11.624, 1.965), Row(1.42, 11.523, 1.923), Row(-1.33, 9.643, 1.275),
            Row(-1.28, 9.523, 1.243),
        ],
    ]

    /// The share of right predictions that the paper reports.
    static let accuracy = 0.85
}
