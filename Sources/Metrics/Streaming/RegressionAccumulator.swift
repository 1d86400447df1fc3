// SPDX-License-Identifier: Apache-2.0

/// Errors of predicted numbers that grow row by row and merge.
///
/// Means and squares about them are kept as by T. F. Chan, G. H. Golub, R. J. LeVeque, The American
/// Statistician 37 (1983), https://doi.org/10.1080/00031305.1983.10483115.
public struct RegressionAccumulator: Hashable, Codable, Sendable {
    private var outcomes = Moments()
    private var errors = Moments()
    private var absolute = CompensatedSum()
    private var squares = CompensatedSum()

    private struct Moments: Hashable, Codable, Sendable {
        var weight = 0.0
        var mean = 0.0
        var squares = 0.0

        mutating func merge(_ other: Moments) {
            let total = weight + other.weight
            guard total > 0 else { return }
            let distance = other.mean - mean
            squares += other.squares + distance * distance * (weight * (other.weight / total))
            mean += distance * (other.weight / total)
            weight = total
        }
    }

    /// An accumulator without rows.
    public init() {}

    /// Adds a row.
    ///
    /// - Throws: ``MetricsError`` for numbers that are not finite and an invalid weight; nothing is
    ///   added then.
    public mutating func add(
        outcome: Double, prediction: Double, weight: Double = 1
    ) throws(MetricsError) {
        guard outcome.isFinite, prediction.isFinite else {
            throw MetricsError(
                .invalidScore, "outcome \(outcome) and prediction \(prediction) are not finite")
        }
        guard weight == 0 || (weight >= 1e-100 && weight <= 1e100) else {
            throw MetricsError(
                .invalidWeight, "weight \(weight) is neither 0 nor in 1e-100...1e100")
        }
        if weight == 0 { return }
        let error = prediction - outcome
        outcomes.merge(Moments(weight: weight, mean: outcome, squares: 0))
        errors.merge(Moments(weight: weight, mean: error, squares: 0))
        absolute += weight * abs(error)
        squares += weight * error * error
    }

    /// Takes in the rows of another accumulator.
    public mutating func merge(_ other: RegressionAccumulator) {
        outcomes.merge(other.outcomes)
        errors.merge(other.errors)
        absolute.merge(other.absolute)
        squares.merge(other.squares)
    }

    /// The weight of the rows.
    public var weight: Double { outcomes.weight }

    /// The mean of `prediction - outcome`; nil without rows, as all that follow.
    public var bias: Double? { weight > 0 ? errors.mean : nil }

    /// The mean of `|prediction - outcome|`.
    public var meanAbsoluteError: Double? { weight > 0 ? absolute.value / weight : nil }

    /// The mean of `(prediction - outcome)^2`.
    public var meanSquaredError: Double? { weight > 0 ? squares.value / weight : nil }

    /// The coefficient of determination; nil also for constant outcomes.
    public var rSquared: Double? {
        outcomes.squares > 0 ? 1 - squares.value / outcomes.squares : nil
    }
}
