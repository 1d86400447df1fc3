// SPDX-License-Identifier: Apache-2.0

extension OptimalBinning {
    /// A divergence of the events' distribution `p` over the bins from that of the non-events `q`,
    /// which is the sum of one term per bin.
    public enum Divergence: String, Sendable, Hashable, Codable, CaseIterable {
        /// Jeffreys' divergence, `(q - p) ln(q / p)`: the information value.
        case informationValue
        /// `(p ln(2p / (p + q)) + q ln(2q / (p + q))) / 2`.
        case jensenShannon
        /// `(sqrt p - sqrt q)^2 / 2`.
        case hellinger
        /// `(p - q)^2 / (p + q)`.
        case triangular
    }

    /// How a numeric variable is first cut into many bins.
    public enum PreBinning: String, Sendable, Hashable, Codable, CaseIterable {
        /// A classification tree by Gini impurity, grown best node first to
        /// ``OptimalBinning/maximumPreBins`` leaves of at least
        /// ``OptimalBinning/minimumPreBinShare`` of the rows.
        case tree
        /// Quantiles, so that pre-bins hold about equally many rows.
        case quantiles
        /// Pre-bins of equal width.
        case equalWidth
    }

    /// What becomes of missing values.
    public enum MissingPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// They are a bin of their own with the weight of evidence of its rows; 0 without rows.
        case ownBin
        /// They are a bin of their own with weight of evidence 0, the odds of all rows.
        case neutral
        /// They join the bin with the nearest event rate, the lower bin of two equally near; the
        /// bin of their own remains if no training row misses the value.
        case nearestEventRate
        /// They are refused by an error that names the row.
        case error
    }

    /// What becomes of a level that no training row had.
    public enum UnknownLevelPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is refused by an error that names the row and the level.
        case error
        /// It falls into one more bin with weight of evidence 0, the odds of all rows.
        case neutral
        /// It is taken as a missing value.
        case missing
        /// It is taken as a rare level; the bin of rare levels is empty if there are none.
        case rare
    }

    /// The weight of evidence of a bin with events but no non-events, or the other way round.
    ///
    /// A bin that has both always has the plain logarithm, and a bin without any row has 0.
    public enum ZeroCountPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// Half an event and half a non-event more in that bin: Jeffreys' prior of a proportion.
        case jeffreys
        /// One event and one non-event more in that bin: Laplace's rule of succession.
        case laplace
        /// 0, the odds of all rows.
        case neutral
    }
}
