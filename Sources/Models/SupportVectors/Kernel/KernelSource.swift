// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// Training rows whose kernel values are computed, or read where they are given.
struct KernelSource: Sendable {
    /// Rows as they were given (rows x features), or kernel values (rows x rows).
    let matrix: Matrix<Double>
    /// `nil` where values are given.
    let kernel: RowKernel?

    /// `k(x, x)` of a row.
    func diagonal(_ row: Int) -> Double {
        guard let kernel else { return matrix[row, row] }
        return matrix.withRow(row) {
            kernel.value(withItself: sumOfSquares($0, count: matrix.columnCount))
        } ?? 0
    }

    /// Refuses rows whose kernel values leave the range of single precision, in which they are kept.
    ///
    /// - Throws: ``ModelError`` with code `invalidValue`.
    func checkRange(_ rows: [Int], names: [String]) throws(ModelError) {
        if kernel == nil {
            guard matrix.rowCount == matrix.columnCount else {
                throw ModelError(
                    .wrongWidth,
                    "given kernel values are \(matrix.rowCount) x \(matrix.columnCount), "
                        + "not square")
            }
        }
        let limit = 1e30
        for row in rows {
            let value = diagonal(row)
            guard abs(value) <= limit else {
                throw ModelError(
                    .invalidValue,
                    "the kernel of row \(row) with itself is \(value), not within \(limit): "
                        + "scale the columns first")
            }
        }
    }
}

/// Kernel values of any training row with a fixed list of rows.
struct KernelTargets: Sendable {
    private let source: KernelSource
    private let rows: [Int]
    private let panels: RowPanels?

    init(_ source: KernelSource, rows: [Int]) {
        self.source = source
        self.rows = rows
        panels = source.kernel == nil ? nil : RowPanels(source.matrix, rows: rows)
    }

    var count: Int { rows.count }

    /// Writes the values of a row with all targets.
    func write(_ row: Int, to output: UnsafeMutablePointer<Float>) {
        source.matrix.withRow(row) { values in
            if let kernel = source.kernel, let panels {
                let square = sumOfSquares(values, count: panels.features)
                panels.write(kernel, of: values, square: square, to: output)
            } else {
                for (position, column) in rows.enumerated() {
                    output[position] = Float(values[column])
                }
            }
        }
    }

    /// Adds the sum of factors times the rows of values, in their order, to `sums` (one per target).
    func accumulate(_ terms: [(row: Int, factor: Double)], to sums: UnsafeMutablePointer<Double>) {
        let work = max(1, 200_000 / max(1, terms.count))
        concurrently(count, minimum: work, block: 512) { start, length in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 512) { buffer in
                guard let values = buffer.baseAddress else { return }
                for first in stride(from: start, to: start + length, by: 512) {
                    let part = min(512, start + length - first)
                    for term in terms {
                        write(term.row, first, part, to: values)
                        PairSteps.accumulate(part, term.factor, values, sums + first)
                    }
                }
            }
        }
    }

    private func write(
        _ row: Int, _ first: Int, _ length: Int, to output: UnsafeMutablePointer<Float>
    ) {
        source.matrix.withRow(row) { values in
            if let kernel = source.kernel, let panels {
                let square = sumOfSquares(values, count: panels.features)
                panels.write(kernel, of: values, square: square, first, length, to: output)
            } else {
                for position in 0..<length {
                    output[position] = Float(values[rows[first + position]])
                }
            }
        }
    }
}

extension Tensor where rank == 2, Scalar == Double {
    /// A matrix of one row, which may be empty.
    static func row(_ elements: [Double]) -> Tensor {
        Matrix(rowCount: 1, columnCount: elements.count, elements: elements)
    }

    /// Lends all elements.
    func withElements<Result>(_ body: (UnsafePointer<Double>) -> Result) -> Result? {
        withSpan { span in
            span.withUnsafeBufferPointer { $0.baseAddress.map(body) }
        }
    }

    /// Lends the values of a row.
    func withRow<Result>(_ row: Int, _ body: (UnsafePointer<Double>) -> Result) -> Result? {
        withElements { body($0 + row * columnCount) }
    }
}
