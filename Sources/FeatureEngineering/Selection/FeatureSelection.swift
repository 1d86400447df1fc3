// SPDX-License-Identifier: Apache-2.0

/// Leaves columns out that say little, or that others say already.
///
/// The columns are judged on the training rows; ``FittedPipeline/selectionReports`` and
/// ``report(on:target:positive:weights:)`` give the score of each and why it stays or goes. All
/// scores are the same to the last bit for every order of the rows and on every machine.
public struct FeatureSelection: Sendable, Hashable, Codable {
    /// What a column is judged by.
    public enum Criterion: Sendable, Hashable, Codable {
        /// The variance `sum (x - mean)^2 / n` of a numeric column must be above `limit`; missing
        /// values are left out. A limit of 0 leaves constant columns out.
        case variance(above: Double)

        /// The information value of a column for a two-class target.
        ///
        /// `sum (g - b) log(g / b)` over the bins of the column, with the shares `g` of rows of
        /// class 0 and `b` of rows of class 1 that fall into the bin. The bins of a number are
        /// bounded by `bins - 1` quantiles, which belong to the bin below; each level of a category
        /// is a bin, and so are missing values. Where a bin has no rows of one class, one half is
        /// added to both of its counts.
        case informationValue(Rule, bins: Int = 10)

        /// The mutual information of a column and a two-class target, in nats.
        case mutualInformation(Rule, estimator: MutualInformationEstimator = .binned(10))

        /// The magnitude of the correlation with a column that stays must not be above `limit`.
        ///
        /// The columns are taken in the order of `preference`, and each stays if it is not
        /// correlated so with one that stayed before.
        case correlation(
            above: Double, CorrelationCoefficient = .pearson, preference: Preference = .first)

        /// The variance inflation `1 / (1 - R^2)` of a numeric column, with `R^2` of its linear
        /// regression on an intercept and the other columns, must not be above `limit`.
        ///
        /// The column of the largest inflation goes, the last of several, until none is above.
        /// Before that, each column goes that is a linear combination of the intercept and of
        /// columns before it (a remainder of less than 1e-10 of its variance), such as a constant.
        case varianceInflation(above: Double)
    }

    /// Which scores are good enough.
    public enum Rule: Sendable, Hashable, Codable {
        /// Scores of at least this much.
        case atLeast(Double)
        /// Scores from the first to the second number; too good a score may be a leak.
        case between(Double, Double)
        /// This many of the highest scores, the first of equal ones.
        case highest(Int)
    }

    /// How mutual information is estimated.
    public enum MutualInformationEstimator: Sendable, Hashable, Codable {
        /// From the counts of at most this many bins of equal share; a category is a bin.
        case binned(Int)
        /// From the distances to this many neighbours of the same class, for numeric columns
        /// without missing values; categories are counted. Weights are not looked at.
        ///
        /// B. C. Ross, Mutual Information between Discrete and Continuous Data Sets, PLoS ONE 9
        /// (2014), doi:10.1371/journal.pone.0087357; where the distance is 0, all rows at it count
        /// as neighbours (W. Gao et al., Estimating Mutual Information for Discrete-Continuous
        /// Mixtures, NeurIPS 2017).
        case nearestNeighbours(Int)
    }

    /// Which correlation is meant.
    public enum CorrelationCoefficient: String, Sendable, Hashable, Codable, CaseIterable {
        /// The linear correlation.
        case pearson
        /// The linear correlation of ranks.
        case spearman
    }

    /// Which of two correlated columns stays.
    public enum Preference: Sendable, Hashable, Codable {
        /// The one that stands before.
        case first
        /// The one of the higher information value, with at most this many bins; of equal ones the
        /// one that stands before.
        case informationValue(bins: Int)
    }

    /// What a column is judged by.
    public var criterion: Criterion
    /// The columns to judge; `nil` for all that the criterion is for.
    ///
    /// Others stay.
    public var columns: [String]?

    /// A selection by `criterion` among `columns`.
    public init(_ criterion: Criterion, columns: [String]? = nil) {
        self.criterion = criterion
        self.columns = columns
    }
}

extension Pipeline.Step {
    /// Leaves columns out by what they say about the target, or that others say already.
    public static func selectFeatures(
        by criterion: FeatureSelection.Criterion, only columns: [String]? = nil
    ) -> Self {
        Self(FeatureSelection(criterion, columns: columns))
    }
}
