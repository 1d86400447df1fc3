// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import CreditCanonicalBytes
internal import LinearAlgebra

/// The means and spreads that a network takes out of columns before it reads them.
struct ColumnScaling: Hashable, Sendable {
    let means, scales: [Double]

    /// Means and standard deviations of weighted rows; a column without spread is only centred.
    init(_ values: Matrix<Double>, weights: [Double]) {
        let columns = values.columnCount
        var means = [Double](repeating: 0, count: columns)
        var scales = [Double](repeating: 1, count: columns)
        let total = weights.reduce(0, +)
        // Row by row, since the columns of a row lie side by side.
        values.withSpan { span in
            span.withUnsafeBufferPointer { values in
                guard total > 0 else { return }
                for (row, weight) in weights.enumerated() {
                    for column in 0..<columns {
                        means[column] += weight * values[row * columns + column]
                    }
                }
                for column in 0..<columns { means[column] /= total }
                var squares = [Double](repeating: 0, count: columns)
                for (row, weight) in weights.enumerated() {
                    for column in 0..<columns {
                        let difference = values[row * columns + column] - means[column]
                        squares[column] += weight * (difference * difference)
                    }
                }
                for column in 0..<columns {
                    let spread = (squares[column] / total).squareRoot()
                    // A constant column has a spread of rounding errors only.
                    if spread > 1e-12 * max(1, abs(means[column])) { scales[column] = spread }
                }
            }
        }
        (self.means, self.scales) = (means, scales)
    }

    /// Numbers (rows x columns) as a network reads them, or a range of their rows.
    func scaled(_ values: Matrix<Double>, rows: Range<Int>? = nil) -> [Float] {
        let columns = means.count
        guard columns > 0 else { return [] }
        let rows = rows ?? 0..<values.rowCount
        let count = rows.count * columns
        return values.withSpan { span in
            span.withUnsafeBufferPointer { values in
                [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
                    if let base = values.baseAddress, let target = buffer.baseAddress {
                        let source = base + rows.lowerBound * columns
                        concurrently(rows.count, minimum: 1 << 13) { first, rows in
                            credit_scale_rows_f32(
                                rows, columns, source + first * columns, means, scales,
                                target + first * columns)
                        }
                    }
                    initialised = count
                }
            }
        }
    }

    /// One row as a network reads it.
    func scaled(_ row: [Double]) -> [Float] {
        row.indices.map { Self.scaled(row[$0], means[$0], scales[$0]) }
    }

    /// One number as a network reads it; numbers far outside those of the training stay finite.
    static func scaled(_ value: Double, _ mean: Double, _ scale: Double) -> Float {
        Float(Swift.min(Swift.max((value - mean) / scale, -1e30), 1e30))
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(means) { $0.encode($1) }
        encoder.encode(scales) { $0.encode($1) }
    }

    init(from decoder: inout CanonicalDecoder, count: Int) throws(CanonicalDecodingError) {
        means = try decoder.decodeDoubles()
        scales = try decoder.decodeDoubles()
        guard means.count == count, scales.count == count, means.allSatisfy({ $0.isFinite }),
            scales.allSatisfy({ $0 > 0 && $0.isFinite })
        else { throw decoder.error("scales that do not belong to \(count) columns") }
    }
}
