// SPDX-License-Identifier: Apache-2.0

/// Variance inflation factors from correlations, and the columns that bring them down.
struct VarianceInflation {
    /// The inverse of the correlations of the columns that are left.
    private var inverse: [[Double]]
    /// The positions of the columns that are left, ascending.
    private(set) var columns: [Int]
    /// The positions of the columns that are linear combinations of those before.
    let collinear: [Int]

    /// The share of a column's variance below which its remainder is rounding.
    private static let tolerance = 1e-10

    /// - Complexity: O(count^2 rows + count^3).
    init(_ correlation: ColumnCorrelation, count: Int) {
        // Rows of the Cholesky factor of the columns that are kept, and of its inverse.
        var factor: [[Double]] = []
        var inverseFactor: [[Double]] = []
        var kept: [Int] = []
        var collinear: [Int] = []
        for column in 0..<count {
            var row: [Double] = []
            var remainder = correlation.isConstant(column) ? 0.0 : 1
            for index in kept.indices {
                let projected = zip(row, factor[index]).reduce(
                    correlation[column, kept[index]]
                ) { $0 - $1.0 * $1.1 }
                row.append(projected / factor[index][index])
                remainder -= row[index] * row[index]
            }
            guard remainder > Self.tolerance else {
                collinear.append(column)
                continue
            }
            let diagonal = remainder.squareRoot()
            inverseFactor.append(
                kept.indices.map { index in
                    -(index..<kept.count).reduce(0) { $0 + row[$1] * inverseFactor[$1][index] }
                        / diagonal
                } + [1 / diagonal])
            factor.append(row + [diagonal])
            kept.append(column)
        }
        let inverseRows = inverseFactor
        inverse = kept.indices.map { first in
            kept.indices.map { second in
                (max(first, second)..<kept.count).reduce(0) {
                    $0 + inverseRows[$1][first] * inverseRows[$1][second]
                }
            }
        }
        columns = kept
        self.collinear = collinear
    }

    /// The inflation of each column that is left.
    var factors: [Double] { inverse.indices.map { max(1, inverse[$0][$0]) } }

    /// Takes the column at `index` of ``columns`` out.
    mutating func remove(at index: Int) {
        let pivot = inverse[index]
        for row in inverse.indices {
            let share = inverse[row][index] / pivot[index]
            for column in pivot.indices { inverse[row][column] -= share * pivot[column] }
            inverse[row].remove(at: index)
        }
        inverse.remove(at: index)
        columns.remove(at: index)
    }
}
