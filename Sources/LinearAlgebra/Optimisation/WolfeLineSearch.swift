// SPDX-License-Identifier: Apache-2.0

/// A search along a line for a step that meets the strong Wolfe conditions
/// `f(x + a p) <= f(x) + c₁ a p · g` and `|p · g(x + a p)| <= c₂ |p · g|`.
///
/// J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Springer 2006, algorithms 3.5 and
/// 3.6, DOI 10.1007/978-0-387-40065-5, with cubic interpolation. Differences of values below their
/// rounding error count as none, as in W. W. Hager, H. Zhang, "A new conjugate gradient method
/// with guaranteed descent and an efficient line search", SIAM J. Optim. 16 (2005),
/// DOI 10.1137/030601880: near the minimum the slope decides.
struct WolfeLineSearch {
    let sufficientDecrease = 1e-4
    let curvature: Double
    let evaluationLimit = 40

    /// A trial step with the value and the slope along the line.
    private struct Trial {
        var step: Double
        var value: Double
        var slope: Double
        var point: DifferentiablePoint
    }

    /// The point that was accepted, or nil when no step lowers the value.
    ///
    /// - Precondition: `direction` descends: its product with the gradient is negative.
    func search(
        _ function: DifferentiableFunction, from start: DifferentiablePoint,
        along direction: Vector<Double>, firstStep: Double, _ counter: inout EvaluationCounter
    ) throws(OptimisationError) -> DifferentiablePoint? {
        let slope = direction.orderedDot(start.gradient)
        let rounding = start.roundingError
        let origin = Trial(step: 0, value: start.value, slope: slope, point: start)
        var previous = origin
        var step = firstStep
        var (low, high): (Trial, Trial?) = (origin, nil)
        for _ in 0..<evaluationLimit {
            let position = start.position + direction * step
            // Steps that do not move the point any more are pointless.
            guard position != low.point.position else { break }
            let point = try counter.evaluate(function, at: position)
            let trial = Trial(
                step: step, value: point.value,
                slope: point.value.isFinite ? direction.orderedDot(point.gradient) : .infinity,
                point: point)
            let isLowEnough =
                trial.value <= start.value + sufficientDecrease * step * slope + rounding
                && trial.value <= low.value + rounding
            if isLowEnough && abs(trial.slope) <= -curvature * slope { return trial.point }
            if !isLowEnough {
                high = trial
            } else if let end = high {
                if trial.slope * (end.step - low.step) >= 0 { high = low }
                low = trial
            } else {
                if trial.slope >= 0 { high = previous }
                low = trial
                previous = trial
            }
            if let high {
                step = interpolate(low, high)
            } else {
                // Still falling steeply: go on, twice as far.
                step *= 2
                guard step.isFinite else { break }
            }
        }
        // Without the curvature condition a lower point is still progress.
        return low.step > 0 && low.value < start.value ? low.point : nil
    }

    /// The minimum of the cubic through both ends, kept off the ends; their middle by default.
    private func interpolate(_ low: Trial, _ high: Trial) -> Double {
        let width = high.step - low.step
        let middle = low.step + width / 2
        guard high.value.isFinite else { return low.step + width / 10 }
        let a = low.slope + high.slope - 3 * (high.value - low.value) / width
        let square = a * a - low.slope * high.slope
        guard square >= 0 else { return middle }
        let root = width < 0 ? -square.squareRoot() : square.squareRoot()
        let step = high.step - width * (high.slope + root - a) / (high.slope - low.slope + 2 * root)
        let (first, last) = (low.step + width / 10, high.step - width / 10)
        return step >= min(first, last) && step <= max(first, last) ? step : middle
    }
}
