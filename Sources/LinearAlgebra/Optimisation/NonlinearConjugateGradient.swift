// SPDX-License-Identifier: Apache-2.0

/// Nonlinear conjugate gradients (Polak-Ribière, PR+): minimises a smooth function of many
/// variables from its gradients, with the memory of four vectors.
///
/// The line search meets the strong Wolfe conditions with a tight slope (0.1). Mostly ``LBFGS``
/// needs fewer evaluations.
///
/// J. C. Gilbert, J. Nocedal, "Global convergence properties of conjugate gradient methods for
/// optimization", SIAM J. Optim. 2 (1992), DOI 10.1137/0802003.
public struct NonlinearConjugateGradient: Sendable, Hashable, Codable {
    /// The search has converged when no element of the gradient is larger; not negative.
    public var gradientTolerance: Double

    /// The search has converged when an iteration lowers the value by no more than this part of
    /// `max(|before|, |after|, 1)`; 0 turns the test off.
    public var valueTolerance: Double

    /// The largest number of iterations; not negative.
    public var iterationLimit: Int

    /// A search with the given settings.
    public init(
        gradientTolerance: Double = 1e-8, valueTolerance: Double = 0, iterationLimit: Int = 10_000
    ) {
        self.gradientTolerance = gradientTolerance
        self.valueTolerance = valueTolerance
        self.iterationLimit = iterationLimit
    }

    /// Minimises `function` from `start` (n).
    ///
    /// - Precondition: Gradients have as many elements as `start`.
    /// - Throws: ``OptimisationError``: `.invalidSetting`, `.startNotFinite`, `.valueNotFinite`,
    ///   `.derivativeNotFinite`.
    /// - Complexity: O(n) per iteration besides the function.
    public func minimise(
        from start: Vector<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: DifferentiableFunction
    ) throws(OptimisationError) -> Minimum {
        let descent = LineSearchDescent(
            method: "nonlinear conjugate gradient", gradientTolerance: gradientTolerance,
            valueTolerance: valueTolerance, iterationLimit: iterationLimit,
            lineSearch: WolfeLineSearch(curvature: 0.1))
        return try descent.minimise(from: start, observer, function) { step in
            step.flatMap(Self.direction)
        }
    }

    private static func direction(
        after step: LineSearchDescent.Step
    ) -> (direction: Vector<Double>, firstStep: Double)? {
        let (old, new) = (step.start.gradient, step.end.gradient)
        let beta = max(0, new.orderedDot(new - old) / old.orderedDot(old))
        let direction = step.direction * beta - new
        let slope = direction.orderedDot(new)
        guard beta.isFinite && slope < 0 else { return nil }
        // The step at which a parabola would fall as much as in the last iteration.
        let fall = step.end.value - step.start.value
        let firstStep = 2 * fall / slope
        return (direction, firstStep > 0 && firstStep.isFinite ? firstStep : 1)
    }
}
