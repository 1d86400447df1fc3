// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// One principal reason why a row has not more points.
public struct ScorecardReason: Codable, Hashable, Sendable {
    /// A variable and its share in a reason.
    public struct Loss: Codable, Hashable, Sendable {
        /// The name of the variable.
        public let variable: String
        /// The label of the row's bin.
        public let bin: String
        /// The points of the row's bin.
        public let points: Double
        /// The distance to the reference's points, above 0.
        public let shortfall: Double
    }

    /// What the applicant is told.
    public let statement: ReasonStatement
    /// The variables behind it, in the order of their shortfalls.
    public let losses: [Loss]
    /// The sum of their shortfalls.
    public let shortfall: Double
}

extension ScorecardModel {
    /// What a row's points are compared with.
    public enum ReasonReference: String, Codable, Hashable, Sendable, CaseIterable {
        /// The best points that the variable has.
        case best
        /// The mean points of the training rows.
        ///
        /// For a card this is the SHAP value of the variable in points, with the training rows as
        /// background: the score is a sum of one term per variable.
        case mean
        /// The points of a weight of evidence of 0.
        case neutral
    }

    /// The principal reasons why a row has not a better score, the largest shortfall first.
    ///
    /// Reasons of equal shortfall stand in the order of the card. No reason is given twice. Where
    /// no variable is below the mean or the neutral points, those below the best points are given,
    /// so that only a row with the best points of all variables has no reason.
    ///
    /// - Parameters:
    ///   - row: the applicant's row.
    ///   - reference: what its points are compared with.
    ///   - limit: the most reasons; 4 is what lenders in the United States report at most.
    ///   - statements: what applicants are told, by variable; a variable without a statement is a
    ///     reason of its own whose code and text are its name.
    /// - Throws: ``ModelError`` with code `features` for the row, or for a statement of a variable
    ///   that the card does not have; `invalidRecipe` for a limit below 1.
    /// - Complexity: O(variables * log(variables)).
    public func reasons(
        for row: Table.Row, comparedWith reference: ReasonReference = .best, limit: Int = 4,
        statements: [String: ReasonStatement] = [:]
    ) throws(ModelError) -> [ScorecardReason] {
        guard limit >= 1 else {
            throw ModelError(.invalidRecipe, "a limit of \(limit) reasons, below 1")
        }
        for name in statements.keys.sorted() { _ = try self[variable: name] }
        let bins = try binIndices(of: row)
        var losses = losses(in: bins, comparedWith: reference)
        if losses.isEmpty { losses = self.losses(in: bins, comparedWith: .best) }
        var reasons: [(statement: ReasonStatement, losses: [ScorecardReason.Loss])] = []
        for loss in losses {
            let statement =
                statements[loss.variable]
                ?? ReasonStatement(code: loss.variable, text: loss.variable)
            if let index = reasons.firstIndex(where: { $0.statement.code == statement.code }) {
                reasons[index].losses.append(loss)
            } else {
                reasons.append((statement, [loss]))
            }
        }
        return
            reasons.map { reason in
                ScorecardReason(
                    statement: reason.statement,
                    losses: reason.losses.stablySorted { $0.shortfall > $1.shortfall },
                    shortfall: reason.losses.reduce(0) { $0 + $1.shortfall })
            }
            .stablySorted { $0.shortfall > $1.shortfall }
            .prefix(limit).map(\.self)
    }

    /// The variables with worse points than the reference's, in the order of the card.
    private func losses(
        in bins: [Int], comparedWith reference: ReasonReference
    ) -> [ScorecardReason.Loss] {
        let sign = recipe.scale.direction == .safetyRaisesPoints ? 1.0 : -1.0
        return zip(variables, bins).compactMap { variable, bin in
            let target =
                switch reference {
                case .best: sign > 0 ? variable.highestPoints : variable.lowestPoints
                case .mean: variable.meanPoints
                case .neutral: variable.neutralPoints
                }
            let shortfall = sign * (target - variable.points[bin])
            guard shortfall > 0 else { return nil }
            return ScorecardReason.Loss(
                variable: variable.name, bin: variable.labels[bin],
                points: variable.points[bin], shortfall: shortfall)
        }
    }
}

extension Array where Element == ScorecardReason {
    /// The numbers of the reasons in a report under the Home Mortgage Disclosure Act: from 1 to 9,
    /// each once, at most four, in the order of the reasons.
    public var hmdaDenialReasons: [HMDADenialReason] {
        var numbers: [HMDADenialReason] = []
        for reason in self where !numbers.contains(reason.statement.denialReason) {
            numbers.append(reason.statement.denialReason)
        }
        return Array<HMDADenialReason>(numbers.prefix(4))
    }
}

extension Array {
    fileprivate func stablySorted(by precedes: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { left, right in
            if precedes(left.element, right.element) { return true }
            return !precedes(right.element, left.element) && left.offset < right.offset
        }
        .map(\.element)
    }
}
