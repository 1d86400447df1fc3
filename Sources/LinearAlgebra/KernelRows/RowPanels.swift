// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// Rows in panels of 32, so that kernel values of one row with all of them run in vector registers.
///
/// Values do not depend on the processor, the number of threads, the BLAS or the rows around a row,
/// and `k(x, z)` has the bits of `k(z, x)`.
package struct RowPanels: Sendable {
    private static let width = 32

    /// The number of rows.
    package let count: Int
    /// The number of values of a row.
    package let features: Int
    /// The sum of squares of every row.
    package let squares: [Double]
    private let elements: [Double]

    /// The rows of `matrix` at `indices`, in that order.
    package init(_ matrix: Matrix<Double>, rows indices: some RandomAccessCollection<Int>) {
        let (count, features) = (indices.count, matrix.columnCount)
        let panels = (count + Self.width - 1) / Self.width
        var elements = [Double](repeating: 0, count: panels * features * Self.width)
        var squares = [Double](repeating: 0, count: panels * Self.width)
        matrix.withSpan { values in
            for (position, row) in indices.enumerated() {
                let (panel, lane) = position.quotientAndRemainder(dividingBy: Self.width)
                var target = panel * features * Self.width + lane
                var square = 0.0
                for source in row * features..<(row + 1) * features {
                    let value = values[source]
                    elements[target] = value
                    square += value * value
                    target += Self.width
                }
                squares[position] = square
            }
        }
        self.count = count
        self.features = features
        self.squares = squares
        self.elements = elements
    }

    /// Writes the kernel values of `row` with all rows, rounded to `Float`, on several threads where
    /// that pays.
    package func write(
        _ kernel: RowKernel, of row: UnsafePointer<Double>, square: Double,
        to output: UnsafeMutablePointer<Float>
    ) {
        let minimum = 300_000 / (features + 8)
        concurrently(count, minimum: minimum, block: 512) { start, length in
            write(kernel, of: row, square: square, start, length, to: output + start)
        }
    }

    /// Writes the values with `length` rows from `start` on, a multiple of 32, on this thread.
    package func write(
        _ kernel: RowKernel, of row: UnsafePointer<Double>, square: Double, _ start: Int,
        _ length: Int, to output: UnsafeMutablePointer<Float>
    ) {
        credit_kernel_row_f32(
            kernel.parameters, start, length, features, elements, squares, row, square, output)
    }

    /// Writes the kernel values of `row` with all rows on this thread.
    package func write(
        _ kernel: RowKernel, of row: UnsafePointer<Double>, square: Double,
        to output: UnsafeMutablePointer<Double>
    ) {
        credit_kernel_row_f64(
            kernel.parameters, 0, count, features, elements, squares, row, square, output)
    }
}

/// The sum of squares of a row, in the order of its values.
package func sumOfSquares(_ row: UnsafePointer<Double>, count: Int) -> Double {
    (0..<count).reduce(0) { $0 + row[$1] * row[$1] }
}
