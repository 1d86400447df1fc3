// SPDX-License-Identifier: Apache-2.0

/// Limits beyond which a number counts as an outlier.
enum OutlierFences {
    /// `[Q1 - multiple (Q3 - Q1), Q3 + multiple (Q3 - Q1)]` with quartiles of type 7.
    ///
    /// J. W. Tukey, Exploratory Data Analysis, 1977.
    ///
    /// - Precondition: `sorted` is not empty and ascending.
    static func interquartile(_ sorted: [Double], _ multiple: Double) -> ClosedRange<Double> {
        let lower = Statistics.quantile(0.25, ofSorted: sorted)
        let upper = Statistics.quantile(0.75, ofSorted: sorted)
        let reach = multiple * (upper - lower)
        return range(lower - reach, upper + reach)
    }

    /// `median +- multiple * 1.4826 * median |x - median|`; the factor makes the deviation that of
    /// a normal distribution.
    ///
    /// C. Leys et al., Detecting outliers, 2013, doi:10.1016/j.jesp.2013.03.013.
    ///
    /// - Precondition: `sorted` is not empty and ascending.
    static func medianDeviation(_ sorted: [Double], _ multiple: Double) -> ClosedRange<Double> {
        let centre = Statistics.median(sorted)
        let deviation = Statistics.median(sorted.map { ($0 - centre).magnitude })
        let reach = multiple * 1.482602218505602 * deviation
        return range(centre - reach, centre + reach)
    }

    /// A fence that overflows is as far away as a number can be.
    private static func range(_ lower: Double, _ upper: Double) -> ClosedRange<Double> {
        let largest = Double.greatestFiniteMagnitude
        return max(lower, -largest) + 0...min(upper, largest) + 0
    }
}
