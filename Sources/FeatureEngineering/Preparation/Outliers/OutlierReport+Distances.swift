// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import LinearAlgebra

extension OutlierReport {
    /// Adds centre and covariance; the rows beyond the quantile of order `probability`, ascending.
    mutating func addDistances(
        _ table: WorkingTable, _ indices: [Int], _ probability: Double, seed: UInt64?
    ) throws(FeatureError) -> [Int] {
        for index in indices {
            if let row = table.column(index).firstIndex(where: \.isNaN) {
                throw table.missingValue(column: index, row: row)
            }
        }
        guard !indices.isEmpty else {
            throw FeatureError(.emptyInput, "no numeric column to take distances in")
        }
        let names = indices.map { table.columns[$0].name }
        guard table.rowCount > indices.count else {
            throw FeatureError(
                .emptyInput, "\(table.rowCount) rows for distances in \(indices.count) columns")
        }
        let sorted = Matrix(rows: try table.sortedRows(indices))
        let scatter: RowScatter?
        if let seed {
            scatter = try MinimumCovarianceDeterminant(sorted, seed: seed).estimate {
                (step, limit) throws(FeatureError) in
                try table.report("outlier elimination", step: step, of: limit)
            }
        } else {
            scatter = RowScatter(sorted, ddof: 1)
        }
        guard let scatter else {
            throw FeatureError(
                .outOfRange,
                "the columns \(names.joined(separator: ", ")) depend linearly on each other, or one "
                    + "does not vary, so there are no distances")
        }
        let threshold = ChiSquareDistribution.quantile(
            probability, degreesOfFreedom: Double(indices.count))
        distances = Distances(
            columns: names, centre: scatter.centre,
            covariance: Array(scatter.covariance.elements), threshold: threshold)
        let rows = Matrix(columns: indices.map(table.column))
        let squares = scatter.squaredDistances(of: rows)
        return squares.indices.filter { squares[$0] > threshold }
    }
}
