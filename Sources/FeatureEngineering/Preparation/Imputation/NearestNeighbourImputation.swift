// SPDX-License-Identifier: Apache-2.0

/// Replaces a missing number by the mean of that number in the nearest training rows (kNN).
///
/// The distance of two rows is `sqrt(p / m * sum (x_j - y_j)^2)` over the m of the p columns that
/// both rows have. A row without a column in common with any training row that has the value gets
/// the column's mean. Scale the columns before, for distances are in their units. Of training rows
/// at equal distance the one with the smaller values comes first, so the order of the rows does
/// not matter.
///
/// The fitted step keeps all training rows, and a row with a missing value is compared with each:
/// O(rows x columns) for each row.
///
/// Source: O. Troyanskaya et al., Missing value estimation methods for DNA microarrays, 2001,
/// doi:10.1093/bioinformatics/17.6.520.
public struct NearestNeighbourImputation: Sendable, Hashable, Codable {
    /// How much each neighbour counts.
    public enum Weighting: String, Sendable, Hashable, Codable, CaseIterable {
        /// All alike.
        case uniform
        /// By the inverse of the distance; neighbours at distance 0 count alone.
        case distance
    }

    /// The number of neighbours, 1 or more; fewer are used where fewer have the value.
    public var neighbourCount: Int
    /// How much each neighbour counts.
    public var weighting: Weighting
    /// Whether each column with a missing value in the training rows gets a second column, named
    /// `name (missing)`, that is 1 where the value was missing and 0 elsewhere.
    public var addsIndicators: Bool
    /// The columns to impute and to measure distances in; `nil` for all numeric ones.
    public var columns: [String]?
}

extension NearestNeighbourImputation: PreparationRecipe {
    static let stage = "nearest-neighbour imputation"

    func validate() throws(FeatureError) {
        guard neighbourCount > 0 else {
            throw FeatureError(
                .invalidParameter, "\(neighbourCount) neighbours, not 1 or more")
        }
        try validateColumns(columns)
    }

    func fit(_ table: WorkingTable) throws(FeatureError) -> FittedNearestNeighbourImputation {
        let indices = try table.numericIndices(columns)
        return FittedNearestNeighbourImputation(
            columns: indices, neighbourCount: neighbourCount, weighting: weighting,
            donors: try table.sortedRows(indices).flatMap { $0 },
            indicators: addsIndicators ? indices.filter(table.hasMissing) : [])
    }

    func fitTransform(
        _ table: inout WorkingTable
    ) throws(FeatureError) -> FittedNearestNeighbourImputation {
        let fitted = try fit(table)
        try table.apply(fitted, stage: Self.stage)
        return fitted
    }

    func accepts(_ fitted: FittedNearestNeighbourImputation) -> Bool {
        fitted.neighbourCount == neighbourCount && fitted.weighting == weighting
    }
}

extension WorkingTable {
    /// Whether a value of the column is missing.
    func hasMissing(_ index: Int) -> Bool { column(index).contains(where: \.isNaN) }

    /// The rows of some columns in ascending order, missing values last, so that what is learnt
    /// from them does not depend on the order of the training rows.
    ///
    /// - Throws: ``FeatureError`` with `emptyInput` for a column without any value.
    func sortedRows(_ indices: [Int]) throws(FeatureError) -> [[Double]] {
        for index in indices {
            try columns[index].requireValues(column(index).filter { !$0.isNaN })
        }
        // Zeros of both signs and NaN of all kinds are equal here, so their bits must be too.
        let rows = (0..<rowCount).map { row in
            indices.map { index in
                let value = values[index][row]
                return value.isNaN ? .nan : value + 0
            }
        }
        return rows.sorted { left, right in
            for (a, b) in zip(left, right) where a.bitPattern != b.bitPattern {
                return a < b || b.isNaN
            }
            return false
        }
    }
}
