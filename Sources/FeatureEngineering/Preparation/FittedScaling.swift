// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Columns that become `offset + (x - centre) / spread * factor`, clipped where there are limits.
package struct FittedScaling: Hashable, Sendable {
    package struct Scale: Hashable, Sendable {
        let column: Int
        let centre: Double
        let spread: Double
    }

    let offset: Double
    let factor: Double
    /// The limits of what comes out.
    let limits: ClosedRange<Double>?
    /// By ascending column.
    var scales: [Scale]

    init(offset: Double = 0, factor: Double = 1, limits: ClosedRange<Double>? = nil) {
        self.offset = offset
        self.factor = factor
        self.limits = limits
        scales = []
    }

    /// Adds a column; a spread of 0 counts as 1.
    mutating func append(
        _ index: Int, _ column: WorkingColumn, centre: Double, spread: Double
    ) throws(FeatureError) {
        guard centre.isFinite, spread.isFinite, spread >= 0 else {
            throw FeatureError(
                .outOfRange, "centre \(centre) and spread \(spread) are too large to divide by",
                column: column.source)
        }
        scales.append(.init(column: index, centre: centre, spread: spread > 0 ? spread : 1))
    }
}

extension FittedScaling: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireNumeric(scales.map(\.column), inputs)
        guard scales.allSatisfy({ $0.centre.isFinite && $0.spread.isFinite && $0.spread > 0 })
        else { throw FeatureError(.invalidParameter, "a column cannot be scaled so") }
        return inputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for scale in scales where !row[scale.column].isNaN {
            let value = offset + (row[scale.column] - scale.centre) / scale.spread * factor
            output[scale.column] =
                limits.map { min(max(value, $0.lowerBound), $0.upperBound) } ?? value
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(offset)
        encoder.encode(factor)
        encoder.encode(optional: limits) { encoder, limits in
            encoder.encode(limits.lowerBound)
            encoder.encode(limits.upperBound)
        }
        encoder.encode(scales) { encoder, scale in
            encoder.encode(scale.column)
            encoder.encode(scale.centre)
            encoder.encode(scale.spread)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        offset = try decoder.decodeDouble()
        factor = try decoder.decodeDouble()
        limits = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
            let lower = try decoder.decodeDouble()
            let upper = try decoder.decodeDouble()
            guard lower <= upper else { throw decoder.error("limits \(lower) and \(upper)") }
            return lower...upper
        }
        scales = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Scale(
                column: try decoder.decodeInt(), centre: try decoder.decodeDouble(),
                spread: try decoder.decodeDouble())
        }
    }
}
