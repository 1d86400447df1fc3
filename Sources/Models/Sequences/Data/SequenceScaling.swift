// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// The means and spreads that a network takes out of its inputs before it reads them.
struct SequenceScaling: Hashable, Sendable {
    var stepMeans, stepScales, staticMeans, staticScales: [Double]

    /// Means and standard deviations, where every step of a row counts by the row's weight; a
    /// feature without spread is only centred.
    init(_ inputs: SequenceInputs, weights: [Double]) {
        let offsets = inputs.sequences.offsets
        let stepWeights = weights.indices.flatMap { row in
            repeatElement(weights[row], count: offsets[row + 1] - offsets[row])
        }
        (stepMeans, stepScales) = Self.moments(inputs.sequences.values, stepWeights)
        (staticMeans, staticScales) = Self.moments(inputs.statics, weights)
    }

    static func moments(
        _ values: Matrix<Double>, _ weights: [Double]
    ) -> ([Double], [Double]) {
        let columns = values.columnCount
        var means = [Double](repeating: 0, count: columns)
        var scales = [Double](repeating: 1, count: columns)
        let total = weights.reduce(0, +)
        guard total > 0 else { return (means, scales) }
        // Row by row, since the columns of a row lie side by side.
        values.withSpan { span in
            span.withUnsafeBufferPointer { values in
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
        return (means, scales)
    }

    /// The inputs as a network reads them, or a range of their rows.
    func source(_ inputs: SequenceInputs, rows: Range<Int>? = nil) -> SequenceSource<Float> {
        let rows = rows ?? 0..<inputs.count
        let offsets = inputs.sequences.offsets[rows.lowerBound...rows.upperBound]
        let steps = offsets[rows.lowerBound]..<offsets[rows.upperBound]
        return SequenceSource(
            values: Self.scaled(inputs.sequences.values, rows: steps, stepMeans, stepScales),
            offsets: offsets.map { $0 - steps.lowerBound }, featureCount: stepMeans.count,
            statics: Self.scaled(inputs.statics, rows: rows, staticMeans, staticScales),
            staticCount: staticMeans.count)
    }

    static func scaled(
        _ values: Matrix<Double>, rows: Range<Int>? = nil, _ means: [Double], _ scales: [Double]
    ) -> [Float] {
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

    /// One number as a network reads it; numbers far outside those of the training stay finite.
    static func scaled(_ value: Double, _ mean: Double, _ scale: Double) -> Float {
        Float(Swift.min(Swift.max((value - mean) / scale, -1e30), 1e30))
    }
}

extension SequenceScaling {
    func encode(to encoder: inout CanonicalEncoder) {
        for numbers in [stepMeans, stepScales, staticMeans, staticScales] {
            encoder.encode(numbers) { $0.encode($1) }
        }
    }

    init(
        from decoder: inout CanonicalDecoder, stepCount: Int, staticCount: Int
    ) throws(CanonicalDecodingError) {
        stepMeans = try decoder.decodeDoubles()
        stepScales = try decoder.decodeDoubles()
        staticMeans = try decoder.decodeDoubles()
        staticScales = try decoder.decodeDoubles()
        guard stepMeans.count == stepCount, stepScales.count == stepCount,
            staticMeans.count == staticCount, staticScales.count == staticCount,
            (stepMeans + staticMeans).allSatisfy({ $0.isFinite }),
            (stepScales + staticScales).allSatisfy({ $0 > 0 && $0.isFinite })
        else { throw decoder.error("scales that do not belong to their means") }
    }
}
