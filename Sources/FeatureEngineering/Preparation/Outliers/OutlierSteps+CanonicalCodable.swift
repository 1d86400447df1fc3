// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension Winsorisation: CanonicalCodable {
    /// Appends the rule as a tag byte and its numbers, then the columns.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch rule {
        case .shares(let lower, let upper):
            encoder.encode(UInt8(0))
            encoder.encode(lower)
            encoder.encode(upper)
        case .limits(let lower, let upper):
            encoder.encode(UInt8(1))
            encoder.encode(optional: lower) { $0.encode($1) }
            encoder.encode(optional: upper) { $0.encode($1) }
        case .interquartileRange(let multiple):
            encoder.encode(UInt8(2))
            encoder.encode(multiple)
        case .medianAbsoluteDeviation(let multiple):
            encoder.encode(UInt8(3))
            encoder.encode(multiple)
        }
        encoder.encode(optional: columns) { $0.encode(strings: $1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        rule =
            switch try decoder.decodeUInt8() {
            case 0:
                .shares(lower: try decoder.decodeDouble(), upper: try decoder.decodeDouble())
            case 1:
                .limits(
                    lower: try decoder.decodeOptionalDouble(),
                    upper: try decoder.decodeOptionalDouble())
            case 2: .interquartileRange(multiple: try decoder.decodeDouble())
            case 3: .medianAbsoluteDeviation(multiple: try decoder.decodeDouble())
            case let tag: throw decoder.error("unknown rule of winsorising \(tag)")
            }
        columns = try decoder.decodeColumns()
    }
}

extension OutlierElimination.Rule: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .interquartileRange(let multiple):
            encoder.encode(UInt8(0))
            encoder.encode(multiple)
        case .medianAbsoluteDeviation(let multiple):
            encoder.encode(UInt8(1))
            encoder.encode(multiple)
        case .mahalanobis(let probability):
            encoder.encode(UInt8(2))
            encoder.encode(probability)
        case .robustMahalanobis(let probability, let seed):
            encoder.encode(UInt8(3))
            encoder.encode(probability)
            encoder.encode(seed)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self =
            switch try decoder.decodeUInt8() {
            case 0: .interquartileRange(multiple: try decoder.decodeDouble())
            case 1: .medianAbsoluteDeviation(multiple: try decoder.decodeDouble())
            case 2: .mahalanobis(probability: try decoder.decodeDouble())
            case 3:
                .robustMahalanobis(
                    probability: try decoder.decodeDouble(), seed: try decoder.decodeUInt64())
            case let tag: throw decoder.error("unknown rule of outliers \(tag)")
            }
    }
}

extension OutlierElimination: CanonicalCodable {
    /// Appends the rule as a tag byte and its numbers, then the columns.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(rule)
        encoder.encode(optional: columns) { $0.encode(strings: $1) }
    }

    /// Reads the parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        rule = try Rule(from: &decoder)
        columns = try decoder.decodeColumns()
    }
}

extension FittedOutlierElimination: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(report.rule)
        encoder.encode(report.rowCount)
        encoder.encode(report.outlierCount)
        encoder.encode(report.fences) { encoder, fence in
            encoder.encode(fence.column)
            encoder.encode(fence.lower)
            encoder.encode(fence.upper)
            encoder.encode(fence.belowCount)
            encoder.encode(fence.aboveCount)
        }
        encoder.encode(optional: report.distances) { encoder, distances in
            encoder.encode(strings: distances.columns)
            encoder.encode(distances.centre) { $0.encode($1) }
            encoder.encode(distances.covariance) { $0.encode($1) }
            encoder.encode(distances.threshold)
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let rule = try OutlierElimination.Rule(from: &decoder)
        var report = OutlierReport(rule: rule, rowCount: try decoder.decodeInt())
        report.outlierCount = try decoder.decodeInt()
        report.fences = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            OutlierReport.Fence(
                column: try decoder.decodeString(), lower: try decoder.decodeDouble(),
                upper: try decoder.decodeDouble(), belowCount: try decoder.decodeInt(),
                aboveCount: try decoder.decodeInt())
        }
        report.distances = try decoder.decodeOptional {
            (decoder) throws(CanonicalDecodingError) in
            OutlierReport.Distances(
                columns: try decoder.decodeStrings(), centre: try decoder.decodeDoubles(),
                covariance: try decoder.decodeDoubles(), threshold: try decoder.decodeDouble())
        }
        self.init(report: report)
    }
}

extension CanonicalDecoder {
    fileprivate mutating func decodeOptionalDouble() throws(CanonicalDecodingError) -> Double? {
        try decodeOptional { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeDouble()
        }
    }
}
