// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension FeatureSelection: CanonicalCodable {
    /// Appends a byte for the criterion, its parameters, and the columns.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch criterion {
        case .variance(let limit):
            encoder.encode(UInt8(0))
            encoder.encode(limit)
        case .informationValue(let rule, let bins):
            encoder.encode(UInt8(1))
            encoder.encode(rule)
            encoder.encode(bins)
        case .mutualInformation(let rule, let estimator):
            encoder.encode(UInt8(2))
            encoder.encode(rule)
            switch estimator {
            case .binned(let bins):
                encoder.encode(UInt8(0))
                encoder.encode(bins)
            case .nearestNeighbours(let count):
                encoder.encode(UInt8(1))
                encoder.encode(count)
            }
        case .correlation(let limit, let coefficient, let preference):
            encoder.encode(UInt8(3))
            encoder.encode(limit)
            encoder.encode(caseOf: coefficient)
            switch preference {
            case .first: encoder.encode(UInt8(0))
            case .informationValue(let bins):
                encoder.encode(UInt8(1))
                encoder.encode(bins)
            }
        case .varianceInflation(let limit):
            encoder.encode(UInt8(4))
            encoder.encode(limit)
        }
        encoder.encode(columns: columns)
    }

    /// Reads a selection.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: criterion = .variance(above: try decoder.decodeDouble())
        case 1:
            criterion = .informationValue(
                try Rule(from: &decoder), bins: try decoder.decodeInt())
        case 2:
            let rule = try Rule(from: &decoder)
            switch try decoder.decodeUInt8() {
            case 0:
                criterion = .mutualInformation(
                    rule, estimator: .binned(try decoder.decodeInt()))
            case 1:
                criterion = .mutualInformation(
                    rule, estimator: .nearestNeighbours(try decoder.decodeInt()))
            case let tag: throw decoder.error("unknown estimator \(tag)")
            }
        case 3:
            let limit = try decoder.decodeDouble()
            let coefficient: CorrelationCoefficient = try decoder.decodeCase()
            switch try decoder.decodeUInt8() {
            case 0: criterion = .correlation(above: limit, coefficient, preference: .first)
            case 1:
                criterion = .correlation(
                    above: limit, coefficient,
                    preference: .informationValue(bins: try decoder.decodeInt()))
            case let tag: throw decoder.error("unknown preference \(tag)")
            }
        case 4: criterion = .varianceInflation(above: try decoder.decodeDouble())
        case let tag: throw decoder.error("unknown criterion \(tag)")
        }
        columns = try decoder.decodeColumns()
    }
}

extension FeatureSelection.Rule: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .atLeast(let limit):
            encoder.encode(UInt8(0))
            encoder.encode(limit)
        case .between(let lower, let upper):
            encoder.encode(UInt8(1))
            encoder.encode(lower)
            encoder.encode(upper)
        case .highest(let count):
            encoder.encode(UInt8(2))
            encoder.encode(count)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .atLeast(try decoder.decodeDouble())
        case 1: self = .between(try decoder.decodeDouble(), try decoder.decodeDouble())
        case 2: self = .highest(try decoder.decodeInt())
        case let tag: throw decoder.error("unknown rule \(tag)")
        }
    }
}
