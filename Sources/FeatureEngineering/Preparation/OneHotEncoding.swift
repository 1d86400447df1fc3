// SPDX-License-Identifier: Apache-2.0

/// Turns each categorical column into one column of 0 and 1 per level, named `column=level`.
///
/// The levels are those of the training rows, in the column's order; levels that are declared but
/// do not occur there are unknown, so that test rows cannot change the features.
public struct OneHotEncoding: Sendable, Hashable, Codable {
    /// What happens to a level that the training rows did not have.
    public enum UnknownLevelPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// The row is refused by an error that names row, column and value.
        case error
        /// All columns of the level are 0; with a dropped level this equals the dropped level.
        case ignore
        /// One more column, named `column=(unknown)`, is 1; it is 0 in all training rows.
        case ownLevel
    }

    /// Whether the first level gets no column, so that the columns are not collinear with an
    /// intercept.
    public var dropsFirst: Bool
    /// What happens to a level that the training rows did not have.
    public var unknown: UnknownLevelPolicy
    /// The columns to encode; `nil` for all categorical ones.
    public var columns: [String]?
}

extension OneHotEncoding: PreparationRecipe {
    func validate() throws(FeatureError) { try validateColumns(columns) }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedOneHotEncoding {
        for index in try table.categoricalIndices(columns) {
            if let row = table.column(index).firstIndex(where: \.isNaN) {
                throw table.missingValue(column: index, row: row)
            }
        }
        return FittedOneHotEncoding(
            columns: try table.categoricalIndices(columns), dropsFirst: dropsFirst,
            unknown: unknown,
            levelCounts: try table.categoricalIndices(columns).map {
                table.columns[$0].levels?.count ?? 0
            })
    }

    func accepts(_ fitted: FittedOneHotEncoding) -> Bool {
        fitted.dropsFirst == dropsFirst && fitted.unknown == unknown
    }
}

/// The columns that a ``OneHotEncoding`` encodes.
package struct FittedOneHotEncoding: Hashable, Sendable {
    /// Ascending.
    var columns: [Int]
    var dropsFirst: Bool
    var unknown: OneHotEncoding.UnknownLevelPolicy
    var levelCounts: [Int]
}

extension FittedOneHotEncoding: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(columns, below: inputs.count)
        guard levelCounts == columns.map({ inputs[$0].levels?.count ?? -1 }) else {
            throw FeatureError(.invalidParameter, "a column cannot be encoded so")
        }
        var outputs: [WorkingColumn] = []
        var next = 0
        for (index, input) in inputs.enumerated() {
            guard next < columns.count, columns[next] == index, let levels = input.levels else {
                outputs.append(input)
                continue
            }
            next += 1
            let named =
                levels.dropFirst(dropsFirst ? 1 : 0) + (unknown == .ownLevel ? ["(unknown)"] : [])
            for level in named {
                outputs.append(
                    WorkingColumn(name: "\(input.name)=\(level)", source: input.source))
            }
        }
        return outputs
    }

    func apply(_ row: [Double], _ output: inout [Double]) throws(TransformationFailure) {
        var next = 0
        for (index, value) in row.enumerated() {
            guard next < columns.count, columns[next] == index else {
                output.append(value)
                continue
            }
            let levelCount = levelCounts[next]
            next += 1
            if value.isNaN { throw TransformationFailure(column: index, isUnknownLevel: false) }
            let isUnknown = WorkingColumn.isUnknown(value)
            if isUnknown, unknown == .error {
                throw TransformationFailure(column: index, isUnknownLevel: true)
            }
            for code in (dropsFirst ? 1 : 0)..<max(levelCount, dropsFirst ? 1 : 0) {
                output.append(value == Double(code) ? 1 : 0)
            }
            if unknown == .ownLevel { output.append(isUnknown ? 1 : 0) }
        }
    }
}
