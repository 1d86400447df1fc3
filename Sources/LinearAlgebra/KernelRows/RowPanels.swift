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
    /// The sums of squares of the rows of all panels.
    private let squares: [Double]
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
                for source in row * features..<(row + 1) * features {
                    elements[target] = values[source]
                    target += Self.width
                }
            }
        }
        credit_panel_squares(squares.count, features, elements, &squares)
        self.count = count
        self.features = features
        self.squares = squares
        self.elements = elements
    }

    /// Writes the kernel values of rows of `matrix` with the rows from `start` on, a multiple of 32,
    /// those of row `numbers[k]` to row `places[k]` of `output`, whose rows are `stride` apart.
    package func write(
        _ kernel: RowKernel, of matrix: UnsafePointer<Double>, _ numbers: [Int], _ start: Int,
        _ length: Int, to output: UnsafeMutablePointer<Float>, _ places: [Int], stride: Int
    ) {
        precondition(start % Self.width == 0, "panels begin at multiples of 32, not at \(start)")
        elements.withUnsafeBufferPointer { panels in
            squares.withUnsafeBufferPointer { squares in
                guard let panels = panels.baseAddress, let squares = squares.baseAddress else {
                    return
                }
                credit_kernel_rows_f32(
                    kernel.parameters, length, features, panels + start * features,
                    squares + start, numbers.count, matrix, numbers, output, places, stride)
            }
        }
    }

    /// Writes the kernel values of rows of `matrix` with all rows, those of row `numbers[k]` to row
    /// `numbers[k]` of `output`.
    package func write(
        _ kernel: RowKernel, of matrix: UnsafePointer<Double>, _ numbers: [Int],
        to output: UnsafeMutablePointer<Double>
    ) {
        credit_kernel_rows_f64(
            kernel.parameters, count, features, elements, squares, numbers.count, matrix, numbers,
            output, numbers, count)
    }
}

/// The sum of squares of a row, in the order of its values.
package func sumOfSquares(_ row: UnsafePointer<Double>, count: Int) -> Double {
    (0..<count).reduce(0) { $0.addingProduct(row[$1], row[$1]) }
}
