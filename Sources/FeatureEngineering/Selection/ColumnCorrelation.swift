// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// Correlations of columns whose last bit does not depend on the order of the rows.
///
/// Columns are scaled to norm 1 and their products summed as multiples of 2^-62, which is exact;
/// n rows cost an error of at most n 2^-63.
struct ColumnCorrelation {
    /// The centred columns of norm 1; zeros for a constant column.
    private var columns: [[Double]] = []

    /// Appends a column, or its ranks.
    mutating func append(
        _ values: [Double], _ coefficient: FeatureSelection.CorrelationCoefficient = .pearson
    ) {
        let values = coefficient == .pearson ? values : Vector(values).ranks().elements
        let mean = Statistics.mean(values)
        let deviations = values.map { $0 - mean }
        let largest = deviations.reduce(0) { max($0, $1.magnitude) }
        guard largest > 0, values.contains(where: { $0 != values[0] }) else {
            columns.append([Double](repeating: 0, count: values.count))
            return
        }
        // Relative to the largest, so that squares neither overflow nor vanish.
        let ratios = deviations.map { $0 / largest }
        let norm = Statistics.exactSum(ratios.map { $0 * $0 }).squareRoot()
        columns.append(ratios.map { $0 / norm })
    }

    /// Whether the values of column `index` are all equal.
    func isConstant(_ index: Int) -> Bool { columns[index].allSatisfy { $0 == 0 } }

    /// The correlation of two columns, in -1...1; 0 if one of them is constant.
    subscript(first: Int, second: Int) -> Double {
        var sum: Int64 = 0
        for (x, y) in zip(columns[first], columns[second]) {
            sum &+= Int64((x * y * 0x1p62).rounded())
        }
        return max(-1, min(1, Double(sum) * 0x1p-62))
    }
}
