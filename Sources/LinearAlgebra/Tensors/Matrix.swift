// SPDX-License-Identifier: Apache-2.0

/// A tensor of rank 2, of shape (rows x columns).
public typealias Matrix<Scalar: LinearAlgebraScalar> = Tensor<2, Scalar>

extension Tensor where rank == 2 {
    /// Creates a matrix of `rowCount` x `columnCount` that shares the row-major `elements`.
    ///
    /// - Precondition: Counts are not negative and `elements.count` is their product.
    public init(rowCount: Int, columnCount: Int, elements: [Scalar]) {
        self.init(shape: [rowCount, columnCount], elements: elements)
    }

    /// Creates a matrix of `rowCount` x `columnCount` with every element equal to `value`.
    ///
    /// - Precondition: Counts are not negative.
    public init(rowCount: Int, columnCount: Int, repeating value: Scalar) {
        self.init(shape: [rowCount, columnCount], repeating: value)
    }

    /// Creates a matrix from its rows; no row gives the 0 x 0 matrix.
    ///
    /// - Precondition: All rows have the same count.
    public init(rows: [[Scalar]]) {
        let columnCount = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() {
            precondition(
                row.count == columnCount,
                "row \(index) has \(row.count) elements, row 0 has \(columnCount)")
        }
        self.init(uncheckedShape: [rows.count, columnCount], storage: Array(rows.joined()))
    }

    /// The matrix of `rowCount` x `columnCount` zeros.
    ///
    /// - Precondition: Counts are not negative.
    public static func zeros(_ rowCount: Int, _ columnCount: Int) -> Tensor {
        Tensor(rowCount: rowCount, columnCount: columnCount, repeating: 0)
    }

    /// The identity matrix of `count` x `count`.
    ///
    /// - Precondition: `count` is not negative.
    public static func identity(_ count: Int) -> Tensor { diagonal(.ones(count)) }

    /// The square matrix with `values` on its diagonal and zeros elsewhere.
    public static func diagonal(_ values: Vector<Scalar>) -> Tensor {
        var matrix = zeros(values.count, values.count)
        for index in values.indices { matrix[index, index] = values[index] }
        return matrix
    }

    /// The number of rows.
    @inlinable
    public var rowCount: Int { shape[0] }

    /// The number of columns.
    @inlinable
    public var columnCount: Int { shape[1] }

    /// The element in row `row` and column `column`.
    ///
    /// - Precondition: `row` is in `0..<rowCount` and `column` in `0..<columnCount`.
    @inlinable
    public subscript(row: Int, column: Int) -> Scalar {
        get { storage[offset(row, column)] }
        set { storage[offset(row, column)] = newValue }
    }

    @inlinable
    func offset(_ row: Int, _ column: Int) -> Int {
        // Negative positions are large ones here.
        precondition(
            UInt(bitPattern: row) < UInt(bitPattern: shape[0])
                && UInt(bitPattern: column) < UInt(bitPattern: shape[1]),
            "position out of the matrix")
        return row &* shape[1] &+ column
    }
}
