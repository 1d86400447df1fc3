// SPDX-License-Identifier: Apache-2.0

/// The score of each column that a ``FeatureSelection`` judged, and why it stays or goes.
public struct SelectionReport: Sendable, Hashable, Codable {
    /// Why a column stays or goes.
    public enum Verdict: Sendable, Hashable, Codable {
        /// It stays.
        case kept
        /// Its score is too low.
        case scoreTooLow
        /// Its score is too high.
        case scoreTooHigh
        /// Others have higher scores.
        case notAmongTheHighest
        /// It is correlated with the named column, which stays.
        case correlated(with: String, coefficient: Double)
        /// It is a linear combination of an intercept and columns before it.
        case collinear
    }

    /// One column.
    public struct Entry: Sendable, Hashable, Codable {
        /// The column's name.
        public let name: String
        /// The variance, information value, mutual information in nats or variance inflation.
        ///
        /// For correlations it is the information value that orders the columns; `nil` where there
        /// is none.
        public let score: Double?
        /// Why it stays or goes.
        public let verdict: Verdict

        /// Whether the column stays.
        public var isKept: Bool { verdict == .kept }
    }

    /// What the columns were judged by.
    public let criterion: FeatureSelection.Criterion
    /// The columns in their order.
    public let entries: [Entry]

    /// The names of the columns that stay.
    public var keptNames: [String] { entries.filter(\.isKept).map(\.name) }

    /// The entry of the column called `name`, if it was judged.
    public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

    init(_ recipe: FeatureSelection, _ fitted: FittedFeatureSelection, _ columns: [WorkingColumn]) {
        criterion = recipe.criterion
        entries = fitted.entries.map { entry in
            let verdict: Verdict =
                switch entry.verdict {
                case .kept: .kept
                case .scoreTooLow: .scoreTooLow
                case .scoreTooHigh: .scoreTooHigh
                case .notAmongTheHighest: .notAmongTheHighest
                case .correlated(let other, let coefficient):
                    .correlated(with: columns[other].name, coefficient: coefficient)
                case .collinear: .collinear
                }
            return Entry(name: columns[entry.column].name, score: entry.score, verdict: verdict)
        }
    }
}

extension SelectionReport: CustomStringConvertible {
    /// One line for each column.
    public var description: String {
        entries.map { entry in
            let reason =
                switch entry.verdict {
                case .kept: "kept"
                case .scoreTooLow: "out: score too low"
                case .scoreTooHigh: "out: score too high"
                case .notAmongTheHighest: "out: others score higher"
                case .correlated(let name, let coefficient):
                    "out: correlation \(coefficient) with \(name)"
                case .collinear: "out: a linear combination of columns before"
                }
            return entry.name + (entry.score.map { " \($0)" } ?? "") + " " + reason
        }.joined(separator: "\n")
    }
}

extension FeatureSelection {
    /// What the criterion says about the numeric and categorical columns of a table.
    ///
    /// - Parameters:
    ///   - table: The rows to judge by; text and date columns are not looked at.
    ///   - target: The column to predict, which is not judged.
    ///   - positive: The class that counts as 1; without it a numeric target of 0 and 1 is meant.
    ///   - weights: One per row, finite and not negative, for information values and counts.
    /// - Throws: ``FeatureError``: `emptyInput` without rows, or without values in a column;
    ///   `missingTarget`, or `missingValue` where the criterion needs a value; and as ``Pipeline``.
    /// - Complexity: O(rows x columns), sorting each column for bins and neighbours; times the
    ///   number of columns for correlations and variance inflation.
    public func report(
        on table: Table, target: String? = nil, positive: String? = nil,
        weights: [Double]? = nil
    ) throws(FeatureError) -> SelectionReport {
        try validate()
        guard table.rowCount > 0 else {
            throw FeatureError(.emptyInput, "there are no rows to learn from")
        }
        let inputs = table.columns
            .filter { $0.name != target && ($0.kind == .numeric || $0.kind == .categorical) }
            .map { FittedPipeline.Input(name: $0.name, levels: $0.levels) }
        let working = WorkingTable(
            columns: inputs.map { WorkingColumn($0) },
            values: try RowLoader(inputs, table).columns(), rowCount: table.rowCount,
            target: try table.targetValues(target, positive: positive),
            weights: try table.checkedWeights(weights))
        return SelectionReport(self, try fit(working), working.columns)
    }
}

extension FittedPipeline {
    /// What each ``FeatureSelection`` of the pipeline said about the training rows, in their order.
    public var selectionReports: [SelectionReport] {
        zip(recipe.steps.dropFirst(recipe.leadingSelections.count), steps).enumerated()
            .compactMap { index, pair in
                guard let selection = pair.0.recipe as? FeatureSelection,
                    let fitted = pair.1.transformation as? FittedFeatureSelection
                else { return nil }
                return SelectionReport(selection, fitted, columnsBeforeStep[index])
            }
    }
}
