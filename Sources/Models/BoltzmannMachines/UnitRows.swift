// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import LinearAlgebra

/// Rows of numbers in one block of memory, each padded with zeros as the kernels need it.
final class UnitRows {
    let rowCount: Int
    let columnCount: Int

    /// The elements from one row to the next.
    let stride: Int

    /// The elements, zeros at first.
    let values: UnsafeMutablePointer<Float>

    init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        let step = Int(CREDIT_UNIT_STEP)
        stride = (columnCount + step - 1) / step * step
        values = .allocate(capacity: max(rowCount * stride, 1))
        values.initialize(repeating: 0, count: max(rowCount * stride, 1))
    }

    deinit { values.deallocate() }

    /// The rows of `matrix`.
    convenience init(_ matrix: Matrix<Float>) {
        self.init(rowCount: matrix.rowCount, columnCount: matrix.columnCount)
        matrix.withSpan { elements in
            for row in 0..<rowCount {
                let target = self[row]
                let start = row * columnCount
                for column in 0..<columnCount { target[column] = elements[start + column] }
            }
        }
    }

    /// One row.
    convenience init(_ vector: [Float]) {
        self.init(rowCount: 1, columnCount: vector.count)
        values.update(from: vector, count: vector.count)
    }

    /// The rows of `matrix` that `rows` names, in Float.
    convenience init(_ matrix: Matrix<Double>, rows: [Int]) {
        self.init(rowCount: rows.count, columnCount: matrix.columnCount)
        matrix.withSpan { elements in
            for (place, row) in rows.enumerated() {
                let target = self[place]
                let start = row * columnCount
                for column in 0..<columnCount { target[column] = Float(elements[start + column]) }
            }
        }
    }

    /// The address of a row.
    subscript(row: Int) -> UnsafeMutablePointer<Float> { values + row * stride }

    /// The numbers without their padding.
    var matrix: Matrix<Float> {
        Matrix(rowCount: rowCount, columnCount: columnCount) { self[$0][$1] }
    }

    /// The first row.
    var vector: [Float] { Array(UnsafeBufferPointer(start: values, count: columnCount)) }

    /// Writes the transpose of these rows.
    func transpose(into other: UnitRows) {
        for row in 0..<rowCount {
            for column in 0..<columnCount { other[column][row] = self[row][column] }
        }
    }
}
