// SPDX-License-Identifier: Apache-2.0

/// A recipe that turns the columns of a table into numbers, step by step.
///
/// Steps work in order, each on what the steps before it made; a step without a list of columns
/// takes all columns of the kinds it is for. So in
/// `Pipeline(.impute(.median), .oneHot(), .standardise())` the 0 and 1 of encoded levels are
/// standardised too; `.standardise()` before `.oneHot()` leaves them as they are.
///
/// Nothing is dropped silently: a text, a date or a category that no step encodes is refused by
/// ``fit(_:target:positive:weights:progress:)``, unless `.exclude` names it.
public struct Pipeline: Sendable, Hashable, Codable {
    /// The steps in their order.
    public var steps: [Step]

    /// A pipeline of `steps`; without any, numeric columns are taken as they are.
    public init(_ steps: Step...) { self.steps = steps }

    /// A pipeline of `steps`.
    public init(steps: [Step]) { self.steps = steps }

    /// Learns every step from the rows of `table` and from nothing else.
    ///
    /// - Parameters:
    ///   - table: The training rows.
    ///   - target: The column to predict, which is not a feature.
    ///   - positive: The class that counts as 1 for steps that learn from the target; without it
    ///     a numeric target is taken as it is.
    ///   - weights: One per row, finite and not negative, for steps that learn from the target.
    ///   - progress: Sees every part of the steps that take long.
    /// - Throws: ``FeatureError``: `emptyInput` without rows, without input columns, or if all
    ///   values of a column are missing where a step needs one; `wrongKind` for a text or date
    ///   column; `notEncoded` for a categorical column that no step encodes; `missingValue` with
    ///   row and column if no step replaces it; `missingTarget` if a step needs one;
    ///   `unknownColumn`, `duplicateColumn` or `invalidParameter` for a step that does not fit;
    ///   `cancelled` if the task was cancelled or `progress` asked to stop.
    /// - Complexity: O(rows x features), and sorting each column for medians and quantiles.
    public func fit(
        _ table: Table, target: String? = nil, positive: String? = nil,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(FeatureError) -> FittedPipeline {
        try fitTransform(
            table, target: target, positive: positive, weights: weights, progress: progress
        ).pipeline
    }

    /// Learns every step from the rows of `table` and hands out their features too.
    ///
    /// - Throws: As ``fit(_:target:positive:weights:progress:)``.
    public func fitTransform(
        _ table: Table, target: String? = nil, positive: String? = nil,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(FeatureError) -> PipelineFit {
        for step in steps { try step.recipe.validate() }
        guard table.rowCount > 0 else {
            throw FeatureError(.emptyInput, "there are no rows to learn from")
        }
        let inputs = try inputs(of: table, target: target)
        var working = WorkingTable(
            columns: inputs.map { WorkingColumn($0) },
            values: try RowLoader(inputs, table).columns(), rowCount: table.rowCount,
            target: try table.targetValues(target, positive: positive),
            weights: try table.checkedWeights(weights), observer: progress)
        var fitted: [FittedStep] = []
        for step in steps.dropFirst(leadingSelections.count) {
            fitted.append(try step.recipe.fittedStep(&working))
        }
        let pipeline = try FittedPipeline(recipe: self, inputs: inputs, steps: fitted)
        var elements: [Double] = []
        elements.reserveCapacity(working.rowCount * working.columns.count)
        for position in 0..<working.rowCount {
            let values = working.row(position)
            try pipeline.checkFinite(values, row: working.rows[position])
            elements += values
        }
        return PipelineFit(
            pipeline: pipeline,
            features: FeatureMatrix(
                rowCount: working.rowCount, elements: elements, names: pipeline.featureNames),
            rows: working.rows)
    }

    /// The selections at the start, which choose among the table's own columns.
    var leadingSelections: [ColumnSelection] {
        var selections: [ColumnSelection] = []
        for step in steps {
            guard let selection = step.recipe as? ColumnSelection else { break }
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
        let takesDates = steps.contains { type(of: $0.recipe).takesDates }
        let takesText = steps.contains { type(of: $0.recipe).takesText }
        return try names.map { (name) throws(FeatureError) in
            let column = try table[column: name]
            switch column.storage {
            case .numeric: return FittedPipeline.Input(name: name)
            case .categorical(let codes, let levels):
                // Levels that no training row has must not leave a trace.
                let present = Set(codes).filter { $0 >= 0 }.sorted()
                return FittedPipeline.Input(name: name, levels: present.map { levels[Int($0)] })
            case .date where takesDates: return FittedPipeline.Input(name: name, isDate: true)
            case .text where takesText: return FittedPipeline.Input(name: name, isText: true)
            case .text, .date:
                throw FeatureError(
                    .wrongKind,
                    "is \(column.kind.rawValue), which no step encodes; exclude it with "
                        + ".exclude(\"\(name)\")", column: name)
            }
        }
    }
}

extension Table {
    /// The target as numbers: 1 for `positive`, or the values of a numeric column.
    func targetValues(
        _ name: String?, positive: String?
    ) throws(FeatureError) -> [Double]? {
        guard let name else {
            guard let positive else { return nil }
            throw FeatureError(
                .invalidParameter, "a positive class '\(positive)' without a target column",
                value: positive)
        }
        guard let positive else { return try self[column: name].numbers }
        return try labels(name, positive: positive).map { $0 ? 1 : 0 }
    }

    func checkedWeights(_ weights: [Double]?) throws(FeatureError) -> [Double]? {
        guard let weights else { return nil }
        guard weights.count == rowCount else {
            throw FeatureError(
                .unequalLengths, "\(weights.count) weights for \(rowCount) rows")
        }
        if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw FeatureError(
                .outOfRange, "the weight is not a number of 0 or more", row: row,
                value: weights[row].shortText)
        }
        return weights
    }
}
