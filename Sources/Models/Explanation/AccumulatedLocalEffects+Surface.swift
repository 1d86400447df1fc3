// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension AccumulatedLocalEffects {
    /// The joint effects of two features of a classifier.
    ///
    /// Both features are cut as for a curve. The rows of a cell are set to its four corners; the
    /// mean of `f(upper, upper) - f(lower, upper) - f(upper, lower) + f(lower, lower)` is the
    /// effect of the cell, and the surface is the running sum over both features, less its main
    /// effects. A cell without rows takes the effect of the nearest one that has some, by the
    /// distance of the middles as shares of the features' ranges.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - features: the names of two features.
    ///   - rows: the rows (rows x features).
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees each corner.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for the same feature twice),
    ///   `features` for an unknown feature, `noSpread` for one of a single value, `empty`,
    ///   `wrongWidth`, `nonFinite`, `invalidWeights` or `cancelled`.
    /// - Complexity: O(rows log(rows) + bins^4) and four predictions of all rows.
    public func surface(
        of model: some ClassifierModel, for features: (String, String), on rows: Matrix<Double>,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> AccumulatedEffectsSurface {
        try surface(
            ExplainedModel(model, output), features, Table(rows, names: model.featureNames),
            weights, progress)
    }

    /// The joint effects of two numeric columns of a table; rows with a missing value
    /// in one of them are left out.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - columns: the names of two numeric columns.
    ///   - table: the rows.
    ///   - weights: one per row; 2 means the row twice.
    ///   - progress: sees each corner.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for the same column twice),
    ///   `features` for a column that is not there or not numeric, `noSpread` for one of a single
    ///   value, `empty`, `invalidWeights` or `cancelled`.
    /// - Complexity: O(rows log(rows) + bins^4) and four predictions of all rows.
    public func surface(
        of model: some TableModel, for columns: (String, String), on table: Table,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> AccumulatedEffectsSurface {
        try surface(
            ExplainedModel(model, output), columns, table.inputs(model.inputNames), weights,
            progress)
    }

    private func surface(
        _ model: ExplainedModel, _ names: (String, String), _ table: Table, _ weights: [Double]?,
        _ progress: FitObserver?
    ) throws(ModelError) -> AccumulatedEffectsSurface {
        try validate()
        let weights = try checkedWeights(weights, rows: table.rowCount)
        let places = try table.positions(of: names)
        let columns = [table.columns[places.0], table.columns[places.1]]
        for column in columns where column.kind != .numeric {
            throw ModelError(
                .features, "'\(column.name)' is \(column.kind.rawValue), not numeric")
        }
        let rows = (0..<table.rowCount).filter { row in
            weights[row] > 0 && !columns.contains { $0.isMissing(row) }
        }
        guard !rows.isEmpty else {
            throw ModelError(.empty, "no row has a value in '\(names.0)' and '\(names.1)'")
        }
        let kept = table[rows: rows]
        let own = rows.map { weights[$0] }
        let first = try EffectBins(kept.columns[places.0], own, binLimit)
        let second = try EffectBins(kept.columns[places.1], own, binLimit)
        var change = [Double](repeating: 0, count: rows.count)
        for (step, corner) in [(1, 1), (0, 1), (1, 0), (0, 0)].enumerated() {
            try checkCancellation("accumulated local effects of '\(names.0)' and '\(names.1)'")
            let scores = try model.scores(
                kept.replacing(places.0, with: first.column(atUpperEnd: corner.0 == 1))
                    .replacing(places.1, with: second.column(atUpperEnd: corner.1 == 1)))
            let sign = corner.0 == corner.1 ? 1.0 : -1
            for row in change.indices { change[row] += sign * scores[row] }
            try FitProgress(step: step + 1, stepLimit: 4, objective: nil).report(to: progress)
        }
        return EffectCells(first, second, change, own).surface
    }
}

/// A numeric column cut into bins.
private struct EffectBins {
    let feature: Column
    let ends: [Double]
    /// The bin of every row, from 1: it ends at the end of its number.
    let bins: [Int]

    init(_ column: Column, _ weights: [Double], _ binLimit: Int) throws(ModelError) {
        let values = column.numbers ?? []
        let ends = binEnds(values, weights, binLimit)
        guard ends.count > 1 else {
            throw ModelError(.noSpread, "'\(column.name)' has the value \(ends[0]) alone")
        }
        feature = column
        self.ends = ends
        bins = values.map { value in max(1, ends.partitioningIndex { $0 >= value }) }
    }

    /// The column with every row at an end of its bin.
    func column(atUpperEnd isUpper: Bool) throws(ModelError) -> Column {
        try feature.filled(with: bins.map { .number(ends[isUpper ? $0 : $0 - 1]) })
    }

    /// The middle of a bin, counted from 0, as a share of the range.
    func middle(_ bin: Int) -> Double {
        (ends[bin] + ends[bin + 1]) / 2 / (ends[ends.count - 1] - ends[0])
    }
}

/// The local effects of all cells of two columns.
private struct EffectCells {
    let first: EffectBins
    let second: EffectBins
    /// Cells without rows have that of the nearest one (bins x bins).
    private var effects: Matrix<Double>
    private var weights: Matrix<Double>

    init(_ first: EffectBins, _ second: EffectBins, _ change: [Double], _ rowWeights: [Double]) {
        self.first = first
        self.second = second
        effects = .zeros(first.ends.count - 1, second.ends.count - 1)
        weights = effects
        for row in change.indices {
            let (i, j) = (first.bins[row] - 1, second.bins[row] - 1)
            effects[i, j] += rowWeights[row] * change[row]
            weights[i, j] += rowWeights[row]
        }
        var filled: [(Int, Int)] = []
        for i in 0..<effects.rowCount {
            for j in 0..<effects.columnCount where weights[i, j] > 0 {
                effects[i, j] /= weights[i, j]
                filled.append((i, j))
            }
        }
        for i in 0..<effects.rowCount {
            for j in 0..<effects.columnCount where weights[i, j] == 0 {
                var nearest = (distance: Double.infinity, cell: (0, 0))
                for cell in filled {
                    let rise = first.middle(cell.0) - first.middle(i)
                    let run = second.middle(cell.1) - second.middle(j)
                    let distance = rise * rise + run * run
                    if distance < nearest.distance { nearest = (distance, cell) }
                }
                effects[i, j] = effects[nearest.cell.0, nearest.cell.1]
            }
        }
    }

    /// The running sums less what each column does alone.
    var surface: AccumulatedEffectsSurface {
        let (rows, columns) = (effects.rowCount, effects.columnCount)
        var sums = Matrix<Double>.zeros(rows + 1, columns + 1)
        for i in 0..<rows {
            for j in 0..<columns {
                sums[i + 1, j + 1] = effects[i, j] + sums[i, j + 1] + sums[i + 1, j] - sums[i, j]
            }
        }
        let down = mainEffect(sums, weights)
        let across = mainEffect(
            sums.transposed.materialized(), weights.transposed.materialized())
        for i in 0...rows {
            for j in 0...columns { sums[i, j] -= down[i] + across[j] }
        }
        var mean = 0.0
        for i in 0..<rows {
            for j in 0..<columns {
                let corners = sums[i, j] + sums[i + 1, j] + sums[i, j + 1] + sums[i + 1, j + 1]
                mean += weights[i, j] * corners / 4
            }
        }
        return AccumulatedEffectsSurface(
            features: [first.feature.name, second.feature.name], firstEnds: first.ends,
            secondEnds: second.ends, effects: sums - mean / weights.sum(), weights: weights)
    }

    /// The main effect of the rows' column that is left in a surface, at its ends.
    private func mainEffect(_ sums: Matrix<Double>, _ weights: Matrix<Double>) -> [Double] {
        var effect = [0.0]
        for i in 0..<weights.rowCount {
            var change = 0.0
            var total = 0.0
            for j in 0..<weights.columnCount {
                let steps = sums[i + 1, j] - sums[i, j] + sums[i + 1, j + 1] - sums[i, j + 1]
                change += weights[i, j] * steps / 2
                total += weights[i, j]
            }
            effect.append(effect[i] + (total > 0 ? change / total : 0))
        }
        return effect
    }
}
