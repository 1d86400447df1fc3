// SPDX-License-Identifier: Apache-2.0

extension ROC {
    /// The area under a stretch of the curve, between two false positive rates.
    ///
    /// Between its points the curve is straight. Not divided by the width of the stretch: the area
    /// of `0...1` is ``auc``.
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the rates are in `0...1` and
    ///   differ.
    /// - Complexity: O(points).
    public func partialAUC(
        falsePositiveRates range: ClosedRange<Double>
    ) throws(MetricsError) -> Double {
        try Self.requireRates(range)
        return Self.area(
            points.map { ($0.falsePositiveRate, $0.truePositiveRate) }, between: range)
    }

    /// The area right of a stretch of the curve, between two true positive rates.
    ///
    /// The mean of `1 - FPR` over the stretch times its width, for lenders who must find most of
    /// the defaulters.
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the rates are in `0...1` and
    ///   differ.
    /// - Complexity: O(points).
    public func partialAUC(
        truePositiveRates range: ClosedRange<Double>
    ) throws(MetricsError) -> Double {
        try Self.requireRates(range)
        return Self.area(
            points.map { ($0.truePositiveRate, 1 - $0.falsePositiveRate) }, between: range)
    }

    /// The partial area of false positive rates on a scale where 0.5 is no skill and 1 is perfect.
    ///
    /// `(1 + (area - least) / (most - least)) / 2`, where least is the area under the diagonal and
    /// most the width of the stretch. D. K. McClish, Medical Decision Making 9 (1989),
    /// https://doi.org/10.1177/0272989X8900900307.
    /// - Throws: ``MetricsError`` as ``partialAUC(falsePositiveRates:)``.
    public func standardisedPartialAUC(
        falsePositiveRates range: ClosedRange<Double>
    ) throws(MetricsError) -> Double {
        let area = try partialAUC(falsePositiveRates: range)
        let width = range.upperBound - range.lowerBound
        let least = width * (range.upperBound + range.lowerBound) / 2
        return (1 + (area - least) / (width - least)) / 2
    }

    /// The true positive rate at a false positive rate; where the curve rises straight up, its top.
    ///
    /// - Throws: ``MetricsError`` of code `invalidParameter` unless the rate is in `0...1`.
    /// - Complexity: O(points).
    public func truePositiveRate(
        atFalsePositiveRate rate: Double
    ) throws(MetricsError) -> Double {
        guard rate >= 0, rate <= 1 else {
            throw MetricsError(.invalidParameter, "false positive rate \(rate) is not in 0...1")
        }
        let right = points.firstIndex { $0.falsePositiveRate > rate } ?? points.count
        let left = points[right - 1]
        guard right < points.count else { return left.truePositiveRate }
        let share =
            (rate - left.falsePositiveRate)
            / (points[right].falsePositiveRate - left.falsePositiveRate)
        return left.truePositiveRate
            + share * (points[right].truePositiveRate - left.truePositiveRate)
    }

    /// The corners of the smallest concave curve above this one, from (0, 0) to (1, 1): what can be
    /// reached by choosing between thresholds at random.
    ///
    /// - Complexity: O(points).
    public var convexHull: [Point] {
        var hull: [Point] = []
        for point in points {
            while hull.count > 1 {
                let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
                let turn =
                    (b.falsePositiveRate - a.falsePositiveRate)
                    * (point.truePositiveRate - a.truePositiveRate)
                    - (b.truePositiveRate - a.truePositiveRate)
                    * (point.falsePositiveRate - a.falsePositiveRate)
                guard turn >= 0 else { break }
                hull.removeLast()
            }
            hull.append(point)
        }
        return hull
    }

    /// The area under ``convexHull``, at least ``auc``.
    ///
    /// - Complexity: O(points).
    public var convexHullAUC: Double {
        Self.area(
            convexHull.map { ($0.falsePositiveRate, $0.truePositiveRate) }, between: 0...1)
    }

    /// The point furthest above the diagonal, where `TPR - FPR` (Youden's index) is greatest; of
    /// several the one of the highest threshold.
    ///
    /// W. J. Youden, Cancer 3 (1950),
    /// https://doi.org/10.1002/1097-0142(1950)3:1%3C32::AID-CNCR2820030106%3E3.0.CO;2-3.
    public var youdenPoint: Point {
        var best = points[0]
        for point in points
        where point.truePositiveRate - point.falsePositiveRate
            > best.truePositiveRate - best.falsePositiveRate
        {
            best = point
        }
        return best
    }

    /// At most `count` points for a chart: the ends and those nearest to equal steps along the
    /// curve.
    ///
    /// - Precondition: `count` is at least 2.
    public func thinned(to count: Int) -> [Point] {
        precondition(count >= 2, "\(count) points")
        guard points.count > count else { return points }
        var kept: [Point] = []
        for point in points.dropLast() {
            let travelled = point.falsePositiveRate + point.truePositiveRate
            if travelled * Double(count - 1) / 2 >= Double(kept.count) { kept.append(point) }
        }
        return kept.prefix(count - 1) + points.suffix(1)
    }

    private static func requireRates(_ range: ClosedRange<Double>) throws(MetricsError) {
        guard range.lowerBound >= 0, range.upperBound <= 1, range.lowerBound < range.upperBound
        else {
            throw MetricsError(
                .invalidParameter,
                "rates \(range.lowerBound) to \(range.upperBound) are no stretch of 0...1")
        }
    }

    /// The area under a polygon of non-decreasing x.
    private static func area(
        _ polygon: [(x: Double, y: Double)], between range: ClosedRange<Double>
    ) -> Double {
        var area = CompensatedSum()
        for (left, right) in zip(polygon, polygon.dropFirst()) where right.x > left.x {
            let start = max(left.x, range.lowerBound)
            let end = min(right.x, range.upperBound)
            guard end > start else { continue }
            let slope = (right.y - left.y) / (right.x - left.x)
            area += (end - start) * (left.y + slope * ((start + end) / 2 - left.x))
        }
        return area.value
    }
}
