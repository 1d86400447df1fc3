// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

extension ModelCard {
    /// What rows look like.
    public struct DataSummary: Codable, Hashable, Sendable {
        /// One column.
        public struct Column: Codable, Hashable, Sendable {
            /// The name.
            public let name: String
            /// What its values are.
            public let kind: ColumnKind
            /// The rows without a value.
            public let missingCount: Int
            /// The smallest number, and below the mean and the largest; `nil` for other kinds.
            public let minimum: Double?
            /// The mean number.
            public let mean: Double?
            /// The largest number.
            public let maximum: Double?
            /// The number of levels; `nil` for other kinds.
            public let levelCount: Int?
        }

        /// The name of the data.
        public let name: String
        /// The number of rows.
        public let rowCount: Int
        /// The share of rows of the positive class.
        public let positiveRate: Double
        /// The columns that the model takes.
        public let columns: [Column]
    }

    /// The importance of a column.
    public struct Importance: Codable, Hashable, Sendable {
        /// The column, or the group of columns.
        public let name: String
        /// The mean loss of the score without it.
        public let loss: Double
        /// The standard deviation of the loss.
        public let spread: Double
        /// The score that is lost.
        public let score: String
    }
}

extension ModelCard.DataSummary {
    init(
        _ table: Table, name: String, target: String, positive: String, inputs: [String]
    ) throws(ModelError) {
        let labels = try table.classLabels(target, positive: positive)
        let chosen = try table.inputs(inputs)
        self.name = name
        rowCount = table.rowCount
        positiveRate = Double(labels.isPositive.count { $0 }) / Double(table.rowCount)
        columns = chosen.columns.map { column in
            let numbers = (column.numbers ?? []).filter { !$0.isNaN }
            return Column(
                name: column.name, kind: column.kind, missingCount: column.missingCount,
                minimum: numbers.min(),
                mean: numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count),
                maximum: numbers.max(), levelCount: column.levels?.count)
        }
    }
}
