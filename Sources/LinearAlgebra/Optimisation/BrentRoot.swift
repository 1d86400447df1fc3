// SPDX-License-Identifier: Apache-2.0

/// Brent's root: finds where a continuous function of one variable changes its sign.
///
/// The root stays enclosed; inverse quadratic interpolation makes it fast on smooth functions, and
/// bisection safe on others.
///
/// R. P. Brent, "Algorithms for Minimization without Derivatives", Prentice-Hall 1973, chapter 4.
public struct BrentRoot: Sendable, Hashable, Codable {
    /// A root and how it was found.
    public struct Root: Sendable, Hashable, Codable {
        /// Where the function changes its sign, to within the tolerance.
        public let position: Double

        /// The function there.
        public let value: Double

        /// How the search ended and what it cost.
        public let report: OptimisationReport
    }

    /// The absolute part of the tolerance on the root; not negative.
    ///
    /// The root is found to within `tolerance + 4 eps |root|`.
    public var tolerance: Double

    /// The largest number of iterations; not negative.
    public var iterationLimit: Int

    /// A search with the given settings.
    public init(tolerance: Double = 1e-12, iterationLimit: Int = 200) {
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
    }

    /// Finds a root of `function` in `interval`.
    ///
    /// An infinite value counts by its sign.
    ///
    /// - Throws: ``OptimisationError``: `.notABracket` when both ends have values of the same
    ///   sign, `.startNotFinite` for an infinite interval, `.valueNotFinite` for NaN,
    ///   `.invalidSetting`.
    public func solve(
        in interval: ClosedRange<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: (Double) -> Double
    ) throws(OptimisationError) -> Root {
        let method = "Brent root"
        try require(tolerance, in: 0..., "tolerance", method)
        try require(Double(iterationLimit), in: 0..., "iterationLimit", method)
        try requireFinite([interval.lowerBound, interval.upperBound], method)
        var evaluations = 0
        func evaluate(_ x: Double) throws(OptimisationError) -> Double {
            evaluations += 1
            let value = function(x)
            guard !value.isNaN else {
                throw OptimisationError(
                    .valueNotFinite(evaluation: evaluations, value: value), method)
            }
            return value
        }
        // b is the best point, c encloses the root with it, a is the b before.
        var (a, b) = (interval.lowerBound, interval.upperBound)
        var (fa, fb) = (try evaluate(a), try evaluate(b))
        guard fa == 0 || fb == 0 || (fa < 0) != (fb < 0) else {
            throw OptimisationError(
                .notABracket(lower: a, upper: b, lowerValue: fa, upperValue: fb), method)
        }
        if fa == 0 { (a, b, fa, fb) = (b, a, fb, fa) }
        var (c, fc) = (a, fa)
        var (step, lastStep) = (b - a, b - a)
        var iteration = 0
        func root(_ reason: OptimisationReport.StopReason) -> Root {
            Root(
                position: b, value: fb,
                report: OptimisationReport(
                    iterations: iteration, evaluations: evaluations, stopReason: reason))
        }
        while true {
            if (fb < 0) == (fc < 0) {
                (c, fc) = (a, fa)
                step = b - a
                lastStep = step
            }
            if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
            let smallest = 2 * Double.ulpOfOne * abs(b) + tolerance / 2
            let half = (c - b) / 2
            if abs(half) <= smallest || fb == 0 { return root(.positionTolerance) }
            if iteration == iterationLimit { return root(.limit) }
            let candidate =
                abs(lastStep) >= smallest && abs(fa) > abs(fb)
                ? interpolate((a, fa), (b, fb), (c, fc), half) : nil
            if let candidate,
                2 * abs(candidate) < min(3 * abs(half) - smallest, abs(lastStep))
            {
                (lastStep, step) = (step, candidate)
            } else {
                (lastStep, step) = (half, half)
            }
            (a, fa) = (b, fb)
            b += abs(step) > smallest ? step : (half > 0 ? smallest : -smallest)
            fb = try evaluate(b)
            iteration += 1
            let progress = OptimisationProgress(
                iteration: iteration, evaluations: evaluations, point: [b], value: fb)
            if progress.isStopped(by: observer) { return root(.stopped) }
        }
    }

    /// The step from b by secant or inverse quadratic interpolation, when it points towards c.
    private func interpolate(
        _ a: (x: Double, f: Double), _ b: (x: Double, f: Double), _ c: (x: Double, f: Double),
        _ half: Double
    ) -> Double? {
        let s = b.f / a.f
        var (p, q) = (2 * half * s, 1 - s)
        if a.x != c.x {
            let (t, r) = (a.f / c.f, b.f / c.f)
            p = s * (2 * half * t * (t - r) - (b.x - a.x) * (r - 1))
            q = (t - 1) * (r - 1) * (s - 1)
        }
        let step = -p / q
        return step.isFinite && (step > 0) == (half > 0) ? step : nil
    }
}
