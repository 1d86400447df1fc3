// SPDX-License-Identifier: Apache-2.0

import LinearAlgebra

/// The likelihood of the power of Yeo and Johnson, from values in ascending order.
///
/// Sums run in that order, so the order of the training rows does not matter.
struct YeoJohnsonLikelihood {
    private let least: Double
    private let largest: Double
    /// `sign(x) log(1 + |x|)`, ascending.
    private let logarithms: [Double]
    private let sumOfLogarithms: Double

    /// - Precondition: `values` is not empty and ascending.
    init(sorted values: [Double]) {
        least = values[0]
        largest = values[values.count - 1]
        logarithms = values.map {
            $0 < 0
                ? -ElementaryFunctions.log(onePlus: -$0) : ElementaryFunctions.log(onePlus: $0)
        }
        sumOfLogarithms = logarithms.reduce(0, +)
    }

    /// `x` after the power `power`.
    static func transformed(_ x: Double, power: Double) -> Double {
        if power == 1 { return x }
        return x < 0
            ? -raised(ElementaryFunctions.log(onePlus: -x), 2 - power)
            : raised(ElementaryFunctions.log(onePlus: x), power)
    }

    /// `(exp(logarithm)^power - 1) / power`, whose limit at power 0 is the logarithm.
    private static func raised(_ logarithm: Double, _ power: Double) -> Double {
        power == 0 ? logarithm : ElementaryFunctions.expMinusOne(power * logarithm) / power
    }

    /// The power of the largest likelihood among those that keep the values apart; 1 if all values
    /// are equal.
    ///
    /// The interval of the search grows from -3...5 as long as its best power is near an end.
    var bestPower: Double {
        guard least < largest, isResolved(1) else { return 1 }
        let lowest = lastResolved(towards: -255)
        let highest = lastResolved(towards: 257)
        var best = 1.0
        for radius in [4.0, 16, 64, 256] {
            let interval = max(1 - radius, lowest)...min(1 + radius, highest)
            let search = try? BrentMinimum().minimise(in: interval) { -logLikelihood($0) }
            guard let search else { break }
            best = search.position
            if abs(best - 1) < 0.95 * radius { break }
        }
        return best
    }

    /// Whether the extremes after `power` can be squared and differ in more than the last digits.
    private func isResolved(_ power: Double) -> Bool {
        func relativeRange(_ power: Double) -> Double {
            let (low, high) = (
                Self.transformed(least, power: power), Self.transformed(largest, power: power)
            )
            let size = max(low.magnitude, high.magnitude)
            return size < 1e152 ? (high - low) / size : 0
        }
        return relativeRange(power) > min(1e-10, relativeRange(1) * 1e-3)
    }

    /// The power between 1 and `end` up to which values are resolved.
    private func lastResolved(towards end: Double) -> Double {
        if isResolved(end) { return end }
        var (inside, outside) = (1.0, end)
        while abs(outside - inside) > 1e-3 {
            let middle = (inside + outside) / 2
            if isResolved(middle) { inside = middle } else { outside = middle }
        }
        return inside
    }

    /// `-n/2 log(variance) + (power - 1) sum sign(x) log(1 + |x|)`, the logarithm of the normal
    /// likelihood up to a constant; minus infinity where the variance over- or underflows.
    func logLikelihood(_ power: Double) -> Double {
        let logVariance = logVariance(power)
        let value =
            -Double(logarithms.count) / 2 * logVariance + (power - 1) * sumOfLogarithms
        return logVariance.isFinite && value.isFinite ? value : -.infinity
    }

    private func logVariance(_ power: Double) -> Double {
        // Where all values have one sign, a factor is taken out, so that large numbers that differ
        // little keep their digits and no power overflows.
        if least >= 0 || largest <= 0 {
            let effective = least >= 0 ? power : 2 - power
            let magnitudes = least >= 0 ? logarithms : logarithms.map { -$0 }
            let reference =
                (effective > 0) == (least >= 0) ? magnitudes.last ?? 0 : magnitudes.first ?? 0
            return 2 * effective * reference
                + Self.logVariance(
                    magnitudes.map { Self.raised($0 - reference, effective) })
        }
        return Self.logVariance(
            logarithms.map { $0 < 0 ? -Self.raised(-$0, 2 - power) : Self.raised($0, power) })
    }

    private static func logVariance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ElementaryFunctions.log(squares / Double(values.count))
    }
}
