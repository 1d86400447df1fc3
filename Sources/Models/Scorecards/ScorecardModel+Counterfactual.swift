// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// The fewest changes that give a row a better score.
public struct Counterfactual: Codable, Hashable, Sendable {
    /// Another bin of one variable.
    public struct Change: Codable, Hashable, Sendable {
        /// The name of the variable.
        public let variable: String
        /// The label of the row's bin.
        public let from: String
        /// The label of the bin that it should be in.
        public let to: String
        /// How much better the points are, above 0.
        public let gain: Double
        /// How many bins lie between them, this one included; 1 for a categorical variable.
        public let steps: Int
    }

    /// The changes in the order of the card.
    public let changes: [Change]
    /// The score of the row as it is.
    public let score: Double
    /// The score after the changes.
    public let changedScore: Double
}

extension ScorecardModel {
    /// What an applicant can do about a variable.
    public enum Actionability: Codable, Hashable, Sendable {
        /// Nothing, such as about age.
        case fixed
        /// Move to any interval or group of levels.
        case free
        /// Move to an interval of larger numbers.
        case increasing
        /// Move to an interval of smaller numbers.
        case decreasing
        /// Move to one of the bins with these labels.
        case bins([String])
    }

    /// The fewest changes after which the score is better by at least `improvement`.
    ///
    /// Among all sets of changes of the fewest variables the one with the fewest steps from bin to
    /// bin is taken, and among those the one with the best score, by an exact search. No change
    /// leads to a bin of missing values, special codes, rare or unknown levels.
    ///
    /// - Parameters:
    ///   - row: the applicant's row.
    ///   - improvement: points above 0, towards safety.
    ///   - actionability: what can be done about each variable; `default` for those not named.
    ///   - default: what can be done about the other variables.
    /// - Returns: The changes, or `nil` if no allowed changes are enough.
    /// - Throws: ``ModelError`` with code `features` for the row or an unknown variable or bin,
    ///   `invalidRecipe` for an improvement that is not above 0, or a direction of levels.
    /// - Complexity: O(variables² * bins²) time for bins in all variables.
    public func counterfactual(
        for row: Table.Row, improvingBy improvement: Double,
        actionability: [String: Actionability] = [:], default: Actionability = .free
    ) throws(ModelError) -> Counterfactual? {
        guard improvement > 0, improvement.isFinite else {
            throw ModelError(
                .invalidRecipe, "an improvement of \(improvement) points, not above 0")
        }
        for name in actionability.keys.sorted() { _ = try self[variable: name] }
        let bins = try binIndices(of: row)
        var options: [[CounterfactualSearch.Option]] = []
        for (variable, bin) in zip(variables, bins) {
            // The default fits every variable: levels have no direction to forbid.
            let action = actionability[variable.name] ?? `default`.forAll(variable)
            options.append(try improvements(of: variable, from: bin, action))
        }
        guard let chosen = CounterfactualSearch(options).best(reaching: improvement) else {
            return nil
        }
        let score = try score(of: row)
        var changedScore = basePoints
        var changes: [Counterfactual.Change] = []
        for (index, variable) in variables.enumerated() {
            changedScore += variable.points[chosen[index]?.bin ?? bins[index]]
            guard let option = chosen[index] else { continue }
            changes.append(
                Counterfactual.Change(
                    variable: variable.name, from: variable.labels[bins[index]],
                    to: variable.labels[option.bin], gain: option.gain, steps: option.steps))
        }
        return Counterfactual(changes: changes, score: score, changedScore: changedScore)
    }

    private func improvements(
        of variable: ScorecardVariable, from bin: Int, _ action: Actionability
    ) throws(ModelError) -> [CounterfactualSearch.Option] {
        let regular = variable.binning.regularBins
        let isNumeric = variable.binning.kind == .numeric
        let allowed: [Int]
        switch action {
        case .fixed: allowed = []
        case .free: allowed = Array(regular)
        case .increasing, .decreasing:
            guard isNumeric else {
                throw ModelError(
                    .invalidRecipe, "the levels of '\(variable.name)' have no direction")
            }
            allowed =
                regular.contains(bin)
                ? regular.filter { action == .increasing ? $0 > bin : $0 < bin } : []
        case .bins(let labels):
            allowed = try labels.map { (label) throws(ModelError) in
                guard let index = regular.first(where: { variable.labels[$0] == label }) else {
                    throw ModelError(
                        .features,
                        "no interval or group '\(label)' of '\(variable.name)'; there are "
                            + variable.labels[regular].joined(separator: "; "))
                }
                return index
            }
        }
        let sign = recipe.scale.direction == .safetyRaisesPoints ? 1.0 : -1.0
        return allowed.compactMap { target in
            let gain = sign * (variable.points[target] - variable.points[bin])
            guard gain > 0 else { return nil }
            let steps = isNumeric && regular.contains(bin) ? abs(target - bin) : 1
            return CounterfactualSearch.Option(bin: target, gain: gain, steps: steps)
        }
    }
}

extension ScorecardModel.Actionability {
    fileprivate func forAll(_ variable: ScorecardVariable) -> Self {
        switch self {
        case .increasing, .decreasing: variable.binning.kind == .numeric ? self : .fixed
        default: self
        }
    }
}
