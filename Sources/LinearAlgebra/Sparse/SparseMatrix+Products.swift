// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix {
    /// The matrix-vector product: (m x k) times (k) gives (m).
    ///
    /// Each row is summed in the order of its columns.
    ///
    /// - Precondition: `columnCount` equals `vector.count`.
    /// - Complexity: O(m + stored elements).
    public func matmul(_ vector: Vector<Scalar>) -> Vector<Scalar> {
        requireInner(shape, columnCount, vector.count, "\(vector.count)")
        var result = Vector<Scalar>.zeros(rowCount)
        result.withMutablePointer { output in
            withStorage { offsets, columns, values in
                vector.withPointer { x in
                    concurrently(rowCount, minimum: threadedRows(operations: 1), block: 16) {
                        for row in $0..<$0 + $1 {
                            var sum: Scalar = 0
                            for position in offsets[row]..<offsets[row + 1] {
                                sum += values[position] * x[columns[position]]
                            }
                            output[row] = sum
                        }
                    }
                }
            }
        }
        return result
    }

    /// The product with a dense matrix: (m x k) times (k x n) gives (m x n).
    ///
    /// - Precondition: `columnCount` equals `other.rowCount`.
    /// - Complexity: O(m n + stored elements * n).
    public func matmul(_ other: Matrix<Scalar>) -> Matrix<Scalar> {
        requireInner(shape, columnCount, other.rowCount, describe(other.shape))
        let count = other.columnCount
        var result = Matrix<Scalar>.zeros(rowCount, count)
        result.withMutablePointer { output in
            withStorage { offsets, columns, values in
                other.withPointer { b in
                    concurrently(rowCount, minimum: threadedRows(operations: count), block: 1) {
                        for row in $0..<$0 + $1 {
                            for position in offsets[row]..<offsets[row + 1] {
                                Scalar._accumulate(
                                    count, values[position], b + columns[position] * count,
                                    output + row * count)
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// The product of two sparse matrices: (m x k) times (k x n) gives (m x n).
    ///
    /// An element is stored where a stored element of a row meets one of a column, even if the sum
    /// is 0. Row by row after F. G. Gustavson, "Two fast algorithms for sparse matrices", ACM TOMS
    /// 4 (1978), DOI 10.1145/355791.355796.
    ///
    /// - Precondition: `columnCount` equals `other.rowCount`.
    /// - Complexity: O(m + n + multiplications + sorting each row of the result).
    public func matmul(_ other: SparseMatrix) -> SparseMatrix {
        requireInner(shape, columnCount, other.rowCount, other.shape)
        var offsets = [0]
        offsets.reserveCapacity(rowCount + 1)
        var (columnIndices, values): ([Int], [Scalar]) = ([], [])
        var sums = [Scalar](repeating: 0, count: other.columnCount)
        // The last row that reached each column, so that sums need no clearing.
        var reached = [Int](repeating: -1, count: other.columnCount)
        for row in 0..<rowCount {
            let start = columnIndices.count
            for position in rowOffsets[row]..<rowOffsets[row + 1] {
                let factor = self.values[position]
                for inner in other.positions(ofRow: self.columnIndices[position]) {
                    let column = other.columnIndices[inner]
                    if reached[column] != row {
                        reached[column] = row
                        sums[column] = 0
                        columnIndices.append(column)
                    }
                    sums[column] += factor * other.values[inner]
                }
            }
            columnIndices[start...].sort()
            for column in columnIndices[start...] { values.append(sums[column]) }
            offsets.append(columnIndices.count)
        }
        return SparseMatrix(
            uncheckedRowCount: rowCount, columnCount: other.columnCount, rowOffsets: offsets,
            columnIndices: columnIndices, values: values)
    }

    /// The rows from which threads pay, given the operations for each stored element.
    private func threadedRows(operations: Int) -> Int {
        storedCount > (1 << 18) / Swift.max(operations, 1) ? 2 : Int.max
    }

    fileprivate func withStorage(
        _ body: (UnsafePointer<Int>, UnsafePointer<Int>, UnsafePointer<Scalar>) -> Void
    ) {
        // Without a stored element every loop is empty, so there is nothing to point at.
        rowOffsets.withUnsafeBufferPointer { offsets in
            columnIndices.withUnsafeBufferPointer { columns in
                values.withUnsafeBufferPointer { values in
                    guard let offsets = offsets.baseAddress, let columns = columns.baseAddress,
                        let values = values.baseAddress
                    else { return }
                    body(offsets, columns, values)
                }
            }
        }
    }
}

extension TransposedSparseMatrix {
    /// The product of the transpose with a vector: (m x k)ᵀ times (m) gives (k).
    ///
    /// Each result is summed in the order of the stored matrix's rows.
    ///
    /// - Precondition: `columnCount` equals `vector.count`.
    /// - Complexity: O(k + stored elements).
    public func matmul(_ vector: Vector<Scalar>) -> Vector<Scalar> {
        requireInner("\(rowCount) x \(columnCount)", columnCount, vector.count, "\(vector.count)")
        var result = Vector<Scalar>.zeros(rowCount)
        result.withMutablePointer { output in
            transposed.withStorage { offsets, columns, values in
                for row in 0..<columnCount {
                    let factor = vector[row]
                    for position in offsets[row]..<offsets[row + 1] {
                        output[columns[position]] += values[position] * factor
                    }
                }
            }
        }
        return result
    }

    /// The product of the transpose with a dense matrix: (m x k)ᵀ times (m x n) gives (k x n).
    ///
    /// - Precondition: `columnCount` equals `other.rowCount`.
    /// - Complexity: O(k n + stored elements * n).
    public func matmul(_ other: Matrix<Scalar>) -> Matrix<Scalar> {
        requireInner(
            "\(rowCount) x \(columnCount)", columnCount, other.rowCount, describe(other.shape))
        let count = other.columnCount
        var result = Matrix<Scalar>.zeros(rowCount, count)
        result.withMutablePointer { output in
            transposed.withStorage { offsets, columns, values in
                other.withPointer { b in
                    // Rows of the result come in any order, so threads share out its columns.
                    let isLong = transposed.storedCount > (1 << 18) / Swift.max(count, 1)
                    concurrently(count, minimum: isLong ? 2 : Int.max, block: 64) { first, length in
                        for row in 0..<columnCount {
                            for position in offsets[row]..<offsets[row + 1] {
                                Scalar._accumulate(
                                    length, values[position], b + row * count + first,
                                    output + columns[position] * count + first)
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}

private func requireInner(_ shape: String, _ inner: Int, _ count: Int, _ other: String) {
    precondition(inner == count, "matmul of shapes \(shape) and \(other)")
}
