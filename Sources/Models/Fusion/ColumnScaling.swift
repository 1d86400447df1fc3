// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

/// The means and spreads that a network takes out of columns before it reads them.
struct ColumnScaling: Hashable, Sendable {
    let means, scales: [Double]

    /// Means and standard deviations of weighted rows; a column without spread is only centred.
    init(_ values: Matrix<Double>, weights: [Double]) {
        (means, scales) = SequenceScaling.moments(values, weights)
    }

    /// Numbers (rows x columns) as a network reads them.
    func scaled(_ values: Matrix<Double>) -> [Float] {
        SequenceScaling.scaled(values, means, scales)
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
