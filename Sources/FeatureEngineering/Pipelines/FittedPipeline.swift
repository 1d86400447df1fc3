// SPDX-License-Identifier: Apache-2.0

/// A pipeline with everything it learnt from the training rows.
///
/// Rows are prepared one by one with the same arithmetic whether alone or in a table, so the bits
/// of a row's features do not depend on the batch it comes in.
public struct FittedPipeline: Sendable, Hashable {
    /// The recipe that was fitted.
    public let recipe: Pipeline
    /// The columns that a table must have.
    public let inputs: [Input]
    /// What comes out, in order.
    public let features: [Feature]
    /// What each step learnt, without the selections at the start.
    let steps: [FittedStep]
    /// The columns before each step.
    let columnsBeforeStep: [[WorkingColumn]]
    /// Whether each feature may be missing.
    private let keepsMissing: [Bool]

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
        if let column = columns.first(where: { $0.kind != .numeric }) {
            throw FeatureError(
                .notEncoded,
                "is \(column.kind.rawValue), and no step turns it into numbers; "
                    + (column.kind == .categorical
                        ? "add .oneHot() or exclude it" : "exclude it"),
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
        keepsMissing = columns.map(\.keepsMissing)
    }

    /// Whether features may be NaN for missing values, as ``MissingValueRetention`` lets them.
    public var allowsMissing: Bool { keepsMissing.contains(true) }

    /// The names of the features in order.
    public var featureNames: [String] { features.map(\.name) }

    /// The features of every row of `table`, (rows x features).
    ///
    /// Columns that are not inputs, such as the target, are not looked at.
    ///
    /// - Throws: ``FeatureError``: `unknownColumn` or `wrongKind` for a column that does not fit;
    ///   `unknownLevel` or `missingValue` with row, column and value; `outOfRange` if a feature is
    ///   not finite; `cancelled` if the task was cancelled.
    /// - Complexity: O(rows x features).
    public func transform(_ table: Table) throws(FeatureError) -> FeatureMatrix {
        let loader = try RowLoader(inputs, table)
        var elements: [Double] = []
        elements.reserveCapacity(table.rowCount * features.count)
        var values: [Double] = []
        var output: [Double] = []
        for row in 0..<table.rowCount {
            if row % 1024 == 1023, Task.isCancelled {
                throw FeatureError(.cancelled, "row \(row): the task was cancelled")
            }
            loader.read(row: row, into: &values)
            try apply(&values, &output, row: row) { source in try? table[column: source][row] }
            elements += values
        }
        return FeatureMatrix(rowCount: table.rowCount, elements: elements, names: featureNames)
    }

    /// The features of one row, bit for bit as if its whole table were transformed.
    ///
    /// - Throws: As for a table.
    /// - Complexity: O(columns + features), whatever the size of the row's table.
    public func transform(_ row: Table.Row) throws(FeatureError) -> [Double] {
        var transformer = RowTransformer(self)
        return try transformer.features(of: row)
    }

    /// Refuses features that are not finite, or missing where they may not be.
    func checkFinite(_ values: [Double], row: Int?) throws(FeatureError) {
        guard
            let index = values.indices.first(where: { index in
                !values[index].isFinite && !(values[index].isNaN && keepsMissing[index])
            })
        else { return }
        let feature = features[index]
        if values[index].isNaN {
            throw .missing(WorkingColumn(name: feature.name, source: feature.source), row: row)
        }
        throw FeatureError(
            .outOfRange, "feature '\(feature.name)' is not finite", row: row,
            column: feature.source)
    }

    /// Turns the inputs in `values` into features; `output` is room for what is between.
    ///
    /// - Parameter original: The value of a column of the row, for the message of an error.
    func apply(
        _ values: inout [Double], _ output: inout [Double], row: Int?,
        original: (_ source: String) -> Column.Value?
    ) throws(FeatureError) {
        for (index, step) in steps.enumerated() {
            output.removeAll(keepingCapacity: true)
            do throws(TransformationFailure) {
                try step.transformation.apply(values, &output)
            } catch {
                let column = columnsBeforeStep[index][error.column]
                if let number = error.numberOutOfDomain {
                    throw .outOfDomain(number, column: column.source, row: row)
                }
                guard error.isUnknownLevel, let value = original(column.source), value != .missing
                else { throw .missing(column, row: row) }
                throw .unknownLevel(
                    value.description, of: column.levels ?? [], row: row, column: column.source)
            }
            swap(&values, &output)
        }
        try checkFinite(values, row: row)
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
