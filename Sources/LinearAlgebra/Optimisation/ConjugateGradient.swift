// SPDX-License-Identifier: Apache-2.0

/// Conjugate gradients: solves `A x = b` for a symmetric positive definite operator A that is
/// known only by its products.
///
/// ```swift
/// let solution = try ConjugateGradient().solve(b) { laplacian.matmul($0) }
/// ```
///
/// M. R. Hestenes, E. Stiefel, "Methods of conjugate gradients for solving linear systems",
/// J. Res. NBS 49 (1952), DOI 10.6028/jres.049.044.
public struct ConjugateGradient: Sendable, Hashable, Codable {
    /// The result of a solve.
    public struct Solution: Sendable, Hashable, Codable {
        /// The solution x (n).
        public let solution: Vector<Double>

        /// How the solve ended; its `gradientNorm` is the norm of the updated residual.
        public let report: OptimisationReport
    }

    /// The solve has converged when `norm(b - A x) <= tolerance * norm(b)`; not negative.
    public var tolerance: Double

    /// The largest number of iterations, or `nil` for ten times the number of unknowns.
    public var iterationLimit: Int?

    /// A solver with the given settings.
    public init(tolerance: Double = 1e-10, iterationLimit: Int? = nil) {
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
    }

    /// Solves `A x = b` (n).
    ///
    /// - Parameters:
    ///   - b: The right-hand side.
    ///   - start: Where to start; the zero vector by default.
    ///   - diagonal: The diagonal of A, all positive, as a preconditioner (Jacobi).
    ///   - observer: Sees every iteration; `value` is the norm of the residual.
    ///   - product: The operator `v -> A v`.
    /// - Precondition: All vectors have the same count.
    /// - Throws: ``OptimisationError``: `.invalidSetting` (also for a diagonal that is not
    ///   positive), `.startNotFinite` (also for `b`), `.derivativeNotFinite` when a product is not
    ///   finite, `.notPositiveDefinite`.
    /// - Complexity: O(n) per iteration besides the operator.
    public func solve(
        _ b: Vector<Double>, from start: Vector<Double>? = nil,
        preconditionedBy diagonal: Vector<Double>? = nil,
        onIteration observer: OptimisationObserver? = nil,
        _ product: (Vector<Double>) -> Vector<Double>
    ) throws(OptimisationError) -> Solution {
        let method = "conjugate gradient"
        let limit = iterationLimit ?? 10 * b.count
        try require(tolerance, in: 0..., "tolerance", method)
        try require(Double(limit), in: 0..., "iterationLimit", method)
        try requireFinite(b, method)
        for value in diagonal?.elements ?? [] where !(value > 0 && value.isFinite) {
            throw OptimisationError(.invalidSetting(name: "diagonal", value: value), method)
        }
        var counter = EvaluationCounter(method)
        var x = start ?? .zeros(b.count)
        var residual = b
        if let start {
            try requireFinite(start, method)
            residual -= try counter.apply(product, to: x)
        }
        func preconditioned(_ v: Vector<Double>) -> Vector<Double> {
            if let diagonal { v / diagonal } else { v }
        }
        let goal = tolerance * b.norm()
        var z = preconditioned(residual)
        var direction = z
        var square = residual.orderedDot(z)
        var iteration = 0
        func solution(_ reason: OptimisationReport.StopReason) -> Solution {
            Solution(
                solution: x,
                report: OptimisationReport(
                    iterations: iteration, evaluations: counter.evaluations, stopReason: reason,
                    gradientNorm: residual.norm()))
        }
        while true {
            let norm = residual.norm()
            if norm <= goal { return solution(.gradientTolerance) }
            if iteration > 0 {
                let progress = OptimisationProgress(
                    iteration: iteration, evaluations: counter.evaluations, point: x, value: norm,
                    gradientNorm: norm)
                if progress.isStopped(by: observer) { return solution(.stopped) }
            }
            if iteration == limit { return solution(.limit) }
            // What is left is lost to underflow.
            if square < Double.leastNormalMagnitude { return solution(.noProgress) }
            let image = try counter.apply(product, to: direction)
            let curvature = direction.orderedDot(image)
            guard curvature > 0 else {
                throw OptimisationError(
                    .notPositiveDefinite(iteration: iteration, curvature: curvature), method)
            }
            let step = square / curvature
            x += direction * step
            residual -= image * step
            z = preconditioned(residual)
            let next = residual.orderedDot(z)
            direction = z + direction * (next / square)
            square = next
            iteration += 1
        }
    }
}

extension EvaluationCounter {
    /// The product of an operator with `vector`, which must be finite.
    fileprivate mutating func apply(
        _ product: (Vector<Double>) -> Vector<Double>, to vector: Vector<Double>
    ) throws(OptimisationError) -> Vector<Double> {
        _ = try evaluate(0)
        let image = product(vector)
        precondition(
            image.count == vector.count,
            "a product of \(image.count) elements with a vector of \(vector.count)")
        try requireFinite(image)
        return image
    }
}
