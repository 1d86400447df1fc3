// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension PartialDependence {
    /// The surface of two features of a classifier.
    ///
    /// - Parameters:
    ///   - model: any classifier.
    ///   - features: the names of two features.
    ///   - rows: the rows to average over (rows x features).
    ///   - weights: one per row.
    ///   - progress: sees every value of the first feature.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for the same feature twice),
    ///   `features` for an unknown feature, `empty`, `wrongWidth`, `nonFinite`, `invalidWeights` or
    ///   `cancelled`.
    /// - Complexity: one prediction of all rows per pair of values, at most ``pointLimit`` squared.
    public func surface(
        of model: some ClassifierModel, for features: (String, String), on rows: Matrix<Double>,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> PartialDependenceSurface {
        try surface(
            ExplainedModel(model, output), features, Table(rows, names: model.featureNames),
            weights, progress)
    }

    /// The surface of two columns of a table.
    ///
    /// - Parameters:
    ///   - model: any model that takes tables.
    ///   - columns: the names of two columns.
    ///   - table: the rows to average over.
    ///   - weights: one per row.
    ///   - progress: sees every value of the first column.
    /// - Throws: ``ModelError`` with code `invalidRecipe` (also for the same column twice),
    ///   `features` for a column that is not there, `empty`, `invalidWeights` or `cancelled`.
    /// - Complexity: one prediction of all rows per pair of values, at most
    ///   ``pointLimit`` squared of numbers.
    public func surface(
        of model: some TableModel, for columns: (String, String), on table: Table,
        weights: [Double]? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> PartialDependenceSurface {
        try surface(
            ExplainedModel(model, output), columns, table.inputs(model.inputNames), weights,
            progress)
    }

    private func surface(
        _ model: ExplainedModel, _ names: (String, String), _ table: Table, _ weights: [Double]?,
        _ progress: FitObserver?
    ) throws(ModelError) -> PartialDependenceSurface {
        try validate()
        let weights = try checkedWeights(weights, rows: table.rowCount)
        let places = try table.positions(of: names)
        let (first, second) = (table.columns[places.0], table.columns[places.1])
        let (rows, columns) = (try values(of: first), try values(of: second))
        var averages = Matrix<Double>.zeros(rows.count, columns.count)
        for (row, value) in rows.enumerated() {
            let table = try table.replacing(places.0, with: first.filled(with: value))
            for (column, value) in columns.enumerated() {
                try checkCancellation("partial dependence of '\(names.0)' and '\(names.1)'")
                let scores = try model.scores(
                    table.replacing(places.1, with: second.filled(with: value)))
                averages[row, column] = weightedMean(scores, weights)
            }
            try FitProgress(step: row + 1, stepLimit: rows.count, objective: nil)
                .report(to: progress)
        }
        return PartialDependenceSurface(
            first: PartialDependenceSurface.Axis(names.0, rows),
            second: PartialDependenceSurface.Axis(names.1, columns), averages: averages)
    }
}

extension PartialDependenceSurface.Axis {
    fileprivate init(_ feature: String, _ values: [Column.Value]) {
        self.init(
            feature: feature,
            positions: values.enumerated().map { $1.number ?? Double($0) },
            labels: values.map(\.description))
    }
}

extension Table {
    /// The positions of two different columns.
    ///
    /// - Throws: ``ModelError`` with code `features` for a column that is not there,
    ///   `invalidRecipe` for the same one twice.
    func positions(of names: (String, String)) throws(ModelError) -> (Int, Int) {
        guard names.0 != names.1 else {
            throw ModelError(.invalidRecipe, "a surface over '\(names.0)' alone")
        }
        return (try position(of: names.0), try position(of: names.1))
    }
}
