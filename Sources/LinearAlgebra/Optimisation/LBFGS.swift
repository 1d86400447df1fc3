// SPDX-License-Identifier: Apache-2.0

/// Limited-memory BFGS: minimises a smooth function of many variables from its gradients.
///
/// Each step is found by a line search under the strong Wolfe conditions. Sums have a fixed order,
/// so with a function that gives the same bits everywhere the search does too.
///
/// ```swift
/// let minimum = try LBFGS().minimise(from: .zeros(3)) { x in
///     let difference = x - target
///     return (difference.orderedDot(difference), difference * 2)
/// }
/// ```
///
/// J. Nocedal, "Updating quasi-Newton matrices with limited storage", Math. Comp. 35 (1980),
/// DOI 10.1090/S0025-5718-1980-0572855-7; D. C. Liu, J. Nocedal, "On the limited memory BFGS
/// method for large scale optimization", Math. Prog. 45 (1989), DOI 10.1007/BF01589116.
public struct LBFGS: Sendable, Hashable, Codable {
    /// How many past steps describe the curvature; from 1 up.
    public var historyCount: Int

    /// The search has converged when no element of the gradient is larger; not negative.
    public var gradientTolerance: Double

    /// The search has converged when an iteration lowers the value by no more than this part of
    /// `max(|before|, |after|, 1)`; 0 turns the test off.
    public var valueTolerance: Double

    /// The largest number of iterations; not negative.
    public var iterationLimit: Int

    /// A search with the given settings.
    public init(
        historyCount: Int = 10, gradientTolerance: Double = 1e-8, valueTolerance: Double = 0,
        iterationLimit: Int = 1000
    ) {
        self.historyCount = historyCount
        self.gradientTolerance = gradientTolerance
        self.valueTolerance = valueTolerance
        self.iterationLimit = iterationLimit
    }

    /// Minimises `function` from `start` (n).
    ///
    /// The value never rises from one iteration to the next by more than its rounding error.
    ///
    /// - Precondition: Gradients have as many elements as `start`.
    /// - Throws: ``OptimisationError``: `.invalidSetting`, `.startNotFinite`, `.valueNotFinite`,
    ///   `.derivativeNotFinite`.
    /// - Complexity: O(n historyCount) per iteration besides the function.
    public func minimise(
        from start: Vector<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: DifferentiableFunction
    ) throws(OptimisationError) -> Minimum {
        let method = "L-BFGS"
        try require(Double(historyCount), in: 1..., "historyCount", method)
        var history = CurvatureHistory(limit: historyCount)
        let descent = LineSearchDescent(
            method: method, gradientTolerance: gradientTolerance, valueTolerance: valueTolerance,
            iterationLimit: iterationLimit, lineSearch: WolfeLineSearch(curvature: 0.9))
        return try descent.minimise(from: start, observer, function) { step in
            guard let step else {
                history.removeAll()
                return nil
            }
            history.append(step)
            return history.direction(for: step.end.gradient).map { ($0, 1) }
        }
    }
}

/// The last steps and the changes of the gradient over them.
private struct CurvatureHistory {
    private struct Pair {
        var step: Vector<Double>
        var change: Vector<Double>
        var product: Double
    }

    let limit: Int
    private var pairs: [Pair] = []

    init(limit: Int) { self.limit = limit }

    mutating func removeAll() { pairs.removeAll() }

    mutating func append(_ descent: LineSearchDescent.Step) {
        let step = descent.end.position - descent.start.position
        let change = descent.end.gradient - descent.start.gradient
        let product = step.orderedDot(change)
        // Without curvature above rounding the model would not stay positive definite.
        guard product > Double.ulpOfOne * step.norm() * change.norm() else { return }
        if pairs.count == limit { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, product: product))
    }

    /// The quasi-Newton direction `-H g`, by the two-loop recursion; nil without history.
    func direction(for gradient: Vector<Double>) -> Vector<Double>? {
        guard let last = pairs.last else { return nil }
        var direction = gradient
        var coefficients: [Double] = []
        for pair in pairs.reversed() {
            let coefficient = pair.step.orderedDot(direction) / pair.product
            coefficients.append(coefficient)
            direction -= pair.change * coefficient
        }
        direction *= last.product / last.change.orderedDot(last.change)
        for pair in pairs {
            let coefficient =
                coefficients.removeLast() - pair.change.orderedDot(direction) / pair.product
            direction += pair.step * coefficient
        }
        return -direction
    }
}
