// SPDX-License-Identifier: Apache-2.0

/// Nelder and Mead's simplex search: minimises a function of few variables from its values alone.
///
/// It needs no derivatives and bears some noise and kinks, but can be slow and, on rare functions,
/// stop at a point that is no minimum. Beyond about ten variables use gradients.
///
/// J. A. Nelder, R. Mead, "A simplex method for function minimization", The Computer Journal 7
/// (1965), DOI 10.1093/comjnl/7.4.308; the adaptive coefficients are those of F. Gao, L. Han,
/// "Implementing the Nelder-Mead simplex algorithm with adaptive parameters", Comput. Optim. Appl.
/// 51 (2012), DOI 10.1007/s10589-010-9329-3.
public struct NelderMead: Sendable, Hashable, Codable {
    /// The largest distance, per coordinate, of a vertex to the best one at the end; positive or 0.
    public var positionTolerance: Double

    /// The largest difference of a vertex's value to the best one at the end; positive or 0.
    ///
    /// Both tolerances must be met.
    public var valueTolerance: Double

    /// The largest number of iterations, or `nil` for 200 per variable.
    public var iterationLimit: Int?

    /// Whether the coefficients depend on the number of variables, which helps with many.
    public var isAdaptive: Bool

    /// A search with the given settings.
    public init(
        positionTolerance: Double = 1e-8, valueTolerance: Double = 1e-8,
        iterationLimit: Int? = nil, isAdaptive: Bool = false
    ) {
        self.positionTolerance = positionTolerance
        self.valueTolerance = valueTolerance
        self.iterationLimit = iterationLimit
        self.isAdaptive = isAdaptive
    }

    private struct Vertex {
        var point: Vector<Double>
        var value: Double
    }

    /// Minimises `function` from `start` (n).
    ///
    /// The first simplex has `start` as one vertex and moves one coordinate by 5 % (or by 0.00025
    /// from 0) for each other. The value may be infinity outside the function's domain.
    ///
    /// - Precondition: `start` has an element.
    /// - Throws: ``OptimisationError``: `.invalidSetting`, `.startNotFinite`, `.valueNotFinite`.
    /// - Complexity: O(n²) per iteration besides the function.
    public func minimise(
        from start: Vector<Double>, onIteration observer: OptimisationObserver? = nil,
        _ function: (Vector<Double>) -> Double
    ) throws(OptimisationError) -> Minimum {
        let (method, n) = ("Nelder-Mead", start.count)
        precondition(n > 0, "Nelder-Mead search over no variable")
        let limit = iterationLimit ?? 200 * n
        try require(positionTolerance, in: 0..., "positionTolerance", method)
        try require(valueTolerance, in: 0..., "valueTolerance", method)
        try require(Double(limit), in: 0..., "iterationLimit", method)
        try requireFinite(start, method)
        var counter = EvaluationCounter(method)
        func vertex(_ point: Vector<Double>) throws(OptimisationError) -> Vertex {
            Vertex(point: point, value: try counter.evaluate(function(point)))
        }
        var simplex = [try vertex(start)]
        guard simplex[0].value.isFinite else { throw counter.failure(simplex[0].value) }
        for index in 0..<n {
            var point = start
            point[index] = point[index] == 0 ? 0.00025 : 1.05 * point[index]
            simplex.append(try vertex(point))
        }
        let size = Double(isAdaptive ? max(n, 2) : 2)
        let (expansion, contraction, shrinkage) =
            (1 + 2 / size, 0.75 - 1 / (2 * size), 1 - 1 / size)
        var iteration = 0
        var reason: OptimisationReport.StopReason?
        simplex.sort { $0.value < $1.value }
        while reason == nil {
            if isSmall(simplex) {
                reason = .positionTolerance
            } else if iteration == limit {
                reason = .limit
            } else {
                let worst = simplex[n]
                var centroid = simplex[0].point
                for vertex in simplex[1..<n] { centroid += vertex.point }
                centroid /= Double(n)
                // The point on the line through worst and centroid, 1 being the reflection.
                func along(_ t: Double) throws(OptimisationError) -> Vertex {
                    try vertex(centroid * (1 + t) - worst.point * t)
                }
                let reflected = try along(1)
                var replacement: Vertex? = reflected
                if reflected.value < simplex[0].value {
                    let expanded = try along(expansion)
                    if expanded.value < reflected.value { replacement = expanded }
                } else if reflected.value >= simplex[n - 1].value {
                    let isOutside = reflected.value < worst.value
                    let contracted = try along(isOutside ? contraction : -contraction)
                    let isBetter =
                        isOutside
                        ? contracted.value <= reflected.value : contracted.value < worst.value
                    replacement = isBetter ? contracted : nil
                }
                if let replacement {
                    simplex[n] = replacement
                } else {
                    let best = simplex[0].point
                    for index in 1...n {
                        simplex[index] = try vertex(
                            best + (simplex[index].point - best) * shrinkage)
                    }
                }
                simplex.sort { $0.value < $1.value }
                iteration += 1
                let progress = OptimisationProgress(
                    iteration: iteration, evaluations: counter.evaluations,
                    point: simplex[0].point, value: simplex[0].value)
                if progress.isStopped(by: observer) { reason = .stopped }
            }
        }
        return Minimum(
            point: simplex[0].point, value: simplex[0].value,
            report: OptimisationReport(
                iterations: iteration, evaluations: counter.evaluations,
                stopReason: reason ?? .limit))
    }

    private func isSmall(_ simplex: [Vertex]) -> Bool {
        let best = simplex[0]
        return simplex.dropFirst().allSatisfy { vertex in
            vertex.value - best.value <= valueTolerance
                && (vertex.point - best.point).absoluteValue().max() <= positionTolerance
        }
    }
}
