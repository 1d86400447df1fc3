// SPDX-License-Identifier: Apache-2.0

/// A pipeline with everything it learnt from the training rows.
///
/// Rows are prepared one by one with the same arithmetic whether alone or in a table, so the bits
/// of a row's features do not depend on the batch it comes in.
public struct FittedPipeline: Sendable, Hashable {
    /// A column that a table must have to be transformed.
    public struct Input: Sendable, Hashable {
        /// The column's name.
        public let name: String
        /// The levels that the training rows had, in the column's order; `nil` for numbers.
        public let levels: [String]?
        private let codeOfLevel: [String: Int]

        init(name: String, levels: [String]?) {
            self.name = name
            self.levels = levels
            codeOfLevel = Dictionary(
                (levels ?? []).enumerated().map { ($1, $0) },
                uniquingKeysWith: { first, _ in first })
        }

        /// What the column's values are.
        public var kind: ColumnKind { levels == nil ? .numeric : .categorical }

        func code(_ level: String) -> Double {
            codeOfLevel[level].map(Double.init) ?? WorkingColumn.unknownCode
        }
    }

    /// A column of the matrix that comes out.
    public struct Feature: Sendable, Hashable {
        /// The feature's name, such as `age` or `housing=own`.
        public let name: String
        /// The column of the table that it comes from.
        public let source: String
    }

    /// The recipe that was fitted.
    public let recipe: Pipeline
    /// The columns that a table must have.
    public let inputs: [Input]
    /// What comes out, in order.
    public let features: [Feature]
    /// What each step learnt, without the selections at the start.
    package let steps: [FittedStep]
    /// The columns before each step.
    private let columnsBeforeStep: [[WorkingColumn]]

    /// A pipeline whose parts are checked against each other.
    init(recipe: Pipeline, inputs: [Input], steps: [FittedStep]) throws(FeatureError) {
        var columns = inputs.map { WorkingColumn($0) }
        try Self.requireUniqueNames(columns)
        var columnsBeforeStep: [[WorkingColumn]] = []
        for step in steps {
            columnsBeforeStep.append(columns)
            columns = try step.transformation.outputColumns(columns)
            try Self.requireUniqueNames(columns)
        }
        if let column = columns.first(where: { $0.levels != nil }) {
            throw FeatureError(
                .notEncoded,
                "is categorical, and no step turns it into numbers; add .oneHot() or exclude it",
                column: column.name)
        }
        guard !columns.isEmpty else {
            throw FeatureError(.emptyInput, "no feature is left after the last step")
        }
        self.recipe = recipe
        self.inputs = inputs
        self.steps = steps
        self.columnsBeforeStep = columnsBeforeStep
        features = columns.map { Feature(name: $0.name, source: $0.source) }
    }

    /// The names of the features in order.
    public var featureNames: [String] { features.map(\.name) }

    /// The features of every row of `table`, (rows x features).
    ///
    /// Columns that are not inputs, such as the target, are not looked at.
    ///
    /// - Throws: ``FeatureError``: `unknownColumn` or `wrongKind` for a column that does not fit;
    ///   `unknownLevel` or `missingValue` with row, column and value; `outOfRange` if a feature is
    ///   not finite.
    /// - Complexity: O(rows x features).
    public func transform(_ table: Table) throws(FeatureError) -> FeatureMatrix {
        let loader = try RowLoader(inputs, table)
        var elements: [Double] = []
        elements.reserveCapacity(table.rowCount * features.count)
        for row in 0..<table.rowCount {
            elements += try features(of: loader.values(row: row), in: table, row: row)
        }
        return FeatureMatrix(rowCount: table.rowCount, elements: elements, names: featureNames)
    }

    /// The features of one row, bit for bit as if its whole table were transformed.
    ///
    /// - Throws: As for a table.
    /// - Complexity: O(columns + features), whatever the size of the row's table.
    public func transform(_ row: Table.Row) throws(FeatureError) -> [Double] {
        let columns = try row.table.columns(of: inputs)
        var values: [Double] = []
        values.reserveCapacity(inputs.count)
        for (input, column) in zip(inputs, columns) {
            switch (column[row.index], column.kind) {
            case (.number(let number), _) where input.levels == nil: values.append(number)
            case (.level(let level), _) where input.levels != nil: values.append(input.code(level))
            case (.missing, input.kind): values.append(.nan)
            default: throw .wrongKind(column, needed: input.kind.rawValue)
            }
        }
        return try features(of: values, in: row.table, row: row.index)
    }

    /// Refuses features that are missing or not finite.
    func checkFinite(_ values: [Double], row: Int) throws(FeatureError) {
        guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
        let feature = features[index]
        if values[index].isNaN {
            throw .missing(WorkingColumn(name: feature.name, source: feature.source), row: row)
        }
        throw FeatureError(
            .outOfRange, "feature '\(feature.name)' is not finite", row: row,
            column: feature.source)
    }

    private func features(
        of values: [Double], in table: Table, row: Int
    ) throws(FeatureError) -> [Double] {
        var values = values
        for (index, step) in steps.enumerated() {
            var output: [Double] = []
            do throws(TransformationFailure) {
                try step.transformation.apply(values, &output)
            } catch {
                throw failure(error, columnsBeforeStep[index][error.column], table, row)
            }
            values = output
        }
        try checkFinite(values, row: row)
        return values
    }

    private func failure(
        _ failure: TransformationFailure, _ column: WorkingColumn, _ table: Table, _ row: Int
    ) -> FeatureError {
        guard failure.isUnknownLevel, let original = try? table[column: column.source][row],
            original != .missing
        else { return .missing(column, row: row) }
        return .unknownLevel(
            original.description, of: column.levels ?? [], row: row, column: column.source)
    }

    private static func requireUniqueNames(
        _ columns: [WorkingColumn]
    ) throws(FeatureError) {
        var seen: Set<String> = []
        for column in columns where !seen.insert(column.name).inserted {
            throw FeatureError(
                .duplicateColumn, "a step makes a second column of this name",
                column: column.name)
        }
    }
}

extension WorkingColumn {
    init(_ input: FittedPipeline.Input) {
        self.init(name: input.name, source: input.name, levels: input.levels)
    }
}
