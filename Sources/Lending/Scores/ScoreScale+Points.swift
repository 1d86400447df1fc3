// SPDX-License-Identifier: Apache-2.0

internal import Foundation

extension ScoreScale {
    /// The integer points of a probability of default: at 0 the highest, at 1 the lowest.
    ///
    /// - Throws: ``LendingError`` with code `invalidProbability` outside 0...1 and for NaN.
    public func points(forDefaultProbability probability: Double) throws(LendingError) -> Int {
        guard (0...1).contains(probability) else {
            throw LendingError(
                .invalidProbability, "a probability of default of \(probability) is not in 0...1")
        }
        let exact = offset + factor * log((1 - probability) / probability)
        let bounded = min(max(exact, Double(range.lowerBound)), Double(range.upperBound))
        return Int(bounded.rounded(.toNearestOrAwayFromZero))
    }

    /// The points of every probability, in order.
    ///
    /// - Throws: ``LendingError`` with code `invalidProbability`; the message names the index.
    public func points(
        forDefaultProbabilities probabilities: [Double]
    ) throws(LendingError) -> [Int] {
        var points: [Int] = []
        points.reserveCapacity(probabilities.count)
        for (index, probability) in probabilities.enumerated() {
            do {
                points.append(try self.points(forDefaultProbability: probability))
            } catch {
                throw LendingError(.invalidProbability, "at index \(index): \(error.message)")
            }
        }
        return points
    }

    /// The probability of default that stands for `points`: `1 / (1 + exp((points - offset) /
    /// factor))`.
    ///
    /// This inverts ``points(forDefaultProbability:)`` up to the rounding to an integer; scaling
    /// the result gives `points` back wherever half a point still moves a `Double` probability.
    ///
    /// - Throws: ``LendingError`` with code `pointsOutOfRange`.
    public func defaultProbability(forPoints points: Int) throws(LendingError) -> Double {
        try check(points)
        return 1 / (1 + exp((Double(points) - offset) / factor))
    }

    /// The grade of `points`.
    ///
    /// - Throws: ``LendingError`` with code `pointsOutOfRange`.
    public func grade(forPoints points: Int) throws(LendingError) -> ScoreGrade {
        try check(points)
        return ScoreGrade.allCases.last { range(of: $0).contains(points) } ?? .poor
    }

    /// The points that have `grade`.
    public func range(of grade: ScoreGrade) -> ClosedRange<Int> {
        let starts = [range.lowerBound] + gradeLimits.ascending
        let ends = gradeLimits.ascending.map { $0 - 1 } + [range.upperBound]
        let index = ScoreGrade.allCases.firstIndex(of: grade) ?? 0
        return starts[index]...ends[index]
    }

    private func check(_ points: Int) throws(LendingError) {
        guard range.contains(points) else {
            throw LendingError(.pointsOutOfRange, "\(points) points are not in \(range)")
        }
    }
}
