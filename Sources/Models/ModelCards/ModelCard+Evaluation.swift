// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

extension ModelCard {
    /// How well a model does on some rows.
    public struct Evaluation: Codable, Hashable, Sendable {
        /// A score by its name.
        public struct Score: Codable, Hashable, Sendable {
            /// The name, such as `ROC AUC`.
            public let name: String
            /// The value, of cross-validation the mean over folds.
            public let value: Double
            /// The standard deviation over folds; `nil` without folds.
            public let spread: Double?
        }

        /// The rows of one level of a column.
        public struct Group: Codable, Hashable, Sendable {
            /// The column.
            public let column: String
            /// The level, or `missing`.
            public let level: String
            /// The number of rows.
            public let rowCount: Int
            /// The share of rows of the positive class.
            public let positiveRate: Double
            /// The mean probability of the positive class.
            public let meanProbability: Double
            /// The area under the ROC curve; `nil` for rows of one class.
            public let rocAUC: Double?
        }

        /// The name of the rows.
        public let name: String
        /// The number of rows.
        public let rowCount: Int
        /// The share of rows of the positive class.
        public let positiveRate: Double
        /// The scores.
        public let scores: [Score]
        /// The groups, column by column.
        public let groups: [Group]
    }
}

extension ModelCard.Evaluation {
    private static var scoreNames: [(String, KeyPath<FoldScores, Double>)] {
        [
            ("ROC AUC", \.rocAUC), ("Gini", \.gini), ("Kolmogorov-Smirnov", \.kolmogorovSmirnov),
            ("Brier score", \.brierScore), ("Log loss", \.logLoss),
        ]
    }

    init(
        _ model: some TableModel, _ table: Table, name: String, groups: [String]
    ) throws(ModelError) {
        let labels = try table.classLabels(model.target, positive: model.positiveClass).isPositive
        let probabilities = try model.probabilities(in: table)
        let found = try FoldScores(labels: labels, probabilities: probabilities)
        self.name = name
        rowCount = labels.count
        positiveRate = Self.rate(labels)
        scores = Self.scoreNames.map {
            Score(name: $0.0, value: found[keyPath: $0.1], spread: nil)
        }
        var parts: [Group] = []
        for name in groups {
            let column = try featureStep { () throws(FeatureError) in try table[column: name] }
            var levels = column.distinctValues
            if column.missingCount > 0 { levels.append(.missing) }
            for level in levels {
                let rows = (0..<column.count).filter { column[$0] == level }
                guard !rows.isEmpty else { continue }
                let own = rows.map { labels[$0] }
                let risks = rows.map { probabilities[$0] }
                parts.append(
                    Group(
                        column: name, level: level.description, rowCount: rows.count,
                        positiveRate: Self.rate(own),
                        meanProbability: risks.reduce(0, +) / Double(rows.count),
                        rocAUC: try Set(own).count == 2
                            ? FoldScores(labels: own, probabilities: risks).rocAUC : nil))
            }
        }
        self.groups = parts
    }

    init(_ report: CrossValidationReport, name: String) {
        self.name = name
        rowCount = report.labels.count
        positiveRate = Self.rate(report.labels)
        scores = Self.scoreNames.map { label, score in
            let summary = report.summary(of: score)
            return Score(name: label, value: summary.mean, spread: summary.standardDeviation)
        }
        groups = []
    }

    private static func rate(_ labels: [Bool]) -> Double {
        Double(labels.count { $0 }) / Double(labels.count)
    }
}
