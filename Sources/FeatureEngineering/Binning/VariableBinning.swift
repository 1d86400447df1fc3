// SPDX-License-Identifier: Apache-2.0

/// The bins of one variable with what the training rows had in each.
///
/// The bins stand in a fixed order: intervals from low to high, or groups of levels from low to
/// high event rate; rare levels; special codes as the recipe lists them; missing; unknown. A value
/// belongs to exactly one of them, by its position in ``bins``.
public struct VariableBinning: Sendable, Hashable {
    /// The name of the variable.
    public let variable: String
    /// What the values are: numeric or categorical.
    public let kind: ColumnKind
    /// The recipe that was fitted.
    public let recipe: OptimalBinning
    /// Where the intervals of a numeric variable meet, ascending; a value on a split belongs to
    /// the interval above.
    public let splits: [Double]
    /// All bins in their order.
    public let bins: [Bin]
    /// What was asked of the trend, and what came out.
    public let trend: TrendReport
    let lookup: Lookup

    /// Bins whose parts are checked against each other.
    init(
        variable: String, kind: ColumnKind, recipe: OptimalBinning, bins: [Bin],
        trend: TrendReport
    ) throws(FeatureError) {
        self.variable = variable
        self.kind = kind
        self.recipe = recipe
        self.bins = bins
        self.trend = trend
        lookup = Lookup(bins, recipe: recipe)
        splits = lookup.splits
        try validate()
    }
}

extension VariableBinning {
    /// One bin.
    public struct Bin: Sendable, Hashable, Codable {
        /// Which values fall into the bin.
        public enum Content: Sendable, Hashable, Codable {
            /// Numbers from `lower` up to but without `upper`; `nil` is no bound.
            case interval(lower: Double?, upper: Double?)
            /// The named levels.
            case levels([String])
            /// Levels that are too rare for a bin of their own.
            case rareLevels([String])
            /// The codes of one special code.
            case special(SpecialCode)
            /// Missing values.
            case missing
            /// Levels that no training row had.
            case unknownLevels
        }

        /// Which values fall into the bin.
        public let content: Content
        /// Whether missing values fall into this bin too.
        public let includesMissing: Bool
        /// The weight of the training rows without the event.
        public let nonEvents: Double
        /// The weight of the training rows with the event.
        public let events: Double
        /// `ln(share of non-events / share of events)`: positive where risk is low.
        public let weightOfEvidence: Double

        /// The weight of the training rows.
        public var count: Double { nonEvents + events }
        /// Events per row; 0 without rows.
        public var eventRate: Double { count > 0 ? events / count : 0 }
        /// Whether this is an interval or a group of levels, which the optimisation made.
        public var isRegular: Bool {
            switch content {
            case .interval, .levels: true
            case .rareLevels, .special, .missing, .unknownLevels: false
            }
        }
    }

    /// What was asked of the trend of event rates, and what came out.
    public struct TrendReport: Sendable, Hashable, Codable {
        /// Whether the bins keep what was asked.
        public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
            /// They keep it.
            case kept
            /// They keep it only because one bin is left, where without it there would be more.
            case keptByOneBin
        }

        /// What the recipe asked for.
        public let requested: MonotonicTrend
        /// The constraint that the bins keep, where the recipe left the choice.
        public let applied: MonotonicTrend
        /// Whether the bins keep it in more than name.
        public let outcome: Outcome
        /// How the event rate runs over the regular bins.
        public let eventRate: TrendShape
        /// How the weight of evidence, and with it the points of a card whose points rise with
        /// safety, runs over the regular bins: the mirror image of ``eventRate``.
        public let points: TrendShape
        /// The objective of the bins as a share of the best without any trend, in `0...1`.
        public let retainedObjective: Double
    }

    /// The positions in ``bins`` that are intervals or groups of levels.
    public var regularBins: Range<Int> { 0..<(bins.firstIndex { !$0.isRegular } ?? bins.count) }
    /// The weight of the training rows with the event.
    public var events: Double { bins.reduce(0) { $0 + $1.events } }
    /// The weight of the training rows without the event.
    public var nonEvents: Double { bins.reduce(0) { $0 + $1.nonEvents } }
}
