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

    /// Refuses rows whose kernel values leave the range of single
    /// precision, in which they are kept.
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

    /// Writes the values of training rows with all targets, those of row `numbers[k]` to row
    /// `places[k]` of `output`, whose rows are `stride` apart.
    func write(
        _ numbers: [Int], to output: UnsafeMutablePointer<Float>, _ places: [Int], stride: Int
    ) {
        let work = (source.matrix.columnCount + 16) * max(numbers.count, 1)
        concurrently(count, minimum: 400_000 / work, block: 512) { start, length in
            write(numbers, start, length, to: output + start, places, stride: stride)
        }
    }

    /// Adds the sum of factors times the rows of values, in their
    /// order, to `sums` (one per target).
    func accumulate(_ terms: [(row: Int, factor: Double)], to sums: UnsafeMutablePointer<Double>) {
        let (most, block) = (32, 512)
        let slots = Array(0..<min(most, terms.count))
        concurrently(count, minimum: 200_000 / max(1, terms.count), block: block) { start, length in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: most * block) { buffer in
                guard let values = buffer.baseAddress else { return }
                for first in Swift.stride(from: start, to: start + length, by: block) {
                    let part = min(block, start + length - first)
                    for term in Swift.stride(from: 0, to: terms.count, by: most) {
                        let batch = terms[term..<min(term + most, terms.count)]
                        let slots = slots.count == batch.count ? slots : Array(0..<batch.count)
                        write(
                            batch.map(\.row), first, part, to: values, slots, stride: block)
                        addRows(
                            part, batch.map(\.factor), slots, of: values, stride: block,
                            to: sums + first)
                    }
                }
            }
        }
    }

    private func write(
        _ numbers: [Int], _ first: Int, _ length: Int, to output: UnsafeMutablePointer<Float>,
        _ places: [Int], stride: Int
    ) {
        source.matrix.withElements { matrix in
            if let kernel = source.kernel, let panels {
                panels.write(
                    kernel, of: matrix, numbers, first, length, to: output, places,
                    stride: stride)
                return
            }
            for (number, place) in zip(numbers, places) {
                let values = matrix + number * source.matrix.columnCount
                let output = output + place * stride
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
