// SPDX-License-Identifier: Apache-2.0

/// Optimal binning of all variables of a table by one recipe, with overrides per variable and a
/// selection by information value.
///
/// ```swift
/// let process = BinningProcess(OptimalBinning(trend: .automaticMonotone))
/// let bins = try process.fit(loans, target: "class", positive: "2")
/// let offTrend = bins.variablesOffTrend
/// let features = try bins.transform(loans)
/// ```
///
/// Variables are fitted on several threads; the bits do not depend on their number.
public struct BinningProcess: Sendable, Hashable, Codable {
    /// The recipe of every variable without one of its own.
    public var binning: OptimalBinning
    /// Recipes of single variables, by name.
    public var overrides: [String: OptimalBinning]
    /// The variables to bin, in this order; `nil` for all numeric and categorical columns but the
    /// target.
    public var variables: [String]?
    /// Variables with a smaller information value are not selected.
    public var minimumInformationValue: Double
    /// Variables with a larger information value are not selected; they may know the future.
    public var maximumInformationValue: Double?
    /// At most this many variables are selected, those with the largest information values.
    public var maximumVariables: Int?

    /// A recipe for all variables.
    public init(
        _ binning: OptimalBinning = OptimalBinning(), overrides: [String: OptimalBinning] = [:],
        variables: [String]? = nil, minimumInformationValue: Double = 0,
        maximumInformationValue: Double? = nil, maximumVariables: Int? = nil
    ) {
        self.binning = binning
        self.overrides = overrides
        self.variables = variables
        self.minimumInformationValue = minimumInformationValue
        self.maximumInformationValue = maximumInformationValue
        self.maximumVariables = maximumVariables
    }

    /// The same with the trend of every variable, overrides included, set to `trend`.
    public func settingTrend(_ trend: MonotonicTrend) -> BinningProcess {
        var copy = self
        copy.binning.trend = trend
        for name in overrides.keys { copy.overrides[name]?.trend = trend }
        return copy
    }
}
