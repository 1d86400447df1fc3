// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Dense or sparse feature rows with the operations that linear machines need.
enum LinearRows: Sendable {
    case dense(Matrix<Double>)
    case sparse(SparseMatrix<Double>)

    var rowCount: Int {
        switch self {
        case .dense(let features): features.rowCount
        case .sparse(let features): features.rowCount
        }
    }

    var columnCount: Int {
        switch self {
        case .dense(let features): features.columnCount
        case .sparse(let features): features.columnCount
        }
    }

    /// The rows at `indices`, in that order.
    func gathering(_ indices: [Int]) -> LinearRows {
        if indices.count == rowCount, indices.elementsEqual(0..<rowCount) { return self }
        switch self {
        case .dense(let features): return .dense(features.gatheringRows(indices))
        case .sparse(let features): return .sparse(features.gatheringRows(indices))
        }
    }

    /// `X w`.
    func product(_ coefficients: Vector<Double>) -> Vector<Double> {
        switch self {
        case .dense(let features): features.matmul(coefficients)
        case .sparse(let features): features.matmul(coefficients)
        }
    }

    /// `X w`, each row in a fixed order that depends on nothing else.
    func orderedProduct(_ coefficients: Vector<Double>) -> Vector<Double> {
        switch self {
        case .dense(let features): features.orderedMatmul(coefficients)
        case .sparse(let features): features.matmul(coefficients)
        }
    }

    /// `Xᵀ r`.
    func transposedProduct(_ rows: Vector<Double>) -> Vector<Double> {
        switch self {
        case .dense(let features): features.transposed.matmul(rows)
        case .sparse(let features): features.transposed.matmul(rows)
        }
    }

    /// `x·x` of a row.
    func square(_ row: Int) -> Double {
        switch self {
        case .dense(let features):
            features.withRow(row) { Double._orderedDot(features.columnCount, $0, $0) } ?? 0
        case .sparse(let features):
            features.positions(ofRow: row).reduce(0) {
                $0 + features.values[$1] * features.values[$1]
            }
        }
    }

    /// `x·w` of a row.
    func dot(_ row: Int, _ coefficients: UnsafeMutablePointer<Double>) -> Double {
        switch self {
        case .dense(let features):
            features.withRow(row) {
                Double._orderedDot(features.columnCount, $0, coefficients)
            } ?? 0
        case .sparse(let features):
            features.positions(ofRow: row).reduce(0) {
                $0 + features.values[$1] * coefficients[features.columnIndices[$1]]
            }
        }
    }

    /// `w += factor x` of a row.
    func add(_ row: Int, times factor: Double, to coefficients: UnsafeMutablePointer<Double>) {
        switch self {
        case .dense(let features):
            _ = features.withRow(row) {
                Double._accumulate(features.columnCount, factor, $0, coefficients)
            }
        case .sparse(let features):
            for position in features.positions(ofRow: row) {
                coefficients[features.columnIndices[position]] +=
                    factor * features.values[position]
            }
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// `sum of v x xᵀ` over the rows of positive `v`, block by block.
    func gramOfWeighted(_ weights: Vector<Double>) -> Matrix<Double> {
        let columns = columnCount
        let blockRows = Swift.max(64, 65_536 / Swift.max(columns, 1))
        var gram = Matrix<Double>.zeros(columns, columns)
        var block = Matrix<Double>.zeros(blockRows, columns)
        var (row, isFirst) = (0, true)
        withSpan { values in
            weights.withSpan { weights in
                while row < rowCount {
                    block.withMutableSpan { scaled in
                        var target = 0
                        while row < rowCount, target < blockRows * columns {
                            if weights[row] > 0 {
                                let root = weights[row].squareRoot()
                                let source = row * columns
                                for column in 0..<columns {
                                    scaled[target + column] = root * values[source + column]
                                }
                                target += columns
                            }
                            row += 1
                        }
                        // Rows of zeros add nothing.
                        for position in target..<blockRows * columns { scaled[position] = 0 }
                    }
                    gram.formGram(of: block, beta: isFirst ? 0 : 1)
                    isFirst = false
                }
            }
        }
        return gram
    }
}
