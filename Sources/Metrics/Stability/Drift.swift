// SPDX-License-Identifier: Apache-2.0

internal import RealModule

/// Distances between two samples of numbers, such as a score then and now.
public struct SampleDrift: Hashable, Codable, Sendable {
    /// The greatest distance of the two distribution functions, in `0...1`.
    public let kolmogorovSmirnov: Double
    /// The probability of such a distance when both samples come from one
    /// distribution, in the limit of many rows.
    public let pValue: Double
    /// Wasserstein's distance of order 1: the area between the distribution functions, in the unit
    /// of the values.
    public let wasserstein: Double
    /// The energy distance `sqrt(2 * integral of (F - G)^2)`.
    public let energy: Double

    /// Compares two samples.
    ///
    /// `p = 2 sum of (-1)^(k - 1) exp(-2 k^2 n m D^2 / (n + m))` for the weights n and m.
    /// - Parameters:
    ///   - reference: Finite values.
    ///   - current: Finite values.
    ///   - referenceWeights: The weight of each reference row; nil weighs every row 1.
    ///   - currentWeights: The weight of each current row; nil weighs every row 1.
    /// - Throws: ``MetricsError`` for invalid arrays.
    /// - Complexity: O(n log n) for n rows.
    public init(
        reference: [Double], current: [Double], referenceWeights: [Double]? = nil,
        currentWeights: [Double]? = nil
    ) throws(MetricsError) {
        try Validation.sample(reference, "reference values", referenceWeights)
        try Validation.sample(current, "current values", currentWeights)
        let ones: ([Double]) -> [Double] = { [Double](repeating: 1, count: $0.count) }
        let isWeighted = referenceWeights != nil || currentWeights != nil
        let ranked = try RankedOutcomes(
            labels: reference.map { _ in false } + current.map { _ in true },
            scores: reference + current,
            weights: isWeighted
                ? (referenceWeights ?? ones(reference)) + (currentWeights ?? ones(current)) : nil)
        var (greatest, area, squares) = (0.0, CompensatedSum(), CompensatedSum())
        var (above, currentAbove) = (0.0, 0.0)
        var last: Double?
        ranked.forEachGroup { group in
            let distance = abs(above / ranked.negatives - currentAbove / ranked.positives)
            if let last {
                area += distance * (last - group.score)
                squares += distance * distance * (last - group.score)
            }
            above += group.negatives
            currentAbove += group.positives
            greatest = max(
                greatest, abs(above / ranked.negatives - currentAbove / ranked.positives))
            last = group.score
        }
        kolmogorovSmirnov = greatest
        wasserstein = area.value
        energy = (2 * squares.value).squareRoot()
        let scaled =
            ranked.negatives / (ranked.negatives + ranked.positives) * ranked.positives
            * greatest * greatest
        pValue = Self.kolmogorovSurvival(scaled)
    }

    /// `P(K^2 > x)` of Kolmogorov's distribution.
    private static func kolmogorovSurvival(_ square: Double) -> Double {
        if square < 0.04 { return 1 }
        if square < 1 {
            // The dual series converges where the one of the definition does not.
            let root = square.squareRoot()
            var sum = 0.0
            for k in 1...20 {
                let odd = Double(2 * k - 1)
                sum += Double.exp(-odd * odd * Double.pi * Double.pi / (8 * square))
            }
            return max(0, 1 - (2 * Double.pi).squareRoot() / root * sum)
        }
        var sum = 0.0
        for k in 1...20 {
            let term = Double.exp(-2 * Double(k * k) * square)
            sum += k % 2 == 1 ? term : -term
        }
        return min(1, 2 * sum)
    }
}

/// Distances between two discrete distributions, given as weights bin by bin.
public struct DistributionDistance: Hashable, Codable, Sendable {
    /// The square root of the Jensen-Shannon divergence in bits, in `0...1`.
    public let jensenShannon: Double
    /// Hellinger's distance, in `0...1`.
    public let hellinger: Double
    /// Half the sum of the shares' distances, in `0...1`.
    public let totalVariation: Double
    /// The divergence `sum of a log(a / e)` of the current from the reference shares in nats; nil
    /// where it is infinite, since a bin without reference rows holds current ones.
    public let kullbackLeibler: Double?

    /// Compares two lists of weights.
    ///
    /// - Throws: ``MetricsError`` for different lengths, no bins, invalid
    ///   weights and a side without weight.
    /// - Complexity: O(bins).
    public init(reference: [Double], current: [Double]) throws(MetricsError) {
        try Validation.sameCount(
            "reference bins", reference.count, "current bins", current.count)
        guard !reference.isEmpty else { throw MetricsError(.emptyInput, "there are no bins") }
        try Validation.weights(reference)
        try Validation.weights(current)
        let (n, m) = (reference.reduce(0, +), current.reduce(0, +))
        var (mixed, roots, apart, divergence) = (
            CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum()
        )
        func term(_ share: Double, _ other: Double) -> Double {
            share > 0 ? share * Double.log(share / other) : 0
        }
        for bin in reference.indices {
            let (e, a) = (reference[bin] / n, current[bin] / m)
            let middle = (a + e) / 2
            mixed += (term(a, middle) + term(e, middle)) / 2
            roots += (a.squareRoot() - e.squareRoot()) * (a.squareRoot() - e.squareRoot())
            apart += abs(a - e)
            divergence += term(a, e)
        }
        jensenShannon = min(1, (max(0, mixed.value) / Double.log(2)).squareRoot())
        hellinger = min(1, (roots.value / 2).squareRoot())
        totalVariation = min(1, apart.value / 2)
        kullbackLeibler = divergence.value.isFinite ? max(0, divergence.value) : nil
    }
}
