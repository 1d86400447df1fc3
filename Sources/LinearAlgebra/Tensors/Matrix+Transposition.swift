// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// Replaces the elements by those of the transpose of `matrix`, without a temporary.
    ///
    /// ``TransposedMatrix/materialized()`` gives a new matrix, and in products ``transposed`` moves
    /// nothing.
    ///
    /// - Precondition: This matrix is (matrix.columnCount x matrix.rowCount).
    /// - Complexity: O(rowCount * columnCount).
    public mutating func formTransposition(of matrix: Tensor) {
        precondition(
            rowCount == matrix.columnCount && columnCount == matrix.rowCount,
            "transpose of shape \(describe(matrix.shape)) into \(describe(shape))")
        withMutablePointer { matrix.transpose(into: $0) }
    }

    /// Writes the transpose to `output`.
    func transpose(into output: UnsafeMutablePointer<Scalar>) {
        let (rows, columns) = (rowCount, columnCount)
        withPointer { input in
            // Whole squares of the kernel, so that threads share no cache line.
            concurrently(columns, minimum: threadedRows(rows), block: 64) { first, count in
                Scalar._transpose(
                    rows, count, input + first, columns, output + first * rows, rows)
            }
        }
    }
}
