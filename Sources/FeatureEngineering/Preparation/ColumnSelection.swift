// SPDX-License-Identifier: Apache-2.0

/// Keeps some columns, or leaves some out.
///
/// At the start of a pipeline it decides which columns of the table are inputs at all, and may name
/// columns of any kind; later it works on the columns that the steps before it made.
public struct ColumnSelection: Sendable, Hashable, Codable {
    /// The columns' names.
    public var names: [String]
    /// Whether the named columns are left out, rather than kept.
    public var isExclusion: Bool
}

extension ColumnSelection: PreparationRecipe {
    func validate() throws(FeatureError) { try validateColumns(names) }

    /// The positions of the columns that stay, ascending.
    func keptIndices(of columnNames: [String]) throws(FeatureError) -> [Int] {
        for name in names where !columnNames.contains(name) {
            throw .unknownColumn(name, of: columnNames)
        }
        let named = Set(names)
        return columnNames.indices.filter { named.contains(columnNames[$0]) != isExclusion }
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedColumnSelection {
        FittedColumnSelection(kept: try keptIndices(of: table.columns.map(\.name)))
    }
}

/// The columns that a ``ColumnSelection`` keeps.
package struct FittedColumnSelection: Hashable, Sendable {
    /// Ascending.
    var kept: [Int]
}

extension FittedColumnSelection: FittedTransformation {
    func outputColumns(_ inputs: [WorkingColumn]) throws(FeatureError) -> [WorkingColumn] {
        try requireAscending(kept, below: inputs.count)
        return kept.map { inputs[$0] }
    }

    func apply(_ row: [Double], _ output: inout [Double]) {
        for index in kept { output.append(row[index]) }
    }
}
