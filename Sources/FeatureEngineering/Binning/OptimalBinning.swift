// SPDX-License-Identifier: Apache-2.0

/// Optimal binning of one variable against two classes, with weight-of-evidence values.
///
/// The values are first cut into at most ``maximumPreBins`` pre-bins. Dynamic programming then
/// finds the merging of neighbouring pre-bins that has the largest ``objective`` among *all* that
/// keep every constraint: it is exact, not a heuristic. Missing values and special codes stand
/// aside, each in its own bin.
///
/// ```swift
/// var binning = OptimalBinning(trend: .descending, specialCodes: [-7, -8, -9])
/// binning.minimumBinShare = 0.05
/// let riskBins = try binning.fit(loans[column: "ExternalRiskEstimate"], labels: defaulted)
/// let strength = riskBins.table.informationValue
/// ```
///
/// The label `true` is the **event**, the outcome to be predicted, such as default. The weight of
/// evidence of a bin is `ln(share of non-events / share of events)`, so it is positive where risk
/// is low, and falls where the event rate rises. Every trend below is one of the *event rate* over
/// rising values; the trend of points is its mirror image, and ``VariableBinning/trend`` reports
/// both.
///
/// A weight of 2 is the row twice, exactly. Equal data give equal bins to the bit, whatever the
/// order of the rows and the number of threads.
///
/// Reference: Navas-Palencia, Optimal binning: mathematical programming formulation, 2020,
/// doi:10.48550/arXiv.2001.08025, whose OptBinning solves the same problem by constraint
/// programming.
public struct OptimalBinning: Sendable, Hashable, Codable {
    /// What the best bins have most of.
    public var objective: Divergence = .informationValue
    /// How the event rate may run over rising values; ``MonotonicTrend/automatic`` chooses.
    ///
    /// Bins of categories always have rising event rates, so this is for numbers only.
    public var trend: MonotonicTrend = .automatic

    /// How the pre-bins of a numeric variable are found.
    public var preBinning: PreBinning = .tree
    /// The most pre-bins, 2 or more.
    public var maximumPreBins = 20
    /// The smallest share of all rows in a pre-bin of ``PreBinning/tree``, in `0..<0.5`.
    public var minimumPreBinShare = 0.05
    /// Splits that take the place of pre-binning; ascending.
    public var candidateSplits: [Double]?
    /// Splits that the bins must have, besides the candidates; ascending.
    public var fixedSplits: [Double] = []
    /// Groups of levels that take the place of pre-binning; other levels are rare ones.
    public var levelGroups: [[String]]?
    /// Decimals to which candidate splits are rounded; `nil` keeps them as they are found.
    public var splitDecimals: Int?

    /// The fewest bins, not counting those of special codes, rare levels and missing values.
    public var minimumBins: Int?
    /// The most bins, not counting those of special codes, rare levels and missing values.
    public var maximumBins: Int?
    /// The smallest share of all rows in a bin.
    public var minimumBinShare: Double?
    /// The largest share of all rows in a bin.
    public var maximumBinShare: Double?
    /// The fewest events in a bin.
    public var minimumBinEvents: Double?
    /// The most events in a bin.
    public var maximumBinEvents: Double?
    /// The fewest non-events in a bin.
    public var minimumBinNonEvents: Double?
    /// The most non-events in a bin.
    public var maximumBinNonEvents: Double?
    /// The smallest difference of event rates between neighbouring bins.
    public var minimumEventRateDifference = 0.0
    /// The largest p-value of the test that neighbouring bins have the same event rate: the z test
    /// of two proportions with pooled variance, which is the chi-square test without correction.
    public var maximumPValue: Double?

    /// Levels with a smaller share of the values than this share one bin of rare levels.
    public var rareLevelShare: Double?
    /// What becomes of a level that no training row had.
    public var unknownLevels: UnknownLevelPolicy = .error
    /// What becomes of missing values.
    public var missing: MissingPolicy = .ownBin
    /// Values that are not measurements, each with a bin of its own; codes without numbers are
    /// for categorical variables only, codes without levels for numeric ones only.
    public var specialCodes: [SpecialCode] = []
    /// The weight of evidence of a bin without events or without non-events.
    public var zeroCounts: ZeroCountPolicy = .jeffreys

    /// A recipe; its values are checked by every fit.
    public init(
        trend: MonotonicTrend = .automatic, objective: Divergence = .informationValue,
        maximumBins: Int? = nil, minimumBinShare: Double? = nil,
        specialCodes: [SpecialCode] = [], missing: MissingPolicy = .ownBin,
        unknownLevels: UnknownLevelPolicy = .error
    ) {
        self.trend = trend
        self.objective = objective
        self.maximumBins = maximumBins
        self.minimumBinShare = minimumBinShare
        self.specialCodes = specialCodes
        self.missing = missing
        self.unknownLevels = unknownLevels
    }
}
