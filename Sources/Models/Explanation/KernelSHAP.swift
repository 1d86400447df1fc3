// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Shapley values of any model, from its outputs alone.
///
/// ```swift
/// let values = try KernelSHAP(output: .logOdds)
///     .explain(model, applications, background: loans[rows: Array(0..<100)])
/// let reasons = try values.reasons(row: 0)
/// ```
///
/// A coalition is a set of columns that keep the row's values, while the others take those of the
/// background's rows; its worth is the mean output. The values are the weighted least-squares
/// regression of the worths on the memberships, with the weights of the Shapley kernel, and add up
/// to the row's output. With all coalitions they are exact; otherwise the sizes with the largest
/// weights are enumerated and the rest are sampled in pairs of complements, the same for every row.
///
/// Source: Lundberg and Lee, 2017, arXiv:1705.07874; Covert and Lee, 2021, arXiv:2012.01536.
public struct KernelSHAP: Codable, Hashable, Sendable {
    /// Which coalitions are asked for.
    public enum Coalitions: Codable, Hashable, Sendable {
        /// All of them for up to 11 columns or groups, else 2,048 and two per column.
        case automatic
        /// All of them, `2^columns`; up to 20 columns or groups.
        case all
        /// About this many, two per column or more.
        case sampled(Int)
    }

    /// Which coalitions are asked for.
    public var coalitions: Coalitions

    /// The seed of the sample.
    public var seed: UInt64

    /// What is explained.
    public var output: ExplainedOutput

    /// The most rows that are given to the model at once.
    private static let blockRows = 16_384

    /// A plan of coalitions.
    public init(
        coalitions: Coalitions = .automatic, seed: UInt64 = 0,
        output: ExplainedOutput = .probability
    ) {
        self.coalitions = coalitions
        self.seed = seed
        self.output = output
    }

