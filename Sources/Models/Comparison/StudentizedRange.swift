// SPDX-License-Identifier: Apache-2.0

internal import CreditSpecialFunctions

/// The range of `count` standard normals: the studentised range with infinite degrees of freedom.
enum StudentizedRange {
    /// `P(Q > q) = k * integral of phi(z) (Phi(z)^(k-1) - (Phi(z) - Phi(z - q))^(k-1)) dz`.
    ///
    /// The trapezoidal rule on an analytic function that vanishes at both ends; relative error
    /// below 1e-10 down to 1e-12.
    static func survival(_ q: Double, count: Int) -> Double {
        guard q > 0 else { return 1 }
        let step = 0.0625
        var sum = 0.0
        for index in Int(-10 / step)...Int((10 + q) / step) {
            let z = Double(index) * step
            let below = NormalDistribution.cumulative(z)
            guard below > 0 else { continue }
            let ratio = NormalDistribution.cumulative(z - q) / below
            // 1 - (1 - r)^m without cancellation.
            var power = 1.0
            var share = 0.0
            for _ in 1..<count {
                share += power
                power *= 1 - ratio
            }
            var scale = NormalDistribution.density(z)
            for _ in 1..<count { scale *= below }
            sum += scale * share * ratio
        }
        return min(1, Double(count) * sum * step)
    }

    /// The `q` with `P(Q > q) = p`, by bisection down to neighbouring numbers.
    static func survivalQuantile(_ p: Double, count: Int) -> Double {
        var lower = 0.0
        var upper = 8.0
        while survival(upper, count: count) > p { upper *= 2 }
        while true {
            let middle = lower + (upper - lower) / 2
            guard middle > lower, middle < upper else { return middle }
            if survival(middle, count: count) > p { lower = middle } else { upper = middle }
        }
    }
}

/// Fisher's F distribution.
enum FDistribution {
    /// `P(F > f)`.
    static func survival(_ f: Double, _ first: Double, _ second: Double) -> Double {
        guard f > 0 else { return 1 }
        guard f.isFinite else { return 0 }
        return IncompleteBeta.lower(second / (second + first * f), second / 2, first / 2)
    }
}
