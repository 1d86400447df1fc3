// SPDX-License-Identifier: Apache-2.0

import RealModule

/// Student's t distribution; the degrees of freedom may be fractional.
///
/// Relative error below 2e-13 for 0.5 to 1e5 degrees of freedom; infinite ones give the normal.
package enum StudentTDistribution {
    /// `P(T <= t)`; NaN unless the degrees of freedom are positive.
    package static func cumulative(_ t: Double, degreesOfFreedom: Double) -> Double {
        survival(-t, degreesOfFreedom: degreesOfFreedom)
    }

    /// `P(T > t)`, without cancellation for large `t`; NaN unless the degrees are positive.
    package static func survival(_ t: Double, degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0, !t.isNaN else { return .nan }
        if degreesOfFreedom == .infinity { return NormalDistribution.survival(t) }
        let tail = tailAndCentre(abs(t), degreesOfFreedom).tail
        return t > 0 ? tail : 1 - tail
    }

    /// The `t` with `P(T <= t) = p`: infinite at 0 and 1, NaN outside `0...1`.
    ///
    /// Newton's iteration on the logarithms of probability and `t`, where the problem is concave
    /// and every start converges.
    package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0, p >= 0, p <= 1 else { return .nan }
        if degreesOfFreedom == .infinity { return NormalDistribution.quantile(p) }
        if p == 0.5 { return 0 }
        if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
        // 1 - p and p - 1/2 are exact on the ranges where they are used.
        let isCentral = p > 0.25 && p < 0.75
        let target = isCentral ? abs(p - 0.5) : min(p, 1 - p)
        var t = abs(NormalDistribution.quantile(p))
        for _ in 0..<200 {
            let (tail, centre, slope) = tailAndCentre(t, degreesOfFreedom)
            let step =
                isCentral
                ? Double.log(target / centre) * centre / slope
                : Double.log(tail / target) * tail / slope
            t *= Double.exp(step)
            if !(abs(step) > 2e-16) { break }
        }
        return p < 0.5 ? -t : t
    }

    /// `P(T > t)`, `P(0 < T <= t)` and `t` times the density, for `t >= 0`.
    private static func tailAndCentre(
        _ t: Double, _ degrees: Double
    ) -> (tail: Double, centre: Double, slope: Double) {
        if t == 0 { return (0.5, 0, 0) }
        if t == .infinity { return (0, 0.5, 0) }
        // x = n / (n + t^2) and y = t^2 / (n + t^2), each with its own low bits and no overflow.
        let squareIsSmall = t < degrees.squareRoot()
        let ratio = squareIsSmall ? t / degrees * t : degrees / t / t
        let small = ratio / (1 + ratio)
        let large = 1 / (1 + ratio)
        let (x, y) = squareIsSmall ? (large, small) : (small, large)
        if x == 0 { return (0, 0.5, 0) }
        if y == 0 { return (0.5, 0, 0) }
        let (lower, upper) = IncompleteBeta.both(x, y, degrees / 2, 0.5)
        return (lower / 2, upper / 2, IncompleteBeta.kernel(x, y, degrees / 2, 0.5))
    }
}
