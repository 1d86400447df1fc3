// SPDX-License-Identifier: Apache-2.0

/// Brent's minimum: finds a local minimum of a function of one variable on an interval.
///
/// Parabolas make it fast on smooth functions, golden section safe on others. With one minimum in
/// the interval that one is found; with several, one of them.
///
/// R. P. Brent, "Algorithms for Minimization without Derivatives", Prentice-Hall 1973, chapter 5.
public struct BrentMinimum: Sendable, Hashable, Codable {
    /// A minimum and how it was found.
    public struct Result: Sendable, Hashable, Codable {
        /// Where the lowest value was found.
        public let position: Double

        /// The function there.
        public let value: Double

        /// How the search ended and what it cost.
        public let report: OptimisationReport
    }

    /// The absolute part of the tolerance on the position; positive.
    ///
    /// In all the tolerance is `sqrt(eps) |position| + tolerance`; values alone cannot tell
    /// positions apart that are closer than about `sqrt(eps)`.
    public var tolerance: Double

    /// The largest number of iterations; not negative.
    public var iterationLimit: Int

    /// A search with the given settings.
    public init(tolerance: Double = 1e-10, iterationLimit: Int = 200) {
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
    }

    /// Minimises `function` on `interval`, whose ends are not evaluated.
    ///
    /// The value may be infinity outside the function's domain.
    ///
    /// - Throws: ``OptimisationError``: `.startNotFinite` for an infinite interval,
    ///   `.valueNotFinite` for NaN or minus infinity, `.invalidSetting`.
    public func minimise(
        in interval: ClosedRange<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: (Double) -> Double
    ) throws(OptimisationError) -> Result {
        let method = "Brent minimum"
        try require(tolerance, in: Double.leastNonzeroMagnitude..., "tolerance", method)
        try require(Double(iterationLimit), in: 0..., "iterationLimit", method)
        var (a, b) = (interval.lowerBound, interval.upperBound)
        try requireFinite([a, b], method)
        let golden = (3 - 5.0.squareRoot()) / 2
        var counter = EvaluationCounter(method)
        // x is the lowest point, w the second lowest, v the w before.
        var x = a + golden * (b - a)
        var fx = try counter.evaluate(function(x))
        var (v, w, fv, fw) = (x, x, fx, fx)
        var (step, lastStep) = (0.0, 0.0)
        var iteration = 0
        var reason: OptimisationReport.StopReason?
        while reason == nil {
            let middle = a + (b - a) / 2
            let tolerance = Double.ulpOfOne.squareRoot() * abs(x) + tolerance
            if abs(x - middle) <= 2 * tolerance - (b - a) / 2 {
                reason = .positionTolerance
                break
            }
            guard iteration < iterationLimit else {
                reason = .limit
                break
            }
            var (p, q) = (0.0, 0.0)
            if abs(lastStep) > tolerance {
                let (r, s) = ((x - w) * (fx - fv), (x - v) * (fx - fw))
                p = (x - v) * s - (x - w) * r
                q = 2 * (s - r)
                (p, q) = q > 0 ? (-p, q) : (p, -q)
            }
            let usesParabola =
                abs(p) < abs(q * lastStep / 2) && p > q * (a - x) && p < q * (b - x)
            if usesParabola {
                (lastStep, step) = (step, p / q)
                // The function must not be evaluated too close to an end.
                if x + step - a < 2 * tolerance || b - x - step < 2 * tolerance {
                    step = x < middle ? tolerance : -tolerance
                }
            } else {
                lastStep = (x < middle ? b : a) - x
                step = golden * lastStep
            }
            let u = x + (abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance)
            let fu = try counter.evaluate(function(u))
            if fu <= fx {
                if u < x { b = x } else { a = x }
                (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
            } else {
                if u < x { a = u } else { b = u }
                if fu <= fw || w == x {
                    (v, fv, w, fw) = (w, fw, u, fu)
                } else if fu <= fv || v == x || v == w {
                    (v, fv) = (u, fu)
                }
            }
            iteration += 1
            let progress = OptimisationProgress(
                iteration: iteration, evaluations: counter.evaluations, point: [x], value: fx)
            if progress.isStopped(by: observer) { reason = .stopped }
        }
        return Result(
            position: x, value: fx,
            report: OptimisationReport(
                iterations: iteration, evaluations: counter.evaluations,
                stopReason: reason ?? .limit))
    }
}
