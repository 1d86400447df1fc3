// SPDX-License-Identifier: Apache-2.0

/// What L-BFGS and nonlinear conjugate gradients share: descent along lines until a tolerance.
struct LineSearchDescent {
    /// The last iteration, from which the next direction is made.
    struct Step {
        var start: DifferentiablePoint
        var end: DifferentiablePoint
        var direction: Vector<Double>
    }

    let method: String
    let gradientTolerance: Double
    let valueTolerance: Double
    let iterationLimit: Int
    let lineSearch: WolfeLineSearch

    /// Minimises `function` along the lines of `direct`.
    ///
    /// `direct` gets the last step, or nil when the search starts over; it returns a direction and
    /// the first step to try, or nil for steepest descent.
    func minimise(
        from start: Vector<Double>, _ observer: OptimisationObserver?,
        _ function: DifferentiableFunction,
        _ direct: (Step?) -> (direction: Vector<Double>, firstStep: Double)?
    ) throws(OptimisationError) -> Minimum {
        try require(gradientTolerance, in: 0..., "gradientTolerance", method)
        try require(valueTolerance, in: 0..., "valueTolerance", method)
        try require(Double(iterationLimit), in: 0..., "iterationLimit", method)
        var counter = EvaluationCounter(method)
        var current = try counter.evaluateStart(function, at: start)
        var last: Step?
        var iteration = 0
        var reason: OptimisationReport.StopReason?
        if current.gradientNorm <= gradientTolerance { reason = .gradientTolerance }
        while reason == nil {
            guard iteration < iterationLimit else {
                reason = .limit
                break
            }
            guard let step = try nextStep(from: current, last, function, &counter, direct) else {
                reason = .noProgress
                break
            }
            iteration += 1
            last = step
            current = step.end
            let progress = OptimisationProgress(
                iteration: iteration, evaluations: counter.evaluations, point: current.position,
                value: current.value, gradientNorm: current.gradientNorm)
            let isStopped = progress.isStopped(by: observer)
            if current.gradientNorm <= gradientTolerance {
                reason = .gradientTolerance
            } else if isStopped {
                reason = .stopped
            } else if hasSettled(step) {
                reason = .valueTolerance
            }
        }
        return Minimum(
            point: current.position, value: current.value,
            report: OptimisationReport(
                iterations: iteration, evaluations: counter.evaluations,
                stopReason: reason ?? .limit, gradientNorm: current.gradientNorm))
    }

    private func hasSettled(_ step: Step) -> Bool {
        let (before, after) = (step.start.value, step.end.value)
        return valueTolerance > 0
            && before - after <= valueTolerance * max(abs(before), abs(after), 1)
    }

    /// Descends along the line of `direct`, and where that fails along the gradient.
    private func nextStep(
        from current: DifferentiablePoint, _ last: Step?, _ function: DifferentiableFunction,
        _ counter: inout EvaluationCounter,
        _ direct: (Step?) -> (direction: Vector<Double>, firstStep: Double)?
    ) throws(OptimisationError) -> Step? {
        if let last, let (direction, firstStep) = direct(last) {
            let slope = direction.orderedDot(current.gradient)
            if slope < 0 && slope.isFinite {
                let end = try lineSearch.search(
                    function, from: current, along: direction, firstStep: firstStep, &counter)
                if let end { return Step(start: current, end: end, direction: direction) }
            }
            _ = direct(nil)
        }
        let steepest = -current.gradient
        let end = try lineSearch.search(
            function, from: current, along: steepest,
            firstStep: min(1, 1 / current.gradient.norm()), &counter)
        return end.map { Step(start: current, end: $0, direction: steepest) }
    }
}