    /// The Shapley values of a classifier's features.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - features: the rows to explain (rows x features).
    ///   - background: the rows that stand for what is not known (rows x features); some hundred.
    ///   - weights: one per row of the background.
    ///   - groups: features that are in or out together; the others are so alone.
    ///   - progress: sees every row that is explained.
    /// - Throws: ``ModelError`` with code `wrongWidth`, `nonFinite`, `empty`, `invalidWeights`,
    ///   `features` for the groups, `invalidRecipe`, `rankDeficient` for too few coalitions, or
    ///   `cancelled`.
    /// - Complexity: rows * coalitions * background rows predictions.
    public func explain(
        _ model: some ClassifierModel, _ features: Matrix<Double>, background: Matrix<Double>,
        weights: [Double]? = nil, groups: [FeatureGroup]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> ShapleyValues {
        let names = model.featureNames
        return try explain(
            ExplainedModel(model, output), Table(features, names: names),
            Table(background, names: names), weights, groups, progress)
    }

    /// The Shapley values of the columns of a table.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - table: the rows to explain.
    ///   - background: the rows that stand for what is not known; some hundred.
    ///   - weights: one per row of the background.
    ///   - groups: columns that are in or out together; the others are so alone.
    ///   - progress: sees every row that is explained.
    /// - Throws: ``ModelError`` with code `features` for a column or the groups, `empty`,
    ///   `invalidWeights`, `invalidRecipe`, `rankDeficient` for too few coalitions, or `cancelled`.
    /// - Complexity: rows * coalitions * background rows predictions.
    public func explain(
        _ model: some TableModel, _ table: Table, background: Table, weights: [Double]? = nil,
        groups: [FeatureGroup]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> ShapleyValues {
        try explain(
            ExplainedModel(model, output), table.inputs(model.inputNames),
            background.inputs(model.inputNames), weights, groups, progress)
    }

    /// The Shapley values of any function of numbers, such as a model of another library.
    ///
    /// - Parameters:
    ///   - names: of the columns.
    ///   - rows: the rows to explain (rows x columns).
    ///   - background: the rows that stand for what is not known (rows x columns).
    ///   - weights: one per row of the background.
    ///   - groups: columns that are in or out together; the others are so alone.
    ///   - progress: sees every row that is explained.
    ///   - function: one finite number per row; ``output`` is not applied to it.
    /// - Throws: ``ModelError`` as for a classifier, and `incompatible` for another number of
    ///   outputs than rows.
    /// - Complexity: rows * coalitions * background rows evaluations.
    public func explain(
        names: [String], rows: Matrix<Double>, background: Matrix<Double>,
        weights: [Double]? = nil, groups: [FeatureGroup]? = nil, progress: FitObserver? = nil,
        function: @escaping (Matrix<Double>) throws(ModelError) -> [Double]
    ) throws(ModelError) -> ShapleyValues {
        let model = ExplainedModel(names: names) { (table) throws(ModelError) in
            try function(table.featureMatrix)
        }
        return try explain(
            model, Table(rows, names: names), Table(background, names: names), weights, groups,
            progress)
    }

    private func explain(
        _ model: ExplainedModel, _ rows: Table, _ background: Table, _ weights: [Double]?,
        _ groups: [FeatureGroup]?, _ progress: FitObserver?
    ) throws(ModelError) -> ShapleyValues {
        guard background.rowCount > 0 else {
            throw ModelError(.empty, "the background has no rows")
        }
        let weights = try checkedWeights(weights, rows: background.rowCount)
        let groups = try ColumnGroups(groups, of: model.names)
        let players = groups.names.count
        let regression = try players > 1 ? self.regression(players) : nil
        let base = try weightedMean(outputs(model, background), weights)
        let own = try outputs(model, rows)
        var values = Matrix<Double>.zeros(rows.rowCount, players)
        for row in own.indices {
            try checkCancellation("kernel SHAP, row \(row)")
            if let (sample, regression) = regression {
                let worths = try worths(
                    of: sample, model, rows[rows: [row]], background, weights, groups)
                values.setRow(
                    row,
                    to: try regression.values(
                        gains: worths.map { $0 - base }, total: own[row] - base))
            } else {
                values[row, 0] = own[row] - base
            }
            try FitProgress(step: row + 1, stepLimit: own.count, objective: nil)
                .report(to: progress)
        }
        return ShapleyValues(checkedNames: groups.names, base: base, values: values, outputs: own)
    }

    private func regression(
        _ players: Int
    ) throws(ModelError) -> (CoalitionSample, ShapleyRegression) {
        var generator = RandomStream(seed: seed).child("coalitions")
        let sample: CoalitionSample
        switch coalitions {
        case .all:
            guard players <= 20 else {
                throw ModelError(
                    .invalidRecipe, "all coalitions of \(players) columns, more than 20")
            }
            sample = CoalitionSample(allOf: players)
        case .automatic:
            sample =
                players <= 11
                ? CoalitionSample(allOf: players)
                : CoalitionSample(2048 + 2 * players, of: players, &generator)
        case .sampled(let count):
            guard count >= 2 * players else {
                throw ModelError(
                    .invalidRecipe,
                    "\(count) coalitions for \(players) columns, fewer than two each"
                )
            }
            sample = CoalitionSample(count, of: players, &generator)
        }
        return (sample, try ShapleyRegression(sample, count: players))
    }

    /// The mean output of every coalition, in blocks of rows.
    private func worths(
        of sample: CoalitionSample, _ model: ExplainedModel, _ row: Table, _ background: Table,
        _ weights: [Double], _ groups: ColumnGroups
    ) throws(ModelError) -> [Double] {
        let groupOfColumn = groups.groupOfColumn
        let rowsPerSet = background.rowCount
        let joined = try featureStep { () throws(FeatureError) in
            try Table(concatenating: [background, row])
        }
        let setsPerBlock = max(1, Self.blockRows / rowsPerSet)
        var worths: [Double] = []
        for start in stride(from: 0, to: sample.members.count, by: setsPerBlock) {
            let sets = sample.members[start..<min(start + setsPerBlock, sample.members.count)]
            let columns = joined.columns.enumerated().map { index, column in
                let group = groupOfColumn[index]
                return column[
                    rows: sets.flatMap { set in
                        (0..<rowsPerSet).map { set[group] ? rowsPerSet : $0 }
                    }]
            }
            let block = try featureStep { () throws(FeatureError) in try Table(columns) }
            let outputs = try outputs(model, block)
            for index in 0..<sets.count {
                let part = outputs[index * rowsPerSet..<(index + 1) * rowsPerSet]
                worths.append(weightedMean(part, weights))
            }
        }
        return worths
    }

    private func outputs(_ model: ExplainedModel, _ table: Table) throws(ModelError) -> [Double] {
        let outputs = try model.scores(table)
        guard outputs.count == table.rowCount else {
            throw ModelError(
                .incompatible, "\(outputs.count) outputs for \(table.rowCount) rows")
        }
        if let row = outputs.firstIndex(where: { !$0.isFinite }) {
            throw ModelError(.nonFinite, "the output of row \(row) is \(outputs[row])")
        }
        return outputs
    }
}
