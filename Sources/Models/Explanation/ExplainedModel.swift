// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// A model as explanations see it: columns in, one number per row out.
struct ExplainedModel {
    /// The columns that the model takes.
    let names: [String]

    /// The explained number of every row.
    let scores: (Table) throws(ModelError) -> [Double]

    init(names: [String], scores: @escaping (Table) throws(ModelError) -> [Double]) {
        self.names = names
        self.scores = scores
    }

    init(_ model: some ClassifierModel, _ output: ExplainedOutput) {
        self.init(names: model.featureNames) { (table) throws(ModelError) in
            try output.values(of: model.probabilities(table.featureMatrix))
        }
    }

    init(_ model: some TableModel, _ output: ExplainedOutput) {
        self.init(names: model.inputNames) { (table) throws(ModelError) in
            try output.values(of: model.probabilities(in: table))
        }
    }
}

extension Table {
    /// The columns `names` of a matrix.
    ///
    /// Which values it takes is for the model to say.
    ///
    /// - Throws: ``ModelError`` with code `wrongWidth`, or `features` for two columns of one name.
    init(_ features: Matrix<Double>, names: [String]) throws(ModelError) {
        guard features.columnCount == names.count else {
            throw ModelError(
                .wrongWidth,
                "\(features.columnCount) columns for a model of \(names.count) features")
        }
        self = try featureStep { () throws(FeatureError) in
            try Table(
                names.indices.map { index in
                    Column(name: names[index], storage: .numeric(features.column(index).elements))
                })
        }
    }

    /// The columns of numbers that ``init(_:names:)`` made.
    var featureMatrix: Matrix<Double> {
        var elements = [Double](repeating: 0, count: rowCount * columnCount)
        for (index, column) in columns.enumerated() {
            for (row, value) in (column.numbers ?? []).enumerated() {
                elements[row * columnCount + index] = value
            }
        }
        return Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
    }

    /// The columns that a model takes, without others such as the target.
    ///
    /// - Throws: ``ModelError`` with code `features` for a column that is not there, `empty` for no
    ///   rows.
    func inputs(_ names: [String]) throws(ModelError) -> Table {
        guard rowCount > 0 else { throw ModelError(.empty, "the table has no rows") }
        return try featureStep { () throws(FeatureError) in try selecting(names) }
    }

    /// The table with other values in the column at `index`.
    func replacing(_ index: Int, with column: Column) throws(ModelError) -> Table {
        var columns = columns
        columns[index] = column
        return try featureStep { () throws(FeatureError) in try Table(columns) }
    }

    /// The position of the column called `name`.
    func position(of name: String) throws(ModelError) -> Int {
        try featureStep { () throws(FeatureError) in try index(of: name) }
    }
}

/// Weights of rows, 1 for all where there are none.
///
/// - Throws: ``ModelError`` with code `invalidWeights`, or `empty` for weights of 0 only.
func checkedWeights(_ weights: [Double]?, rows: Int) throws(ModelError) -> [Double] {
    try ClassificationData.check(weights, rows: rows)
    return weights ?? [Double](repeating: 1, count: rows)
}

/// The mean of `values` with `weights`, summed in their order.
func weightedMean(_ values: some Sequence<Double>, _ weights: [Double]) -> Double {
    var sum = 0.0
    var total = 0.0
    for (value, weight) in zip(values, weights) {
        sum += weight * value
        total += weight
    }
    return sum / total
}
