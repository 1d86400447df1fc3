// SPDX-License-Identifier: Apache-2.0

/// A recipe that turns the columns of a table into numbers, step by step.
///
/// Steps work in order, each on what the steps before it made; a step without a list of columns
/// takes all columns of the kinds it is for. So in
/// `Pipeline(.impute(.median), .oneHot(), .standardise())` the 0 and 1 of encoded levels are
/// standardised too; `.standardise()` before `.oneHot()` leaves them as they are.
///
/// Nothing is dropped silently: a text or date column, or a categorical one that no step encodes,
/// is refused by ``fit(_:target:)``, unless `.exclude` names it.
public struct Pipeline: Sendable, Hashable, Codable {
    /// The steps in their order.
    public var steps: [Step]

    /// A pipeline of `steps`; without any, numeric columns are taken as they are.
    public init(_ steps: Step...) { self.steps = steps }

    /// A pipeline of `steps`.
    public init(steps: [Step]) { self.steps = steps }

    /// Learns every step from the rows of `table` and from nothing else.
    ///
    /// - Parameter target: The column to predict, which is not a feature.
    /// - Throws: ``FeatureError``: `emptyInput` without rows, without input columns, or if all
    ///   values of a column are missing where a step needs one; `wrongKind` for a text or date
    ///   column; `notEncoded` for a categorical column that no step encodes; `missingValue` with
    ///   row and column if no step replaces it; `unknownColumn`, `duplicateColumn` or
    ///   `invalidParameter` for a step that does not fit.
    /// - Complexity: O(rows x features), and sorting each column for medians and quantiles.
    public func fit(
        _ table: Table, target: String? = nil
    ) throws(FeatureError) -> FittedPipeline {
        try fitTransform(table, target: target).pipeline
    }

    /// Learns every step from the rows of `table` and hands out their features too.
    ///
    /// - Throws: As ``fit(_:target:)``.
    public func fitTransform(
        _ table: Table, target: String? = nil
    ) throws(FeatureError) -> (pipeline: FittedPipeline, features: FeatureMatrix) {
        for step in steps { try step.recipe.validate() }
        guard table.rowCount > 0 else {
            throw FeatureError(.emptyInput, "there are no rows to learn from")
        }
        let inputs = try inputs(of: table, target: target)
        let loader = try RowLoader(inputs, table)
        var working = WorkingTable(
            columns: inputs.map { WorkingColumn($0) },
            rows: (0..<table.rowCount).map { loader.values(row: $0) })
        var fitted: [FittedStep] = []
        for step in steps.dropFirst(leadingSelections.count) {
            let learnt = try step.fit(working)
            let columns = try learnt.transformation.outputColumns(working.columns)
            for row in working.rows.indices {
                var output: [Double] = []
                output.reserveCapacity(columns.count)
                do throws(TransformationFailure) {
                    try learnt.transformation.apply(working.rows[row], &output)
                } catch {
                    throw .missing(working.columns[error.column], row: row)
                }
                working.rows[row] = output
            }
            working.columns = columns
            fitted.append(learnt)
        }
        let pipeline = try FittedPipeline(recipe: self, inputs: inputs, steps: fitted)
        for (row, values) in working.rows.enumerated() {
            try pipeline.checkFinite(values, row: row)
        }
        return (
            pipeline,
            FeatureMatrix(
                rowCount: table.rowCount, elements: Array(working.rows.joined()),
                names: pipeline.featureNames)
        )
    }

    /// The selections at the start, which choose among the table's own columns.
    var leadingSelections: [ColumnSelection] {
        var selections: [ColumnSelection] = []
        for case .columnSelection(let selection) in steps.prefix(while: \.isSelection) {
            selections.append(selection)
        }
        return selections
    }

    private func inputs(
        of table: Table, target: String?
    ) throws(FeatureError) -> [FittedPipeline.Input] {
        var names = table.columnNames
        if let target { names.remove(at: try table.index(of: target)) }
        for selection in leadingSelections {
            names = try selection.keptIndices(of: names).map { names[$0] }
        }
        guard !names.isEmpty else {
            throw FeatureError(.emptyInput, "no column is left to make features of")
        }
        return try names.map { (name) throws(FeatureError) in
            let column = try table[column: name]
            switch column.storage {
            case .numeric: return FittedPipeline.Input(name: name, levels: nil)
            case .categorical(let codes, let levels):
                // Levels that no training row has must not leave a trace.
                let present = Set(codes).filter { $0 >= 0 }.sorted()
                return FittedPipeline.Input(name: name, levels: present.map { levels[Int($0)] })
            case .text, .date:
                throw FeatureError(
                    .wrongKind,
                    "is \(column.kind.rawValue), which no step encodes; exclude it with "
                        + ".exclude(\"\(name)\")", column: name)
            }
        }
    }
}
