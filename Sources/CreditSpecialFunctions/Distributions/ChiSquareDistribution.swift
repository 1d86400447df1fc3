// SPDX-License-Identifier: Apache-2.0

/// The chi-square distribution: the sum of `degreesOfFreedom` squared standard normals.
package enum ChiSquareDistribution {
    /// `P(X <= x)`; 0 for negative `x`, NaN unless the degrees of freedom are positive.
    ///
    /// Relative error below 3e-13 up to 2000 degrees of freedom.
    package static func cumulative(_ x: Double, degreesOfFreedom: Double) -> Double {
        IncompleteGamma.lower(degreesOfFreedom / 2, x < 0 ? 0 : x / 2)
    }

    /// `P(X > x)`, the p-value of a test statistic; 1 for negative `x`, NaN as above.
    ///
    /// Relative error below 3e-13 up to 2000 degrees of freedom.
    package static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
        IncompleteGamma.upper(degreesOfFreedom / 2, x < 0 ? 0 : x / 2)
    }

    /// The `x` with `P(X <= x) = p`, 0 for `p` 0, infinity for `p` 1, NaN outside of 0...1 and
    /// unless the degrees of freedom are positive.
    ///
    /// Found by bisection down to neighbouring numbers, so it is as good as ``cumulative``.
    package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
        guard p > 0, p < 1, degreesOfFreedom > 0 else {
            return !(degreesOfFreedom > 0) ? .nan : p == 0 ? 0 : p == 1 ? .infinity : .nan
        }
        var lower = 0.0
        var upper = degreesOfFreedom
        while cumulative(upper, degreesOfFreedom: degreesOfFreedom) < p { upper *= 2 }
        while true {
            let middle = lower + (upper - lower) / 2
            guard middle > lower, middle < upper else { return upper }
            if cumulative(middle, degreesOfFreedom: degreesOfFreedom) < p {
                lower = middle
            } else {
                upper = middle
            }
        }
    }
}
