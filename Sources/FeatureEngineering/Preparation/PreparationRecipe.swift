// SPDX-License-Identifier: Apache-2.0

import CreditCanonicalBytes

/// A step's parameters, which learn from training rows.
///
/// A new step conforms to this and has its line in ``StepKind/all``.
protocol PreparationRecipe: CanonicalCodable, Codable, Hashable, Sendable {
    associatedtype Fitted: FittedTransformation

    /// Whether the step takes date columns.
    static var takesDates: Bool { get }

    /// Whether the step takes text columns.
    static var takesText: Bool { get }

    /// Checks the parameters.
    func validate() throws(FeatureError)

    /// Learns from the training rows; never empty.
    func fit(_ table: WorkingTable) throws(FeatureError) -> Fitted

    /// Learns from the training rows and puts what becomes of them in their place.
    ///
    /// Needed only by a step that treats training rows in another way than new ones: one that
    /// drops rows, or whose features of a row must not be learnt from that row.
    func fitTransform(_ table: inout WorkingTable) throws(FeatureError) -> Fitted

    /// Whether `fitted` can have been learnt by this recipe, as far as the columns do not show it.
    func accepts(_ fitted: Fitted) -> Bool
}

extension PreparationRecipe {
    static var takesDates: Bool { false }

    static var takesText: Bool { false }

    func fitTransform(_ table: inout WorkingTable) throws(FeatureError) -> Fitted {
        let fitted = try fit(table)
        try table.apply(fitted)
        return fitted
    }

    func accepts(_ fitted: Fitted) -> Bool { true }

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

    /// Checks that positions that may come from a file are of numeric columns.
    func requireNumeric(
        _ indices: [Int], _ inputs: [WorkingColumn]
    ) throws(FeatureError) {
        try requireKind(.numeric, indices, inputs)
    }

    /// Checks that positions that may come from a file are of categorical columns.
    func requireCategorical(
        _ indices: [Int], _ inputs: [WorkingColumn]
    ) throws(FeatureError) {
        try requireKind(.categorical, indices, inputs)
    }

    private func requireKind(
        _ kind: ColumnKind, _ indices: [Int], _ inputs: [WorkingColumn]
    ) throws(FeatureError) {
        try requireAscending(indices, below: inputs.count)
        if let index = indices.first(where: { inputs[$0].kind != kind }) {
            throw FeatureError(
                .invalidParameter, "a column of kind \(kind.rawValue) is needed",
                column: inputs[index].name)
        }
    }

    func isEqual(to other: any FittedTransformation) -> Bool { other as? Self == self }
}

/// A value that a step cannot take; the caller knows the row and the original value.
struct TransformationFailure: Error {
    /// The position among the step's input columns.
    let column: Int
    let isUnknownLevel: Bool
    /// The number, as the step got it, if the step is not defined for it.
    var numberOutOfDomain: Double?
}

extension FeatureError {
    static func outOfDomain(_ number: Double, column: String, row: Int?) -> FeatureError {
        FeatureError(
            .outOfRange, "\(number.shortText) is outside what the step is defined for", row: row,
            column: column, value: number.shortText)
    }

    static func missing(_ column: WorkingColumn, row: Int?) -> FeatureError {
        FeatureError(
            .missingValue, "the value is missing and no step before replaces it", row: row,
            column: column.source)
    }
}
