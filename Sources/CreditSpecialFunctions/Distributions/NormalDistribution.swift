// SPDX-License-Identifier: Apache-2.0

import RealModule

/// The standard normal distribution.
///
/// Relative error of every function below 1e-14, in the tails too.
package enum NormalDistribution {
    /// `Phi(x)`, the probability of a value up to `x`; NaN for NaN.
    package static func cumulative(_ x: Double) -> Double { survival(-x) }

    /// `1 - Phi(x)`, without cancellation for large `x`; NaN for NaN.
    package static func survival(_ x: Double) -> Double {
        let (z, low) = overSquareRootTwo(x)
        guard z.isFinite else { return Double.erfc(z) / 2 }
        // The rounding of x / sqrt(2) alone would cost x^2 units in the last place.
        let slope = 2 / Double.sqrt(.pi) * Double.exp(-z * z)
        return (Double.erfc(z) - slope * low) / 2
    }

    /// `log Phi(x)`, finite far below the point where `Phi` underflows.
    package static func logCumulative(_ x: Double) -> Double {
        if x > -1 { return Double.log(onePlus: -survival(x)) }
        if x > -12 { return Double.log(cumulative(x)) }
        if x == -.infinity { return x }
        // Mills' ratio: Phi(x) = phi(x) / -x * (1 - 1/x^2 + 3/x^4 - 15/x^6 + ...).
        let square = 1 / (x * x)
        var term = 1.0
        var correction = 0.0
        for odd in stride(from: 1.0, to: 31, by: 2) {
            term *= -odd * square
            correction += term
        }
        return -x * x / 2 - StirlingSeries.halfLogTwoPi - Double.log(-x)
            + Double.log(onePlus: correction)
    }

    /// `phi(x) = exp(-x^2 / 2) / sqrt(2 pi)`.
    package static func density(_ x: Double) -> Double {
        guard x.isFinite else { return x.isNaN ? x : 0 }
        let square = x * x
        let low = (-square).addingProduct(x, x)
        return Double.exp(-square / 2) * (1 - low / 2) / StirlingSeries.squareRootTwoPi
    }

    /// The `x` with `Phi(x) = p`: minus infinity at 0, infinity at 1, NaN outside `0...1`.
    ///
    /// Halley's iteration from a closed-form start; two steps reach full precision.
    package static func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        // p - 1/2 and 1 - p are exact on the ranges where they are used.
        if p > 0.25, p < 0.75 { return centralQuantile(p - 0.5) }
        return p < 0.5 ? -survivalQuantile(p) : survivalQuantile(1 - p)
    }

    /// The `x` with `1 - Phi(x) = q`, for small `q` far more precise than `quantile(1 - q)`.
    package static func survivalQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1 else { return .nan }
        if q == 0 { return .infinity }
        if q > 0.25 { return -quantile(q) }
        // log(1 - Phi) is nearly a parabola, so the iteration works on logarithms.
        let target = Double.log(q)
        var x = (-2 * target).squareRoot()
        x -= (Double.log(x) + StirlingSeries.halfLogTwoPi) / (x + 1 / x)
        x = max(x, 0.5)
        for _ in 0..<6 {
            let logSurvival = logCumulative(-x)
            let gap = logSurvival - target
            let hazard = Double.exp(
                -x * x / 2 - StirlingSeries.halfLogTwoPi - logSurvival)
            // f = log S - target, f' = -h, f'' = -h (h - x).
            let step = gap / (hazard - gap * (hazard - x) / 2)
            x += step
            if abs(step) < abs(x) * 1e-16 { break }
        }
        return x
    }

    private static func centralQuantile(_ offset: Double) -> Double {
        var x = offset * StirlingSeries.squareRootTwoPi
        for _ in 0..<4 {
            let (z, low) = overSquareRootTwo(x)
            let slope = density(x)
            let gap = (Double.erf(z) / 2 - offset) + slope * low * Double.sqrt(2)
            // f' = phi, f'' = -x phi.
            let ratio = gap / slope
            x -= ratio / (1 + ratio * x / 2)
        }
        return x
    }

    /// `x / sqrt(2)` as an unevaluated sum of two doubles.
    private static func overSquareRootTwo(_ x: Double) -> (high: Double, low: Double) {
        let head = 0x1.6a09e667f3bcdp-1
        let tail = -0x1.bdd3413b26456p-55
        let high = x * head
        return (high, (-high).addingProduct(x, head) + x * tail)
    }
}
