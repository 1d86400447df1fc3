// SPDX-License-Identifier: Apache-2.0

import RealModule

/// Integrals by double exponential substitution, which bears integrable singularities at the ends.
///
/// H. Takahasi, M. Mori, Publications of RIMS 9 (1974), https://doi.org/10.2977/prims/1195192451.
enum DoubleExponentialQuadrature {
    /// The integral of `function(distance from start)` over `0..<length`, where `length` may be
    /// infinite.
    ///
    /// Steps are halved until two sums agree to `tolerance` of the integral of the absolute value.
    /// - Throws: ``BehavioralError`` with code `notConverged`.
    static func integral(
        over length: Double, tolerance: Double = 1e-13, _ function: (Double) -> Double
    ) throws(BehavioralError) -> Double {
        let halfPi = Double.pi / 2
        func term(_ t: Double) -> Double {
            let s = halfPi * Double.sinh(t)
            let slope = halfPi * Double.cosh(t)
            if length.isFinite {
                // The distance from the nearer end, exact however small: 1 / (1 + exp(-2 s)).
                let x = length / (1 + Double.exp(-2 * s))
                let weight = length * slope / (2 * Double.cosh(s) * Double.cosh(s))
                guard x > 0, x < length, weight > 0 else { return 0 }
                return weight * function(x)
            }
            let x = Double.exp(s)
            guard x > 0, x.isFinite else { return 0 }
            return slope * (x * function(x))
        }
        // Beyond these arguments every weight underflows or every distance overflows.
        let limit = length.isFinite ? 6.2 : 6.8
        var step = 0.5
        var sum = CompensatedSum()
        var size = 0.0
        var outermost = 0.0
        func add(_ value: Double) {
            sum.add(value)
            size += abs(value)
        }
        func addPairs(from first: Double, by spacing: Double) {
            var t = first
            while t <= limit {
                let (right, left) = (term(t), term(-t))
                add(right)
                add(left)
                outermost = abs(right) + abs(left)
                t += spacing
            }
        }
        add(term(0))
        addPairs(from: step, by: step)
        var last = sum.value * step
        for _ in 0..<8 {
            addPairs(from: step / 2, by: step)
            step /= 2
            let next = sum.value * step
            // A tail that is still worth something where doubles end has no integral.
            guard next.isFinite, outermost <= 1e-10 * size else { break }
            if abs(next - last) <= tolerance * size * step { return next }
            last = next
        }
        throw BehavioralError(
            .notConverged, "the integral does not settle: \(sum.value * step), step \(step)")
    }
}
