// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The matrix with every column shifted to mean 0 and scaled to standard deviation 1.
    ///
    /// A constant column becomes 0. To treat later rows alike, keep the moments and use
    /// ``standardized(by:ddof:weights:)``.
    ///
    /// - Parameter ddof: Delta degrees of freedom of the deviation: 0 for a population.
    /// - Complexity: O(rowCount * columnCount): one pass for the moments, one for the result.
    public func standardized(ddof: Int = 0) -> Tensor {
        standardized(by: ColumnMoments(of: self), ddof: ddof)
    }

    /// The matrix of `(m[i, j] - mean[j]) / deviation[j]` with the given moments.
    ///
    /// Where a deviation is 0 the column is only shifted.
    ///
    /// - Precondition: `moments.columnCount` is `columnCount`.
    /// - Complexity: O(rowCount * columnCount).
    public func standardized(
        by moments: ColumnMoments<Scalar>, ddof: Int = 0, weights kind: WeightKind = .frequency
    ) -> Tensor {
        precondition(
            moments.columnCount == columnCount,
            "moments of \(moments.columnCount) columns for shape \(describe(shape))")
        var result = subtractingFromRows(moments.means)
        let deviations = moments.standardDeviations(ddof: ddof, weights: kind)
        result.divideRows(by: deviations.map { $0 == 0 ? 1 : $0 })
        return result
    }
}
