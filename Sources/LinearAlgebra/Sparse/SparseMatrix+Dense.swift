// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix {
    /// Creates a matrix of the elements of `dense` that are not 0; a NaN is kept.
    ///
    /// - Complexity: O(rowCount * columnCount).
    public init(_ dense: Matrix<Scalar>) {
        var rowOffsets = [0]
        rowOffsets.reserveCapacity(dense.rowCount + 1)
        var columnIndices: [Int] = []
        var values: [Scalar] = []
        for row in 0..<dense.rowCount {
            for column in 0..<dense.columnCount where dense[row, column] != 0 {
                columnIndices.append(column)
                values.append(dense[row, column])
            }
            rowOffsets.append(values.count)
        }
        self.init(
            uncheckedRowCount: dense.rowCount, columnCount: dense.columnCount,
            rowOffsets: rowOffsets, columnIndices: columnIndices, values: values)
    }

    /// The same matrix with every element stored.
    ///
    /// - Complexity: O(rowCount * columnCount) time and memory.
    public func dense() -> Matrix<Scalar> {
        var dense = Matrix<Scalar>.zeros(rowCount, columnCount)
        dense.withMutablePointer { output in
            for row in 0..<rowCount {
                for position in rowOffsets[row]..<rowOffsets[row + 1] {
                    output[row * columnCount + columnIndices[position]] = values[position]
                }
            }
        }
        return dense
    }

    /// The same matrix without stored zeros.
    ///
    /// - Complexity: O(rowCount + stored elements).
    public func removingZeros() -> SparseMatrix {
        var kept: (offsets: [Int], columns: [Int], values: [Scalar]) = ([0], [], [])
        for row in 0..<rowCount {
            for position in rowOffsets[row]..<rowOffsets[row + 1] where values[position] != 0 {
                kept.columns.append(columnIndices[position])
                kept.values.append(values[position])
            }
            kept.offsets.append(kept.values.count)
        }
        return SparseMatrix(
            uncheckedRowCount: rowCount, columnCount: columnCount, rowOffsets: kept.offsets,
            columnIndices: kept.columns, values: kept.values)
    }
}
