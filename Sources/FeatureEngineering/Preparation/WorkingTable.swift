// SPDX-License-Identifier: Apache-2.0

/// A column on its way from a table to a feature.
package struct WorkingColumn: Hashable, Sendable {
    /// The code of a level that the training rows did not have.
    static let unknownCode = -1.0

    var name: String
    /// The column of the table that it comes from.
    var source: String
    /// The levels whose codes the values are; `nil` for numbers.
    var levels: [String]?

    init(name: String, source: String, levels: [String]? = nil) {
        self.name = name
        self.source = source
        self.levels = levels
    }

    func requireValues(_ values: [Double]) throws(FeatureError) {
        guard !values.isEmpty else {
            throw FeatureError(
                .emptyInput, "every value is missing in the training rows", column: name)
        }
    }
}

/// The training rows on their way through a pipeline; missing is NaN, levels are codes.
struct WorkingTable {
    var columns: [WorkingColumn]
    var rows: [[Double]]

    func column(_ index: Int) -> [Double] { rows.map { $0[index] } }

    /// The positions of the named columns, ascending; of all columns without names.
    func indices(_ names: [String]?) throws(FeatureError) -> [Int] {
        guard let names else { return Array(columns.indices) }
        return try ColumnSelection(names: names, isExclusion: false)
            .keptIndices(of: columns.map(\.name))
    }

    /// The positions of the named columns, which must be numeric; of all numeric ones without.
    func numericIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "numeric") { $0.levels == nil }
    }

    /// The positions of the named columns, which must be categorical; of all such ones without.
    func categoricalIndices(_ names: [String]?) throws(FeatureError) -> [Int] {
        try indices(names, ofKind: "categorical") { $0.levels != nil }
    }

    private func indices(
        _ names: [String]?, ofKind kind: String, _ isOfKind: (WorkingColumn) -> Bool
    ) throws(FeatureError) -> [Int] {
        let indices = try indices(names)
        guard names != nil else { return indices.filter { isOfKind(columns[$0]) } }
        for index in indices where !isOfKind(columns[index]) {
            throw FeatureError(
                .wrongKind, "is not \(kind), which the step needs", column: columns[index].name)
        }
        return indices
    }
}
