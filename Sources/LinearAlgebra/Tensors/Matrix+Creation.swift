// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// Creates a matrix from its columns; no column gives the 0 x 0 matrix.
    ///
    /// - Precondition: All columns have the same count.
    public init(columns: [[Scalar]]) {
        let rowCount = columns.first?.count ?? 0
        for (index, column) in columns.enumerated() {
            precondition(
                column.count == rowCount,
                "column \(index) has \(column.count) elements, column 0 has \(rowCount)")
        }
        self.init(rowCount: rowCount, columnCount: columns.count) { columns[$1][$0] }
    }

    /// Creates a matrix by asking for each element, row by row.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows.
    ///   - columnCount: The number of columns.
    ///   - element: Gives the element of a row and a column.
    /// - Precondition: Counts are not negative.
    public init<Failure: Error>(
        rowCount: Int, columnCount: Int, elementAt element: (Int, Int) throws(Failure) -> Scalar
    ) throws(Failure) {
        self.init(rowCount: rowCount, columnCount: columnCount, repeating: 0)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                storage[row * columnCount + column] = try element(row, column)
            }
        }
    }

    /// The matrix of `rowCount` x `columnCount` ones.
    ///
    /// - Precondition: Counts are not negative.
    public static func ones(_ rowCount: Int, _ columnCount: Int) -> Tensor {
        Tensor(rowCount: rowCount, columnCount: columnCount, repeating: 1)
    }
}
