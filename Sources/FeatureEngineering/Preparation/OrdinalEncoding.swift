// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Turns each categorical column into the position of its level: 0, 1, 2 and so on.
///
/// The levels are those of the training rows in the column's order, which is the one a schema
/// declares, or that of their UTF-8 bytes. Missing values stay missing.
public struct OrdinalEncoding: Sendable, Hashable, Codable {
    /// What happens to a level that the training rows did not have.
    public enum UnknownLevelPolicy: Sendable, Hashable, Codable {
        /// The row is refused by an error that names row, column and value.
        case error
        /// It becomes this number, such as -1.
        case value(Double)
        /// It counts as missing, so that a step behind can impute it.
        case missing
    }

    /// What happens to a level that the training rows did not have.
    public var unknown: UnknownLevelPolicy
    /// The columns to encode; `nil` for all categorical ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Turns each categorical column into the position of its level among the column's levels.
    public static func ordinal(
        unknown: OrdinalEncoding.UnknownLevelPolicy = .error, only columns: [String]? = nil
    ) -> Self {
        Self(OrdinalEncoding(unknown: unknown, columns: columns))
    }
}

extension OrdinalEncoding: PreparationRecipe {
    func validate() throws(FeatureError) {
        if case .value(let number) = unknown, !number.isFinite {
            throw FeatureError(
                .invalidParameter, "\(number) for unknown levels is not a finite number")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedOrdinalEncoding {
        FittedOrdinalEncoding(columns: try table.categoricalIndices(columns), unknown: unknown)
    }

    func accepts(_ fitted: FittedOrdinalEncoding) -> Bool { fitted.unknown == unknown }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(unknown)
        encoder.encode(columns: columns)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        unknown = try UnknownLevelPolicy(from: &decoder)
        columns = try decoder.decodeColumns()
    }
}

extension OrdinalEncoding.UnknownLevelPolicy: CanonicalCodable {
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .error: encoder.encode(UInt8(0))
        case .value(let number):
            encoder.encode(UInt8(1))
            encoder.encode(number)
        case .missing: encoder.encode(UInt8(2))
        }
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .error
        case 1:
            let number = try decoder.decodeDouble()
            guard number.isFinite else { throw decoder.error("\(number) for unknown levels") }
            self = .value(number)
        case 2: self = .missing
        case let tag: throw decoder.error("unknown policy \(tag)")
        }
    }
}

/// The columns that an ``OrdinalEncoding`` encodes.
package struct FittedOrdinalEncoding: Hashable, Sendable {
    /// Ascending.
    let columns: [Int]
    let unknown: OrdinalEncoding.UnknownLevelPolicy
}

extension FittedOrdinalEncoding: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireCategorical(columns, inputs)
        var outputs = inputs
        for column in columns { outputs[column].levels = nil }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) throws(TransformationFailure) {
        output.append(contentsOf: row)
        for column in columns where WorkingColumn.isUnknown(row[column]) {
            switch unknown {
            case .error: throw TransformationFailure(column: column, isUnknownLevel: true)
            case .value(let number): output[column] = number
            case .missing: output[column] = .nan
            }
        }
    }

    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(positions: columns)
        encoder.encode(unknown)
    }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        columns = try decoder.decodePositions()
        unknown = try OrdinalEncoding.UnknownLevelPolicy(from: &decoder)
    }
}
