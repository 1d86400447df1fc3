// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

/// Shapley values of rows: how much each column moves a row's output away from the base.
///
/// For every row `base + sum of its values = output`, up to rounding.
///
/// Source: Shapley, A value for n-person games, 1953; Lundberg and Lee, A unified approach to
/// interpreting model predictions, 2017, arXiv:1705.07874.
public struct ShapleyValues: Codable, Hashable, Sendable {
    /// The columns, or groups of them.
    public let names: [String]

    /// The mean output of the background.
    public let base: Double

    /// The value of each column of each row (rows x columns), in units of the output.
    public let values: Matrix<Double>

    /// The model's output of each row.
    public let outputs: [Double]

    /// Values from an explanation of your own.
    ///
    /// - Throws: ``ModelError`` with code `incompatible` where the sizes differ.
    public init(
        names: [String], base: Double, values: Matrix<Double>, outputs: [Double]
    ) throws(ModelError) {
        guard values.columnCount == names.count, values.rowCount == outputs.count else {
            throw ModelError(
                .incompatible,
                "values of \(values.rowCount) x \(values.columnCount) for \(outputs.count) rows "
                    + "of \(names.count) columns")
        }
        self.init(checkedNames: names, base: base, values: values, outputs: outputs)
    }

    init(checkedNames names: [String], base: Double, values: Matrix<Double>, outputs: [Double]) {
        self.names = names
        self.base = base
        self.values = values
        self.outputs = outputs
    }

    /// The mean size of the values of each column over all rows: the importance of columns.
    public var meanSizes: [Double] {
        names.indices.map { column in
            let sizes = values.column(column).elements.map { abs($0) }
            return sizes.reduce(0, +) / Double(sizes.count)
        }
    }

    /// The largest distance of a row's output from the base and the sum of its values: 0 up to
    /// rounding for what this library computes.
    public var additivityError: Double {
        outputs.indices.map { row in
            abs(values.row(row).elements.reduce(base, +) - outputs[row])
        }
        .max() ?? 0
    }

    /// The values of groups of columns: the sums of their columns' values.
    ///
    /// - Parameter groups: such as ``PipelineModel/columnGroups``; the columns that are in none
    ///   stay alone, behind them.
    /// - Throws: ``ModelError`` with code `features` for an unknown column or one in two groups.
    public func grouped(_ groups: [FeatureGroup]) throws(ModelError) -> ShapleyValues {
        let groups = try ColumnGroups(groups, of: names)
        var sums = Matrix<Double>.zeros(outputs.count, groups.names.count)
        for row in outputs.indices {
            for (index, columns) in groups.members.enumerated() {
                sums[row, index] = columns.reduce(0) { $0 + values[row, $1] }
            }
        }
        return ShapleyValues(checkedNames: groups.names, base: base, values: sums, outputs: outputs)
    }
}
