// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// Lets missing numbers through to the features, as NaN, for estimators that take them.
///
/// Trees, forests and boosting send missing values where they gain more. Features that later steps
/// make of such columns may be missing too.
public struct MissingValueRetention: Sendable, Hashable, Codable {
    /// The columns whose missing values stay; `nil` for all numeric ones.
    public var columns: [String]?
}

extension Pipeline.Step {
    /// Lets missing numbers through to the features, for estimators of trees.
    ///
    /// Put it behind the steps that replace values. With ``ordinal(unknown:only:)`` before it,
    /// levels that are missing stay so too.
    public static func keepMissing(only columns: [String]? = nil) -> Self {
        Self(MissingValueRetention(columns: columns))
    }
}

extension MissingValueRetention: PreparationRecipe {
    func validate() throws(FeatureError) { try validateColumns(columns) }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedMissingValueRetention {
        FittedMissingValueRetention(columns: try table.numericIndices(columns))
    }

    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(columns: columns) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        columns = try decoder.decodeColumns()
    }
}

/// The columns whose missing values a ``MissingValueRetention`` keeps.
package struct FittedMissingValueRetention: Hashable, Sendable {
    /// Ascending.
    let columns: [Int]
}

extension FittedMissingValueRetention: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireNumeric(columns, inputs)
        var outputs = inputs
        for column in columns { outputs[column].keepsMissing = true }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) { output.append(contentsOf: row) }

    package func encode(to encoder: inout CanonicalEncoder) { encoder.encode(positions: columns) }

    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        columns = try decoder.decodePositions()
    }
}
