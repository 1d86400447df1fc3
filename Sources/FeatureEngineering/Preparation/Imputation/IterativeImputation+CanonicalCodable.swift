// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension IterativeImputation: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch regression {
        case .bayesianRidge: encoder.encode(UInt8(0))
        case .ridge(let penalty):
            encoder.encode(UInt8(1))
            encoder.encode(penalty)
        }
        encoder.encode(roundLimit)
        encoder.encode(tolerance)
        encoder.encode(addsIndicators)
        encoder.encode(optional: columns) { $0.encode(strings: $1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        regression =
            switch try decoder.decodeUInt8() {
            case 0: .bayesianRidge
            case 1: .ridge(penalty: try decoder.decodeDouble())
            case let tag: throw decoder.error("unknown regression \(tag)")
            }
        roundLimit = try decoder.decodeInt()
        tolerance = try decoder.decodeDouble()
        addsIndicators = try decoder.decodeBool()
        columns = try decoder.decodeColumns()
    }
}

extension FittedIterativeImputation: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(positions: columns)
        encoder.encode(means) { $0.encode($1) }
        encoder.encode(regressions) { encoder, regression in
            encoder.encode(regression.target)
            encoder.encode(regression.intercept)
            encoder.encode(regression.coefficients) { $0.encode($1) }
        }
        encoder.encode(positions: indicators)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        columns = try decoder.decodePositions()
        means = try decoder.decodeDoubles()
        regressions = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            Regression(
                target: try decoder.decodeInt(), intercept: try decoder.decodeDouble(),
                coefficients: try decoder.decodeDoubles())
        }
        indicators = try decoder.decodePositions()
    }
}
