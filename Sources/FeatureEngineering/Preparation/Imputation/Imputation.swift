// SPDX-License-Identifier: Apache-2.0

/// Replaces missing values by one value per column, learnt from the training rows.
///
/// Numeric columns take a statistic of their values, categorical columns their most frequent level
/// or a level of their own. Every column of either kind is prepared, also those without a missing
/// value in the training rows, so that a new row may lack any value.
public struct Imputation: Sendable, Hashable, Codable {
    /// What a missing number becomes.
    public enum NumericStatistic: Sendable, Hashable, Codable {
        /// The middle value, or the mean of the two middle values.
        case median
        /// The arithmetic mean.
        case mean
        /// The most frequent value, the smallest of several.
        case mode
        /// This finite number, whatever the values are.
        case constant(Double)
    }

    /// What a missing category becomes.
    public enum CategoricalReplacement: Sendable, Hashable, Codable {
        /// The most frequent level, the first of several in the column's order.
        case mode
        /// A level of this name, added behind the column's levels if it is not one of them.
        ///
        /// A column without missing values in the training rows gets no such level; a value that
        /// is missing later then counts as an unknown level.
        case level(String)
    }

    /// What a missing number becomes.
    public var numeric: NumericStatistic
    /// What a missing category becomes.
    public var categorical: CategoricalReplacement
    /// Whether each column with a missing value in the training rows gets a second column, named
    /// `name (missing)`, that is 1 where the value was missing and 0 elsewhere.
    public var addsIndicators: Bool
    /// The columns to impute; `nil` for all.
    public var columns: [String]?
}

extension Imputation: PreparationRecipe {
    func validate() throws(FeatureError) {
        if case .constant(let value) = numeric, !value.isFinite {
            throw FeatureError(
                .invalidParameter, "the constant \(value) to impute is not a finite number")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedImputation {
        var fitted = FittedImputation(replacements: [], indicators: [])
        for index in try table.indices(columns) {
            let values = table.column(index)
            let present = values.filter { !$0.isNaN }
            let column = table.columns[index]
            if addsIndicators, present.count < values.count { fitted.indicators.append(index) }
            if let levels = column.levels {
                fitted.replacements.append(
                    try replacement(
                        levels, present, hasMissing: present.count < values.count, index, column))
            } else {
                if case .constant = numeric {} else { try column.requireValues(present) }
                let value =
                    switch numeric {
                    case .median: Statistics.median(present)
                    case .mean: Statistics.mean(present)
                    case .mode: Statistics.mode(present)
                    case .constant(let value): value
                    }
                guard value.isFinite else {
                    throw FeatureError(
                        .outOfRange, "the sum of the values is too large", column: column.source)
                }
                fitted.replacements.append(.init(column: index, value: value, addedLevel: nil))
            }
        }
        return fitted
    }

    private func replacement(
        _ levels: [String], _ codes: [Double], hasMissing: Bool, _ index: Int,
        _ column: WorkingColumn
    ) throws(FeatureError) -> FittedImputation.Replacement {
        switch categorical {
        case .mode:
            try column.requireValues(codes)
            return .init(column: index, value: Statistics.mode(codes), addedLevel: nil)
        case .level(let name):
            if let code = levels.firstIndex(of: name) {
                return .init(column: index, value: Double(code), addedLevel: nil)
            }
            return hasMissing
                ? .init(column: index, value: Double(levels.count), addedLevel: name)
                : .init(column: index, value: WorkingColumn.unknownCode, addedLevel: nil)
        }
    }
}

/// Values learnt by an ``Imputation``.
package struct FittedImputation: Hashable, Sendable {
    package struct Replacement: Hashable, Sendable {
        let column: Int
        /// A number, or the code of a level.
        let value: Double
        /// The level that `value` means, if the column did not have it.
        let addedLevel: String?
    }

    /// By ascending column.
    var replacements: [Replacement]
    /// Columns that get an indicator, ascending.
    var indicators: [Int]
}

extension FittedImputation: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        var outputs = inputs
        try requireAscending(replacements.map(\.column), below: inputs.count)
        for replacement in replacements {
            guard replacement.value.isFinite, !inputs[replacement.column].isDate,
                !inputs[replacement.column].isText
            else {
                throw FeatureError(.invalidParameter, "a column cannot be imputed so")
            }
            let levels = inputs[replacement.column].levels
            if let added = replacement.addedLevel {
                guard let levels, !levels.contains(added),
                    replacement.value == Double(levels.count)
                else {
                    throw FeatureError(.invalidParameter, "the level '\(added)' cannot be added")
                }
                outputs[replacement.column].levels = levels + [added]
            } else if let levels {
                guard let code = Int(exactly: replacement.value), code >= -1, code < levels.count
                else { throw FeatureError(.invalidParameter, "an imputed level does not exist") }
            }
        }
        return try outputs + indicatorColumns(indicators, of: inputs)
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        output.append(contentsOf: row)
        for replacement in replacements where row[replacement.column].isNaN {
            output[replacement.column] = replacement.value
        }
        for index in indicators { output.append(row[index].isNaN ? 1 : 0) }
    }
}
