// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 2 {
    /// The covariance of the columns (columns x columns), exactly symmetric.
    ///
    /// `sum of (x - mean)(y - mean) / (rowCount - ddof)`. NaN where a column holds a NaN or an
    /// infinity, and everywhere unless `rowCount > ddof`. The last bits depend on the BLAS in use.
    ///
    /// - Parameter ddof: Delta degrees of freedom: 1 for a sample, 0 for a population.
    /// - Complexity: O(rowCount * columnCount²), and one copy of the matrix.
    public func covariance(ddof: Int = 1) -> Tensor {
        let moments = ColumnMoments(of: self)
        return subtractingFromRows(moments.means).covariance(
            of: moments, divisor: moments.divisor(ddof: ddof))
    }

    /// The weighted covariance of the columns (columns x columns), exactly symmetric.
    ///
    /// `sum of w (x - mean)(y - mean)` over ``ColumnMoments/divisor(ddof:weights:)``, with weighted
    /// means. Rows of weight 0 are ignored.
    ///
    /// - Precondition: `weights.count` is `rowCount`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(rowCount * columnCount²), and two copies of the matrix.
    public func covariance(
        weights: Vector<Scalar>, _ kind: WeightKind = .frequency, ddof: Int = 1
    ) throws(StatisticsError) -> Tensor {
        let moments = try ColumnMoments(of: self, weights: weights)
        return centred(moments, weights).covariance(
            of: moments, divisor: moments.divisor(ddof: ddof, weights: kind))
    }

    /// Pearson's correlation of the columns (columns x columns), exactly symmetric.
    ///
    /// Each value is in `-1...1`, and exactly 1 on the diagonal. NaN where a column is constant or
    /// holds a NaN or an infinity. The last bits depend on the BLAS in use.
    ///
    /// - Complexity: O(rowCount * columnCount²), and two copies of the matrix.
    public func pearsonCorrelation() -> Tensor {
        subtractingFromRows(ColumnMoments(of: self).means).cosines()
    }

    /// Pearson's weighted correlation of the columns (columns x columns), exactly symmetric.
    ///
    /// As ``pearsonCorrelation()``, with weighted means and sums. Rows of weight 0 are ignored.
    ///
    /// - Precondition: `weights.count` is `rowCount`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(rowCount * columnCount²), and two copies of the matrix.
    public func pearsonCorrelation(
        weights: Vector<Scalar>
    ) throws(StatisticsError) -> Tensor {
        centred(try ColumnMoments(of: self, weights: weights), weights).cosines()
    }

    /// Spearman's rank correlation of the columns (columns x columns), exactly symmetric.
    ///
    /// Pearson's correlation of the columns' ranks, where equal elements share the mean of their
    /// ranks. NaN where a column is constant or holds a NaN.
    ///
    /// - Complexity: O(rowCount log(rowCount) columnCount + rowCount * columnCount²).
    public func spearmanCorrelation() -> Tensor {
        var ranked = self
        for column in 0..<columnCount {
            ranked.setColumn(column, to: self.column(column).ranks())
        }
        return ranked.pearsonCorrelation()
    }

    /// Spearman's weighted rank correlation of the columns (columns x columns), exactly symmetric.
    ///
    /// Pearson's weighted correlation of the columns' weighted ranks
    /// (``Tensor/ranks(weights:)``): a whole-number weight is the same as that many repetitions of
    /// the row, and a common factor of all weights changes nothing. Rows of weight 0 are ignored.
    ///
    /// - Precondition: `weights.count` is `rowCount`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(rowCount log(rowCount) columnCount + rowCount * columnCount²).
    public func spearmanCorrelation(weights: Vector<Scalar>) throws(StatisticsError) -> Tensor {
        var ranked = self
        for column in 0..<columnCount {
            ranked.setColumn(column, to: try self.column(column).ranks(weights: weights))
        }
        return try ranked.pearsonCorrelation(weights: weights)
    }

    /// Deviations from the means, rows scaled by the square roots of their weights.
    private func centred(_ moments: ColumnMoments<Scalar>, _ weights: Vector<Scalar>) -> Tensor {
        var centred = subtractingFromRows(moments.means)
        centred.multiplyColumns(by: weights.squareRoot())
        // What a row without weight holds may be NaN or infinite.
        for row in 0..<rowCount where weights[row] == 0 {
            centred.setRow(row, to: .zeros(columnCount))
        }
        return centred
    }

    private func covariance(of moments: ColumnMoments<Scalar>, divisor: Scalar) -> Tensor {
        var covariance = gram() / divisor
        covariance.voidRowsAndColumns { moments.squaredDeviations[$0].isNaN }
        return covariance
    }

    /// The cosines of the angles between the columns.
    private func cosines() -> Tensor {
        let norms = norm(.alongColumns)
        var cosines = dividingRows(by: norms).gram()
        cosines.apply { Swift.max(-1, Swift.min(1, $0)) }
        for column in 0..<columnCount { cosines[column, column] = 1 }
        cosines.voidRowsAndColumns { !(norms[$0] > 0 && norms[$0].isFinite) }
        return cosines
    }

    /// Sets what belongs to an undefined column to NaN; a BLAS may skip a zero that meets a NaN.
    private mutating func voidRowsAndColumns(where isUndefined: (Int) -> Bool) {
        for column in 0..<columnCount where isUndefined(column) {
            for other in 0..<columnCount {
                self[column, other] = .nan
                self[other, column] = .nan
            }
        }
    }
}
