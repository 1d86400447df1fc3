// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The block of the rows and columns of two ranges; on writing, replaces it.
    ///
    /// `0...` stands for all rows or all columns.
    ///
    /// - Precondition: The ranges lie in the matrix, and what is written has the shape of what is
    ///   read.
    /// - Complexity: O(n) in the number of elements of the block.
    public subscript(
        rows: some RangeExpression<Int>, columns: some RangeExpression<Int>
    ) -> Tensor {
        get {
            let (rows, columns) = (resolve(rows, axis: 0), resolve(columns, axis: 1))
            var elements: [Scalar] = []
            elements.reserveCapacity(rows.count * columns.count)
            for row in rows { elements += storage[part(columns, ofRow: row)] }
            return Tensor(uncheckedShape: [rows.count, columns.count], storage: elements)
        }
        set {
            let (rows, columns) = (resolve(rows, axis: 0), resolve(columns, axis: 1))
            precondition(
                newValue.shape == [rows.count, columns.count],
                "a matrix of shape \(describe(newValue.shape)) written to "
                    + "\(rows.count) x \(columns.count) elements")
            for (position, row) in rows.enumerated() {
                copy(
                    newValue, from: position * columns.count, to: part(columns, ofRow: row))
            }
        }
    }

    /// The elements of one row in a range of columns; on writing, replaces them.
    ///
    /// - Precondition: `row` and the range lie in the matrix, and as many elements are written as
    ///   are read.
    public subscript(row: Int, columns: some RangeExpression<Int>) -> Vector<Scalar> {
        get { self[row...row, columns].flattened }
        set { self[row...row, columns] = newValue.reshaped(to: [1, newValue.count]) }
    }

    /// The elements of one column in a range of rows; on writing, replaces them.
    ///
    /// - Precondition: The range and `column` lie in the matrix, and as many elements are written
    ///   as are read.
    public subscript(rows: some RangeExpression<Int>, column: Int) -> Vector<Scalar> {
        get { self[rows, column...column].flattened }
        set { self[rows, column...column] = newValue.reshaped(to: [newValue.count, 1]) }
    }

    /// Replaces column `index` by `values`.
    ///
    /// - Precondition: `index` is in `0..<columnCount` and `values.count` is `rowCount`.
    public mutating func setColumn(_ index: Int, to values: Vector<Scalar>) {
        self[0..., index] = values
    }

    private func part(_ columns: Range<Int>, ofRow row: Int) -> Range<Int> {
        row * columnCount + columns.lowerBound..<row * columnCount + columns.upperBound
    }
}
