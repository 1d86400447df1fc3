// SPDX-License-Identifier: Apache-2.0

/// The beta distribution on 0...1.
package enum BetaDistribution {
    /// `P(X <= x)`; NaN unless `a` and `b` are positive and `x` is in `0...1`.
    package static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
        IncompleteBeta.lower(x, a, b)
    }

    /// The `x` with `P(X <= x) = p`; NaN outside of `0...1` and unless `a` and `b` are positive.
    ///
    /// Found by bisection down to neighbouring numbers, so it is as good as ``cumulative``.
    package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        guard p >= 0, p <= 1, a > 0, b > 0 else { return .nan }
        if p == 0 || p == 1 { return p }
        var lower = 0.0
        var upper = 1.0
        while true {
            let middle = lower + (upper - lower) / 2
            guard middle > lower, middle < upper else { return upper }
            if cumulative(middle, a, b) < p { lower = middle } else { upper = middle }
        }
    }
}
