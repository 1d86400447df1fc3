// SPDX-License-Identifier: Apache-2.0

extension Tensor where rank == 1 {
    /// The weighted mean `sum of w x / sum of w`; NaN when no element has weight.
    ///
    /// - Precondition: `weights.count` is `count`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    public func mean(weights: Tensor) throws(StatisticsError) -> Scalar {
        try ColumnMoments(of: asColumn, weights: weights).means[0]
    }

    /// The weighted variance; see ``ColumnMoments/divisor(ddof:weights:)``.
    ///
    /// - Precondition: `weights.count` is `count`.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    public func variance(
        weights: Tensor, _ kind: WeightKind = .frequency, ddof: Int = 1
    ) throws(StatisticsError) -> Scalar {
        try ColumnMoments(of: asColumn, weights: weights).variances(ddof: ddof, weights: kind)[0]
    }

    /// The covariance `sum of (x - mean)(y - mean) / (count - ddof)`; NaN unless `count > ddof`.
    ///
    /// The same bits on every machine.
    ///
    /// - Precondition: Both counts are equal.
    public func covariance(with other: Tensor, ddof: Int = 1) -> Scalar {
        requireSameCount(other)
        let divisor = ColumnMoments(of: asColumn).divisor(ddof: ddof)
        return deviations.orderedDot(other.deviations) / divisor
    }

    /// Pearson's correlation, in `-1...1`; NaN when a vector is constant or not finite.
    ///
    /// The same bits on every machine.
    ///
    /// - Precondition: Both counts are equal.
    public func pearsonCorrelation(with other: Tensor) -> Scalar {
        requireSameCount(other)
        let (a, b) = (deviations, other.deviations)
        let (aNorm, bNorm) = (a.norm(), b.norm())
        guard aNorm > 0 && bNorm > 0 && aNorm.isFinite && bNorm.isFinite else { return .nan }
        return Swift.max(-1, Swift.min(1, (a / aNorm).orderedDot(b / bNorm)))
    }

    /// Spearman's rank correlation: Pearson's correlation of ``ranks()``.
    ///
    /// - Precondition: Both counts are equal.
    /// - Complexity: O(n log n).
    public func spearmanCorrelation(with other: Tensor) -> Scalar {
        ranks().pearsonCorrelation(with: other.ranks())
    }

    /// Pearson's weighted correlation, in `-1...1`; NaN when a vector is constant or not finite.
    ///
    /// Elements of weight 0 are ignored, whatever they are.
    ///
    /// - Precondition: All counts are equal.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    public func pearsonCorrelation(
        with other: Tensor, weights: Tensor
    ) throws(StatisticsError) -> Scalar {
        requireSameCount(other)
        let pair = Matrix<Scalar>.stacked([self, other]).transposed.materialized()
        return try pair.pearsonCorrelation(weights: weights)[0, 1]
    }

    /// Spearman's weighted rank correlation: Pearson's weighted correlation of
    /// ``ranks(weights:)``.
    ///
    /// A whole-number weight is the same as that many repetitions, and a common factor of all
    /// weights changes nothing. Elements of weight 0 are ignored, whatever they are.
    ///
    /// - Precondition: All counts are equal.
    /// - Throws: ``StatisticsError`` for a weight that is negative, NaN or infinite.
    /// - Complexity: O(n log n).
    public func spearmanCorrelation(
        with other: Tensor, weights: Tensor
    ) throws(StatisticsError) -> Scalar {
        requireSameCount(other)
        return try ranks(weights: weights).pearsonCorrelation(
            with: other.ranks(weights: weights), weights: weights)
    }

    private var asColumn: Matrix<Scalar> {
        Matrix(rowCount: count, columnCount: 1, elements: storage)
    }

    private var deviations: Tensor { self - ColumnMoments(of: asColumn).means[0] }

    private func requireSameCount(_ other: Tensor) {
        precondition(
            count == other.count, "correlation of counts \(count) and \(other.count)")
    }
}
