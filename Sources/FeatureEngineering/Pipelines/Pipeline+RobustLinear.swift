// SPDX-License-Identifier: Apache-2.0

extension Pipeline {
    /// What a linear model needs of raw loan records: no gaps, no outliers, no long tails, no rare
    /// levels, and columns of one scale.
    ///
    /// In order: numbers are clipped to the quantiles `quantiles`; those whose skewness has at
    /// least the magnitude `minimumSkewness` become `sign(x) log(1 + |x|)`; missing numbers become
    /// the median and missing categories the most frequent level, with an indicator for each column
    /// that has them; levels of less than `rareShare` of the rows are joined; categories become
    /// columns of 0 and 1 without the first level, all 0 for a level that is still unknown; all
    /// columns are standardised. Imputation stands behind the clipping, which would cut rare
    /// indicators off.
    ///
    /// The steps are ordinary ones: `robustLinear().steps` may be changed or extended.
    ///
    /// - Parameters:
    ///   - quantiles: The orders of the quantiles that numbers are clipped to.
    ///   - minimumSkewness: The least magnitude of the skewness for logarithms.
    ///   - rareShare: The share of rows below which a level is rare.
    ///   - excluded: Columns that are no features, such as an account number.
    public static func robustLinear(
        clip quantiles: ClosedRange<Double> = 0.01...0.99, minimumSkewness: Double = 1,
        rareShare: Double = 0.01, excluding excluded: [String] = []
    ) -> Pipeline {
        Pipeline(
            steps: (excluded.isEmpty ? [] : [.exclude(excluded)]) + [
                .clip(quantiles: quantiles),
                .logarithm(.signed, minimumSkewness: minimumSkewness),
                .impute(.median, indicators: true),
                .groupRareLevels(below: rareShare),
                .oneHot(dropFirst: true, unknown: .ignore),
                .standardise(),
            ])
    }
}
