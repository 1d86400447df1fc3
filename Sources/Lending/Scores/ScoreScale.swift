// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Turns a probability of default into integer points by "points to double the odds".
///
/// With odds of good to bad `(1 - p) / p`,
///
/// ```
/// factor = pointsToDoubleOdds / ln 2
/// offset = basePoints - factor * ln(baseOdds)
/// points = clamp(round(offset + factor * ln((1 - p) / p)))
/// ```
///
/// where rounding goes to the nearest integer and ties go away from zero. A higher probability
/// never gives more points. The standard scale has 600 points at 50:1 and doubles the odds every
/// 20 points (factor 28.8539, offset 487.1229), within 300...850.
///
/// On the ledger a score is the integer only; ``digest`` names the scale that gives it a meaning.
public struct ScoreScale: Sendable, Hashable {
    /// The points at ``baseOdds``.
    public let basePoints: Int
    /// Odds of good to bad at ``basePoints``, above 0.
    public let baseOdds: Double
    /// How many points more stand for twice the odds, above 0.
    public let pointsToDoubleOdds: Double
    /// The lowest and the highest points that are given.
    public let range: ClosedRange<Int>
    /// The points at which the five grades begin.
    public let gradeLimits: ScoreGrade.Limits

    /// `pointsToDoubleOdds / ln 2`.
    public let factor: Double
    /// `basePoints - factor * ln(baseOdds)`.
    public let offset: Double

    /// A scale through `basePoints` at `baseOdds`.
    ///
    /// - Throws: ``LendingError`` with code `invalidScale` where the odds or the doubling are not
    ///   positive and finite, the range has fewer than two values or leaves -1,000,000...1,000,000,
    ///   or the grade limits do not rise strictly within the range.
    public init(
        basePoints: Int = 600, baseOdds: Double = 50, pointsToDoubleOdds: Double = 20,
        range: ClosedRange<Int> = 300...850, gradeLimits: ScoreGrade.Limits = .standard
    ) throws(LendingError) {
        guard baseOdds > 0, baseOdds.isFinite else {
            throw LendingError(.invalidScale, "base odds of \(baseOdds) are not above 0 and finite")
        }
        guard pointsToDoubleOdds > 0, pointsToDoubleOdds.isFinite else {
            throw LendingError(
                .invalidScale,
                "\(pointsToDoubleOdds) points to double the odds are not above 0 and finite")
        }
        let widest = -1_000_000...1_000_000
        guard range.lowerBound < range.upperBound, widest.contains(range.lowerBound),
            widest.contains(range.upperBound), widest.contains(basePoints)
        else {
            throw LendingError(
                .invalidScale, "range \(range) with base \(basePoints) is not within \(widest)")
        }
        var previous = range.lowerBound
        for limit in gradeLimits.ascending {
            guard limit > previous, limit <= range.upperBound else {
                throw LendingError(
                    .invalidScale,
                    "grade limits \(gradeLimits.ascending) do not rise strictly within \(range)")
            }
            previous = limit
        }
        self.init(
            checkedBasePoints: basePoints, baseOdds: baseOdds,
            pointsToDoubleOdds: pointsToDoubleOdds, range: range, gradeLimits: gradeLimits)
    }

    /// 600 points at 50:1, 20 points to double the odds, 300...850.
    public static let standard = ScoreScale(
        checkedBasePoints: 600, baseOdds: 50, pointsToDoubleOdds: 20, range: 300...850,
        gradeLimits: .standard)

    private init(
        checkedBasePoints basePoints: Int, baseOdds: Double, pointsToDoubleOdds: Double,
        range: ClosedRange<Int>, gradeLimits: ScoreGrade.Limits
    ) {
        self.basePoints = basePoints
        self.baseOdds = baseOdds
        self.pointsToDoubleOdds = pointsToDoubleOdds
        self.range = range
        self.gradeLimits = gradeLimits
        factor = pointsToDoubleOdds / log(2)
        offset = Double(basePoints) - factor * log(baseOdds)
    }
}
