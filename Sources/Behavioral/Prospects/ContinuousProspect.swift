// SPDX-License-Identifier: Apache-2.0

import CreditSpecialFunctions
import RealModule

/// A gamble with a continuous distribution of outcomes.
///
/// ```swift
/// let returns = try ContinuousProspect.normal(mean: 0.05, standardDeviation: 0.2)
/// try CumulativeProspectTheory.tverskyKahneman1992.value(of: returns)
/// ```
public struct ContinuousProspect: Sendable {
    /// The probability of an outcome up to x, in `0...1`, rising.
    public let cumulative: @Sendable (Double) -> Double

    /// The probability of an outcome above x, `1 - cumulative(x)` without cancellation.
    public let survival: @Sendable (Double) -> Double

    /// The least outcome; minus infinity if there is none.
    public let lowerBound: Double

    /// The greatest outcome; infinity if there is none.
    public let upperBound: Double

    /// Rising finite outcomes between the bounds, between which quadrature works piece by piece.
    let knots: [Double]

    /// Describes a distribution by its two tails.
    ///
    /// - Parameters:
    ///   - lowerBound: The least outcome, or minus infinity.
    ///   - upperBound: The greatest outcome, or infinity.
    ///   - knots: Some outcomes between the bounds, such as quartiles and kinks, in any order.
    ///     Quadrature works piece by piece between them, so they should mark where the distribution
    ///     changes. At least one.
    ///   - cumulative: The probability of an outcome up to x, in `0...1`.
    ///   - survival: The probability of an outcome above x, in `0...1`.
    /// - Throws: ``BehavioralError`` for bounds in the wrong order, for no knot or one outside the
    ///   bounds, and for a tail that is not a probability at a knot.
    public init(
        lowerBound: Double = -.infinity, upperBound: Double = .infinity, knots: [Double],
        cumulative: @escaping @Sendable (Double) -> Double,
        survival: @escaping @Sendable (Double) -> Double
    ) throws(BehavioralError) {
        guard lowerBound < upperBound else {
            throw BehavioralError(
                .invalidParameter, "bounds \(lowerBound) and \(upperBound) are not in order")
        }
        guard !knots.isEmpty else { throw BehavioralError(.empty, "no knots") }
        for (index, knot) in knots.enumerated() {
            guard knot.isFinite, knot >= lowerBound, knot <= upperBound else {
                throw BehavioralError(
                    .invalidParameter,
                    "knot \(knot) at \(index) is not between \(lowerBound) and \(upperBound)")
            }
            try Validation.probability("cumulative probability at \(knot),", cumulative(knot))
            try Validation.probability("survival probability at \(knot),", survival(knot))
        }
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.knots = knots.sorted()
        self.cumulative = cumulative
        self.survival = survival
    }

    /// A normal distribution.
    ///
    /// - Throws: ``BehavioralError`` for a mean that is not finite and a standard deviation that is
    ///   not positive and finite.
    public static func normal(
        mean: Double, standardDeviation: Double
    ) throws(BehavioralError) -> ContinuousProspect {
        try Validation.finite("mean", mean)
        try Validation.positive("standard deviation", standardDeviation)
        return try ContinuousProspect(
            knots: stride(from: -6.0, through: 6, by: 3).map { mean + $0 * standardDeviation },
            cumulative: { NormalDistribution.cumulative(($0 - mean) / standardDeviation) },
            survival: { NormalDistribution.survival(($0 - mean) / standardDeviation) })
    }

    /// A lognormal distribution: `exp(Z) + shift` for a normal Z; with a shift of -1, a return.
    ///
    /// - Throws: ``BehavioralError`` for parameters that are not finite, and for a deviation that
    ///   is not positive.
    public static func lognormal(
        logMean: Double, logStandardDeviation: Double, shift: Double = 0
    ) throws(BehavioralError) -> ContinuousProspect {
        try Validation.finite("log mean", logMean)
        try Validation.positive("log standard deviation", logStandardDeviation)
        try Validation.finite("shift", shift)
        @Sendable func score(_ x: Double) -> Double {
            x <= shift ? -.infinity : (Double.log(x - shift) - logMean) / logStandardDeviation
        }
        return try ContinuousProspect(
            lowerBound: shift,
            knots: stride(from: -6.0, through: 6, by: 3).map {
                Double.exp(logMean + $0 * logStandardDeviation) + shift
            },
            cumulative: { NormalDistribution.cumulative(score($0)) },
            survival: { NormalDistribution.survival(score($0)) })
    }

    /// A uniform distribution.
    ///
    /// - Throws: ``BehavioralError`` for bounds that are not finite or not in order.
    public static func uniform(
        from lowerBound: Double, to upperBound: Double
    ) throws(BehavioralError) -> ContinuousProspect {
        try Validation.finite("lower bound", lowerBound)
        try Validation.finite("upper bound", upperBound)
        let width = upperBound - lowerBound
        return try ContinuousProspect(
            lowerBound: lowerBound, upperBound: upperBound, knots: [lowerBound, upperBound],
            cumulative: { min(max(($0 - lowerBound) / width, 0), 1) },
            survival: { min(max((upperBound - $0) / width, 0), 1) })
    }
}
