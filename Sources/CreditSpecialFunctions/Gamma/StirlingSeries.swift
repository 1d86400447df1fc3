// SPDX-License-Identifier: Apache-2.0

import RealModule

/// Pieces from which gamma and beta densities are built without cancellation.
///
/// The saddle-point form of Catherine Loader, "Fast and accurate computation of binomial
/// probabilities" (2000).
enum StirlingSeries {
    /// `log Gamma(a + 1) - (a + 1/2) log a + a - log(2 pi)/2` for `a > 0`, absolute error 1e-14.
    static func error(_ a: Double) -> Double {
        guard a >= 20 else {
            return logGammaOnePlus(a) - (a + 0.5) * Double.log(a) + a - halfLogTwoPi
        }
        let square = 1 / (a * a)
        let coefficients = [
            -691 / 360_360.0, 1 / 1188.0, -1 / 1680.0, 1 / 1260.0, -1 / 360.0, 1 / 12.0,
        ]
        return coefficients.reduce(0) { $0 * square + $1 } / a
    }

    /// `a log(a / m) + m - a` for `a, m > 0`: half the deviance, never negative.
    static func deviance(_ a: Double, _ m: Double) -> Double {
        let v = (a - m) / (a + m)
        // Near a = m the three terms cancel; the series is in v = (a - m) / (a + m).
        guard abs(v) < 0.5 else { return a * Double.log(a / m) + m - a }
        let square = v * v
        var power = 2 * a * v * square
        var sum = (a - m) * v
        var odd = 3.0
        while true {
            let next = sum + power / odd
            if next == sum { return sum }
            sum = next
            power *= square
            odd += 2
        }
    }

    /// `log Gamma(1 + a)` for `a >= 0`, with full relative accuracy down to `a = 0`.
    static func logGammaOnePlus(_ a: Double) -> Double {
        let shifted = 1 + a
        // 1 + a drops the low bits of a small a; the digamma function at 1 puts them back.
        let lost = a < 0.5 ? a - (shifted - 1) : 0
        return Double.logGamma(shifted) - 0.577_215_664_901_532_9 * lost
    }

    static let halfLogTwoPi = 0.918_938_533_204_672_8
    static let squareRootTwoPi = 2.506_628_274_631_000_2
}
