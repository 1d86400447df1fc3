// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Partial dependence and individual conditional expectation: what a model gives when one column
/// is set to each of its values in turn.
///
/// ```swift
/// let curve = try PartialDependence().curve(of: model, for: "duration", on: loans)
/// curve.points.map { ($0.position, $0.average) }
/// curve.centred().individual
/// ```
///
/// All other columns stay as they are, so where columns go together the curve is averaged over rows
/// that do not occur; ``AccumulatedLocalEffects`` avoids that.
///
/// Source: Friedman, Greedy function approximation, 2001, doi:10.1214/aos/1013203451; Goldstein and
/// others, Peeking inside the black box, 2015, doi:10.1080/10618600.2014.907095.
public struct PartialDependence: Codable, Hashable, Sendable {
    /// The most values of a numeric column, at least 2.
    ///
    /// A column of no more different values is set to each of them, another one to this many at
    /// equal distances between the quantiles ``quantiles``.
    public var pointLimit: Int

    /// The quantiles of a numeric column between which the values lie, within 0...1.
    public var quantiles: ClosedRange<Double>

    /// What is averaged.
    public var output: ExplainedOutput

    /// A plan of values.
    public init(
        pointLimit: Int = 100, quantiles: ClosedRange<Double> = 0.05...0.95,
        output: ExplainedOutput = .probability
    ) {
        self.pointLimit = pointLimit
        self.quantiles = quantiles
        self.output = output
    }

    /// The curve of one feature of a classifier.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - feature: its name.
    ///   - features: the rows to average over (rows x features).
    ///   - weights: one per row.
    ///   - grid: the values; chosen from the rows where `nil`.
    ///   - progress: sees every value.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for an unknown feature,
    ///   `empty`, `wrongWidth`, `nonFinite`, `invalidWeights` or `cancelled`.
    /// - Complexity: one prediction of all rows per value.
    public func curve(
        of model: some ClassifierModel, for feature: String, on features: Matrix<Double>,
        weights: [Double]? = nil, grid: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> PartialDependenceCurve {
        try curve(
            ExplainedModel(model, output), feature, Table(features, names: model.featureNames),
            weights, grid.map { $0.map(Column.Value.number) }, progress)
    }

    /// The curve of one column of a table.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - column: its name.
    ///   - table: the rows to average over.
    ///   - weights: one per row.
    ///   - grid: the values; where `nil` chosen from the numbers, or all levels, dates and texts
    ///     that occur.
    ///   - progress: sees every value.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `features` for the column or a value
    ///   that is not of its kind, `empty`, `invalidWeights` or `cancelled`.
    /// - Complexity: one prediction of all rows per value.
    public func curve(
        of model: some TableModel, for column: String, on table: Table,
        weights: [Double]? = nil, grid: [Column.Value]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> PartialDependenceCurve {
        try curve(
            ExplainedModel(model, output), column, table.inputs(model.inputNames), weights, grid,
            progress)
    }

    private func curve(
        _ model: ExplainedModel, _ name: String, _ table: Table, _ weights: [Double]?,
        _ grid: [Column.Value]?, _ progress: FitObserver?
    ) throws(ModelError) -> PartialDependenceCurve {
        try validate()
        guard table.rowCount > 0 else { throw ModelError(.empty, "there are no rows") }
        let weights = try checkedWeights(weights, rows: table.rowCount)
        let position = try table.position(of: name)
        let column = table.columns[position]
        let values = try values(of: column, grid)
        var individual = Matrix<Double>.zeros(table.rowCount, values.count)
        for (index, value) in values.enumerated() {
            try checkCancellation("partial dependence of '\(name)'")
            let constant = try column.filled(with: value)
            let scores = try model.scores(table.replacing(position, with: constant))
            individual.setColumn(index, to: Vector(scores))
            try FitProgress(step: index + 1, stepLimit: values.count, objective: nil)
                .report(to: progress)
        }
        let labels = values.enumerated().map { index, value in
            (value.number ?? Double(index), value.description)
        }
        return PartialDependenceCurve(
            feature: name, labels: labels, individual: individual, weights: weights)
    }

    /// Checks the plan.
    func validate() throws(ModelError) {
        guard pointLimit >= 2, quantiles.lowerBound >= 0, quantiles.upperBound <= 1 else {
            throw ModelError(
                .invalidRecipe, "\(pointLimit) points between the quantiles \(quantiles)")
        }
    }

    /// The values that a column is set to: the given ones, or some of its own.
    ///
    /// - Throws: ``ModelError`` with code `empty` for a column of missing values.
    func values(
        of column: Column, _ given: [Column.Value]? = nil
    ) throws(ModelError) -> [Column.Value] {
        let values = given ?? grid(of: column)
        guard !values.isEmpty else {
            throw ModelError(.empty, "the column '\(column.name)' has no values to set it to")
        }
        return values
    }

    private func grid(of column: Column) -> [Column.Value] {
        guard let numbers = column.numbers else { return column.distinctValues }
        let values = numbers.filter { !$0.isNaN }.sorted()
        let distinct = values.distinctNeighbours
        guard distinct.count > pointLimit else { return distinct.map(Column.Value.number) }
        let ends = Vector(values).quantiles([quantiles.lowerBound, quantiles.upperBound])
        return (0..<pointLimit).map { index in
            let share = Double(index) / Double(pointLimit - 1)
            return .number(
                index == pointLimit - 1 ? ends[1] : ends[0] + share * (ends[1] - ends[0]))
        }
    }
}

extension Column {
    /// The levels, or the different values in the order of their first rows; without missing ones.
    var distinctValues: [Value] {
        if let levels { return levels.map(Value.level) }
        var seen: Set<Value> = []
        return (0..<count).map { self[$0] }.filter { $0 != .missing && seen.insert($0).inserted }
    }

    /// The column with one value in all rows.
    ///
    /// - Throws: ``ModelError`` with code `features` for a value of another kind.
    func filled(with value: Value) throws(ModelError) -> Column {
        try filled(with: [Value](repeating: value, count: count))
    }

    /// The column with other values.
    ///
    /// - Throws: ``ModelError`` with code `features` for a value of another kind.
    func filled(with values: [Value]) throws(ModelError) -> Column {
        try featureStep { () throws(FeatureError) in
            for (row, value) in values.enumerated() where !value.isOf(kind) {
                throw FeatureError(
                    .wrongKind, "'\(value)' is not \(kind.rawValue)", row: row, column: name,
                    value: value.description)
            }
            return switch kind {
            case .numeric: try .numeric(name, values.map(\.number))
            case .categorical: try .categorical(name, values.map(\.text), levels: levels)
            case .text: .text(name, values.map(\.text))
            case .date: .date(name, values.map(\.date))
            }
        }
    }
}

extension Column.Value {
    fileprivate func isOf(_ kind: ColumnKind) -> Bool {
        switch (self, kind) {
        case (.missing, _), (.number, .numeric), (.level, .categorical), (.text, .text),
            (.date, .date):
            true
        default: false
        }
    }
}

extension Array where Element == Double {
    /// The different ones of sorted numbers.
    var distinctNeighbours: [Double] {
        reduce(into: []) { values, value in if values.last != value { values.append(value) } }
    }
}
