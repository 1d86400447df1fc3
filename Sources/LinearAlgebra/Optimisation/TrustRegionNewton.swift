// SPDX-License-Identifier: Apache-2.0

/// Newton's method in a trust region: minimises a smooth function from gradients and second
/// derivatives.
///
/// Each step approximately minimises the quadratic model within a ball by conjugate gradients
/// (Steihaug); negative curvature is followed to the ball's edge, so the Hessian need not be
/// positive definite. Near a minimum it converges faster than any linear rate.
///
/// T. Steihaug, "The conjugate gradient method and trust regions in large scale optimization",
/// SIAM J. Numer. Anal. 20 (1983), DOI 10.1137/0720042; J. Nocedal, S. J. Wright, "Numerical
/// Optimization", 2nd ed., Springer 2006, algorithms 4.1 and 7.2, DOI 10.1007/978-0-387-40065-5.
public struct TrustRegionNewton: Sendable, Hashable, Codable {
    /// The search has converged when no element of the gradient is larger; not negative.
    public var gradientTolerance: Double

    /// The radius of the first region; positive.
    public var initialRadius: Double

    /// The radius beyond which a region does not grow; positive.
    public var largestRadius: Double

    /// The largest number of iterations, those with a refused step included; not negative.
    public var iterationLimit: Int

    /// A search with the given settings.
    public init(
        gradientTolerance: Double = 1e-8, initialRadius: Double = 1, largestRadius: Double = 1000,
        iterationLimit: Int = 500
    ) {
        self.gradientTolerance = gradientTolerance
        self.initialRadius = initialRadius
        self.largestRadius = largestRadius
        self.iterationLimit = iterationLimit
    }

    /// Minimises `function` from `start` (n), with the Hessian as a matrix (n x n).
    ///
    /// - Precondition: Gradients have as many elements as `start`, Hessians as many rows and
    ///   columns.
    /// - Throws: As ``minimise(from:onIteration:_:curvature:)``.
    /// - Complexity: O(n²) per product with the Hessian, at most n of them per iteration.
    public func minimise(
        from start: Vector<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: DifferentiableFunction, hessian: (Vector<Double>) -> Matrix<Double>
    ) throws(OptimisationError) -> Minimum {
        try minimise(from: start, onIteration: observer, function) { point in
            let matrix = hessian(point)
            return { matrix.orderedMatmul($0) }
        }
    }

    /// Minimises `function` from `start` (n), with the Hessian as an operator.
    ///
    /// - Parameters:
    ///   - start: Where to start.
    ///   - observer: Sees every iteration, those with a refused step included.
    ///   - function: Value and gradient; see ``DifferentiableFunction``.
    ///   - curvature: For a point, the product `v -> H v` with the Hessian there; asked for once
    ///     at each point that is reached.
    /// - Precondition: Gradients and products have as many elements as `start`.
    /// - Throws: ``OptimisationError``: `.invalidSetting`, `.startNotFinite`, `.valueNotFinite`,
    ///   `.derivativeNotFinite`.
    public func minimise(
        from start: Vector<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: DifferentiableFunction,
        curvature: (Vector<Double>) -> (Vector<Double>) -> Vector<Double>
    ) throws(OptimisationError) -> Minimum {
        let method = "trust region Newton"
        try require(gradientTolerance, in: 0..., "gradientTolerance", method)
        let positive = Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
        try require(initialRadius, in: positive, "initialRadius", method)
        try require(largestRadius, in: positive, "largestRadius", method)
        try require(Double(iterationLimit), in: 0..., "iterationLimit", method)
        var counter = EvaluationCounter(method)
        var current = try counter.evaluateStart(function, at: start)
        var multiply: ((Vector<Double>) -> Vector<Double>)?
        var radius = initialRadius
        var (iteration, products) = (0, 0)
        var reason: OptimisationReport.StopReason?
        if current.gradientNorm <= gradientTolerance { reason = .gradientTolerance }
        while reason == nil {
            guard iteration < iterationLimit else {
                reason = .limit
                break
            }
            let product = multiply ?? curvature(current.position)
            multiply = product
            var model = SteihaugModel(
                gradient: current.gradient, radius: radius, product: product)
            let step = try model.minimise(counter)
            products += model.products
            let target = current.position + step.vector
            guard target != current.position else {
                reason = .noProgress
                break
            }
            let next = try counter.evaluate(function, at: target)
            // Both are lost in the value's rounding error near the minimum.
            let rounding = current.roundingError
            let agreement =
                (current.value - next.value + rounding) / (step.predictedFall + rounding)
            // Where rounding hides whether the value falls, the gradient must.
            let isAccepted =
                agreement > 0.1
                && (next.value < current.value || next.gradientNorm < current.gradientNorm)
            if !isAccepted || agreement < 0.25 {
                radius = step.vector.norm() / 4
            } else if agreement > 0.75 && step.isAtEdge {
                radius = max(radius, min(2 * radius, largestRadius))
            }
            if isAccepted {
                current = next
                multiply = nil
            }
            iteration += 1
            let progress = OptimisationProgress(
                iteration: iteration, evaluations: counter.evaluations, point: current.position,
                value: current.value, gradientNorm: current.gradientNorm)
            let isStopped = progress.isStopped(by: observer)
            if current.gradientNorm <= gradientTolerance {
                reason = .gradientTolerance
            } else if isStopped {
                reason = .stopped
            }
        }
        return Minimum(
            point: current.position, value: current.value,
            report: OptimisationReport(
                iterations: iteration, evaluations: counter.evaluations,
                curvatureProducts: products, stopReason: reason ?? .limit,
                gradientNorm: current.gradientNorm))
    }
}
