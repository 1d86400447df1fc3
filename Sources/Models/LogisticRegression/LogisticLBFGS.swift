// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// L-BFGS on a ``LogisticProblem``, in units of each feature's standard deviation.
struct LogisticLBFGS {
    private(set) var estimate: LogisticEstimate
    private(set) var iteration = 0
    private(set) var gradientNorm = Double.infinity
    private let problem: LogisticProblem
    private let recipe: LogisticRegression

    /// The gradient norm that is accepted where rounding hides any further descent.
    private static let roundedTolerance = 1e-7

    init(_ problem: LogisticProblem, recipe: LogisticRegression, start: LogisticEstimate) {
        self.problem = problem
        self.recipe = recipe
        estimate = start
    }

    /// Searches until the gradient norm is small.
    mutating func run(_ progress: FitObserver?) throws(ModelError) {
        let stepLimit = recipe.iterationLimit.multipliedReportingOverflow(by: 10)
        let limit = stepLimit.overflow ? Int.max : stepLimit.partialValue
        let rowCurvatures = problem.rowCurvatures(at: estimate)
        let total = rowCurvatures.sum()
        let mean = problem.mean(rowCurvatures, total: total)
        let scales = Vector(
            problem.deviations(rowCurvatures, total: total, mean: mean).map { $0 > 0 ? 1 / $0 : 1 })
        var stop: ModelError?
        let minimum: Minimum
        do {
            minimum = try LBFGS(
                gradientTolerance: recipe.gradientTolerance, iterationLimit: limit
            ).minimise(from: position(estimate, scales)) { state in
                do throws(ModelError) {
                    try checkCancellation("logistic regression, iteration \(state.iteration)")
                    try FitProgress(
                        step: state.iteration, stepLimit: limit, objective: state.value
                    ).report(to: progress)
                } catch {
                    stop = error
                    state.stop()
                }
            } _: { position in
                let estimate = self.estimate(at: position, scales)
                let descent = problem.descent(at: estimate)
                let gradient = descent.coefficients * scales / -problem.totalWeight
                return (
                    problem.objective(estimate) / problem.totalWeight,
                    Vector([-descent.intercept / problem.totalWeight] + gradient.elements)
                )
            }
        } catch {
            throw ModelError(.notConverged, "the search failed", underlying: error)
        }
        if let stop { throw stop }
        estimate = estimate(at: minimum.point, scales)
        iteration = max(1, minimum.report.iterations)
        gradientNorm = minimum.report.gradientNorm ?? .infinity
        let isRounded =
            minimum.report.stopReason == .noProgress && gradientNorm <= Self.roundedTolerance
        guard minimum.report.hasConverged || isRounded else {
            throw .notConverged(
                "no further descent, or the limit of \(limit) iterations was reached",
                iterations: iteration, gradientNorm: gradientNorm,
                tolerance: recipe.gradientTolerance)
        }
        // A start at the minimum takes no iteration.
        if minimum.report.iterations == 0 {
            try FitProgress(step: 1, stepLimit: limit, objective: minimum.value)
                .report(to: progress)
        }
    }

    private func position(
        _ estimate: LogisticEstimate, _ scales: Vector<Double>
    ) -> Vector<Double> {
        Vector([estimate.intercept] + (estimate.coefficients / scales).elements)
    }

    private func estimate(
        at position: Vector<Double>, _ scales: Vector<Double>
    ) -> LogisticEstimate {
        problem.estimate(
            intercept: problem.hasIntercept ? position[0] : 0,
            coefficients: Vector(Array(position.elements.dropFirst())) * scales)
    }
}

extension LogisticProblem {
    /// Per unit of curvature, the standard deviation of each feature; 0 for a constant one.
    func deviations(
        _ rowCurvatures: Vector<Double>, total: Double, mean: Vector<Double>
    ) -> [Double] {
        let squares = design.squares(weights: rowCurvatures, total: total, mean: mean)
        return squares.indices.map { column in
            let deviation = (squares[column] / total).squareRoot()
            return deviation > 1e-12 * abs(mean[column] + centre[column]) ? deviation : 0
        }
    }
}
