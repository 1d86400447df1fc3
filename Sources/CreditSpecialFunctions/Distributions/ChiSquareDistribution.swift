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
}
