// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// A fitted map of decision values to the probability of the class that positive values speak for.
enum DecisionCalibration: Equatable, Sendable {
    case logistic
    case platt(PlattScaling)
    case isotonic(IsotonicRegression)

    /// Maps fitted to held-out decision values.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient` where all values are equal.
    init(
        _ method: SupportVectorProbabilities, values: [Double], labels: [Bool], weights: [Double]
    ) throws(ModelError) {
        switch method {
        case .logistic: self = .logistic
        case .platt:
            self = .platt(try PlattScaling(scores: values, labels: labels, weights: weights))
        case .isotonic:
            self = .isotonic(
                try IsotonicRegression(
                    positions: values, values: labels.map { $0 ? 1 : 0 }, weights: weights))
        }
    }

    /// The probability at every decision value.
    func probabilities(_ values: [Double]) -> [Double] {
        switch self {
        case .logistic: Vector(values).sigmoid().elements
        case .platt(let map): map.probabilities(values)
        case .isotonic(let map): map.values(at: values)
        }
    }

    /// The map of the negated decision values to the probability of the other class.
    var mirrored: DecisionCalibration {
        switch self {
        case .logistic: self
        case .platt(let map):
            .platt(PlattScaling(slope: map.slope, intercept: -map.intercept))
        case .isotonic(let map):
            .isotonic(
                IsotonicRegression(
                    checkedPositions: map.positions.reversed().map { -$0 },
                    values: map.values.reversed().map { 1 - $0 }))
        }
    }
}
