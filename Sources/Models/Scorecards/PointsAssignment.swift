// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering

/// The points of every bin of a card, and the line from log-odds to points.
struct PointsAssignment {
    /// The points at even odds, before rounding.
    let offset: Double
    /// The points per unit of the logarithm of the odds that have the higher points.
    let factor: Double
    /// The points of the intercept where it stands in a row of its own, else 0.
    let basePoints: Double
    /// The points of each bin of each variable.
    let points: [[Double]]
    /// The points of each variable at a weight of evidence of 0, before rounding.
    let neutralPoints: [Double]

    /// - Parameter evidence: the weights of evidence of each bin of each variable.
    init(
        _ scale: PointsScale, intercept: Double, coefficients: [Double], evidence: [[Double]]
    ) throws(ModelError) {
        let sign = scale.direction == .safetyRaisesPoints ? -1.0 : 1.0
        // Each bin's term of the log-odds of the outcome that has the higher points.
        let terms = zip(coefficients, evidence).map { coefficient, evidence in
            evidence.map { sign * coefficient * $0 }
        }
        let interceptTerm = sign * intercept
        (offset, factor) = try Self.line(scale.anchor, interceptTerm, terms)
        let base = offset + factor * interceptTerm
        let exactBase: Double
        switch scale.intercept {
        case .ownRow:
            exactBase = base
            neutralPoints = Array(repeating: 0, count: terms.count)
        case .spread:
            exactBase = 0
            neutralPoints = Array(repeating: base / Double(terms.count), count: terms.count)
        case .lowestScore:
            neutralPoints = terms.map { [factor] in -factor * ($0.min() ?? 0) }
            exactBase = neutralPoints.reduce(base, -)
        }
        let exact = zip(terms, neutralPoints).map { [factor] terms, neutral in
            terms.map { neutral + factor * $0 }
        }
        switch (scale.rounding, scale.anchor) {
        case (.exact, _):
            basePoints = exactBase
            points = exact
        case (.whole, .odds):
            basePoints = exactBase.rounded()
            points = exact.map { $0.map { $0.rounded() } }
        case (.whole, .range(let lowest, let highest)):
            basePoints = exactBase.rounded()
            points = Self.roundedPoints(
                exact, lowestSum: lowest - exactBase.rounded(), span: highest - lowest)
        }
    }

    private static func line(
        _ anchor: PointsScale.Anchor, _ intercept: Double, _ terms: [[Double]]
    ) throws(ModelError) -> (offset: Double, factor: Double) {
        switch anchor {
        case .odds(let points, let odds, let pointsToDoubleOdds):
            let factor = pointsToDoubleOdds / naturalLogarithm(2)
            return (points - factor * naturalLogarithm(odds), factor)
        case .range(let lowest, let highest):
            let least = terms.reduce(intercept) { $0 + ($1.min() ?? 0) }
            let most = terms.reduce(intercept) { $0 + ($1.max() ?? 0) }
            guard least < most else {
                throw ModelError(
                    .empty, "all rows have the same log-odds, so no range of points fits them")
            }
            let factor = (highest - lowest) / (most - least)
            return (lowest - factor * least, factor)
        }
    }

    /// Whole points whose least sum is `lowestSum` and whose largest sum is `span` above it.
    ///
    /// The least points of the variables, and the spans above them, are rounded by largest
    /// remainders, the first variables first among equal ones; the other bins are rounded to the
    /// nearest number between.
    private static func roundedPoints(
        _ exact: [[Double]], lowestSum: Double, span: Double
    ) -> [[Double]] {
        let least = exact.map { $0.min() ?? 0 }
        let most = exact.map { $0.max() ?? 0 }
        let spans = zip(most, least).map { $0 - $1 }
        let lowest = roundedKeepingSum(least, lowestSum)
        let highest = zip(lowest, roundedKeepingSum(spans, span)).map { $0 + $1 }
        return exact.indices.map { variable in
            exact[variable].map { points in
                if points == least[variable] { return lowest[variable] }
                if points == most[variable] { return highest[variable] }
                return min(max(points.rounded(), lowest[variable]), highest[variable])
            }
        }
    }

    private static func roundedKeepingSum(_ values: [Double], _ sum: Double) -> [Double] {
        var rounded = values.map { $0.rounded(.down) }
        let missing = Int((sum - rounded.reduce(0, +)).rounded())
        let order = values.indices.sorted { left, right in
            let remainders = (values[left] - rounded[left], values[right] - rounded[right])
            return remainders.0 == remainders.1 ? left < right : remainders.0 > remainders.1
        }
        // The rounded base may leave one more or one less than there are variables.
        for step in 0..<abs(missing) {
            rounded[order[step % order.count]] += missing > 0 ? 1 : -1
        }
        return rounded
    }
}
