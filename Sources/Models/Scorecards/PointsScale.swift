// SPDX-License-Identifier: Apache-2.0

/// How the log-odds of a scorecard become points.
///
/// A score is `offset + factor * ln(odds)`. With ``Anchor/odds(points:odds:pointsToDoubleOdds:)``,
/// `factor = pointsToDoubleOdds / ln 2` and `offset = points - factor * ln(odds)`: 600 points at
/// 50 : 1 with 20 points to double the odds are a factor of 28.8539 and an offset of 487.1229.
public struct PointsScale: Codable, Hashable, Sendable {
    /// What fixes offset and factor.
    public enum Anchor: Codable, Hashable, Sendable {
        /// `points` at `odds`, and `pointsToDoubleOdds` more at twice the odds.
        ///
        /// The odds are those of the outcome that has the higher points: of non-event to event for
        /// ``Direction/safetyRaisesPoints``, of event to non-event for
        /// ``Direction/riskRaisesPoints``.
        case odds(points: Double, odds: Double, pointsToDoubleOdds: Double)
        /// The worst possible row has `lowest` and the best one `highest` points.
        case range(lowest: Double, highest: Double)
    }

    /// Which rows have high scores.
    public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
        /// Those with a low probability of the event.
        case safetyRaisesPoints
        /// Those with a high probability of the event.
        case riskRaisesPoints
    }

    /// Where the points of the intercept stand.
    public enum InterceptPlacement: String, Codable, Hashable, Sendable, CaseIterable {
        /// In a row of their own, the base points.
        case ownRow
        /// In equal parts in the points of every variable, so that there are no base points.
        case spread
        /// In a row of their own that is the lowest score, so that every variable's points start
        /// at 0 and none are negative.
        case lowestScore
    }

    /// Whether points are whole numbers.
    public enum Rounding: String, Codable, Hashable, Sendable, CaseIterable {
        /// They are exact: the score is `offset + factor * ln(odds)`.
        case exact
        /// Every bin's points are a whole number, and the score is their sum.
        ///
        /// The nearest number is taken; with a range some points are one further, so that the
        /// lowest and the highest sum are still exactly the ends of the range.
        case whole
    }

    /// What fixes offset and factor.
    public var anchor: Anchor
    /// Which rows have high scores.
    public var direction: Direction
    /// Where the points of the intercept stand.
    public var intercept: InterceptPlacement
    /// Whether points are whole numbers.
    public var rounding: Rounding

    /// A scale; its values are checked by every fit.
    public init(
        _ anchor: Anchor = .odds(points: 600, odds: 50, pointsToDoubleOdds: 20),
        direction: Direction = .safetyRaisesPoints, intercept: InterceptPlacement = .spread,
        rounding: Rounding = .whole
    ) {
        self.anchor = anchor
        self.direction = direction
        self.intercept = intercept
        self.rounding = rounding
    }

    /// Checks the numbers.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    func validate() throws(ModelError) {
        switch anchor {
        case .odds(let points, let odds, let pointsToDoubleOdds):
            guard points.isFinite, odds > 0, odds.isFinite, pointsToDoubleOdds > 0,
                pointsToDoubleOdds.isFinite
            else {
                throw ModelError(
                    .invalidRecipe,
                    "\(points) points at odds of \(odds) with \(pointsToDoubleOdds) points to "
                        + "double them; odds and doubling must be finite and above 0")
            }
        case .range(let lowest, let highest):
            guard lowest.isFinite, highest.isFinite, lowest < highest else {
                throw ModelError(.invalidRecipe, "a range of points of \(lowest) to \(highest)")
            }
            guard rounding == .exact || [lowest, highest].allSatisfy({ $0 == $0.rounded() })
            else {
                throw ModelError(
                    .invalidRecipe,
                    "whole points in a range of \(lowest) to \(highest), which are none")
            }
        }
    }
}
