// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes

/// A step's parameters, which learn from training rows.
protocol PreparationRecipe: CanonicalCodable {
    associatedtype Fitted: FittedTransformation

    /// Checks the parameters.
    func validate() throws(FeatureError)

    /// Learns from the training rows; never empty.
    func fit(_ table: WorkingTable) throws(FeatureError) -> Fitted
}

extension PreparationRecipe {
    func validateColumns(_ names: [String]?) throws(FeatureError) {
        guard let names else { return }
        guard !names.isEmpty else {
            throw FeatureError(.invalidParameter, "a step's list of columns is empty")
        }
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw FeatureError(
                .duplicateColumn, "a step's list of columns has it twice", column: name)
        }
    }
}

/// What a step learnt, applied row by row.
protocol FittedTransformation: CanonicalCodable, Hashable, Sendable {
    /// The columns that come out when `inputs` go in.
    ///
    /// - Throws: If what was learnt does not fit such columns.
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn]

    /// Appends the row that comes out to the empty `output`.
    func apply(_ row: [Double], _ output: inout [Double]) throws(TransformationFailure)
}

extension FittedTransformation {
    /// Checks positions that may come from a file.
    func requireAscending(_ indices: [Int], below limit: Int) throws(FeatureError) {
        guard indices.allSatisfy({ $0 >= 0 && $0 < limit }),
            zip(indices, indices.dropFirst()).allSatisfy(<)
        else {
            throw FeatureError(
                .invalidParameter, "columns \(indices) are not ascending in 0..<\(limit)")
        }
    }
}

/// A value that a step cannot take; the caller knows the row and the original value.
struct TransformationFailure: Error {
    /// The position among the step's input columns.
    let column: Int
    let isUnknownLevel: Bool
}

extension FeatureError {
    static func missing(_ column: WorkingColumn, row: Int?) -> FeatureError {
        FeatureError(
            .missingValue, "the value is missing and no step before replaces it", row: row,
            column: column.source)
    }
}
