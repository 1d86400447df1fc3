// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Newton's method with step halving on a ``LogisticProblem``.
struct LogisticNewton {
    private(set) var estimate: LogisticEstimate
    private(set) var iteration = 0
    private(set) var gradientNorm = Double.infinity
    private var objective: Double
    private let problem: LogisticProblem
    private let recipe: LogisticRegression

    /// The largest change of a row's log-odds by the last step of a converged fit.
    ///
    /// A gradient can vanish on the way to infinity too; there the log-odds keep growing by 1.
    private static let settledStep = 1e-6

    init(_ problem: LogisticProblem, recipe: LogisticRegression, start: LogisticEstimate) {
        self.problem = problem
        self.recipe = recipe
        estimate = start
        objective = problem.objective(estimate)
    }

    /// Iterates until the gradient norm is small.
    mutating func run(_ progress: FitObserver?) throws(ModelError) {
        var deviations: [Double] = []
        while iteration < recipe.iterationLimit {
            try checkCancellation("logistic regression, iteration \(iteration + 1)")
            let (descent, curvature) = problem.expansion(at: estimate)
            if iteration == 0 {
                deviations = curvature.deviations
                if problem.ridge == 0 { try problem.requireFullRank(curvature) }
            }
            let direction = try direction(curvature, descent)
            gradientNorm = problem.gradientNorm(
                descent, mean: curvature.mean, deviations: deviations)
            let largestMove = max(direction.logits.max(), -direction.logits.min())
            iteration += 1
            if gradientNorm <= recipe.gradientTolerance, largestMove <= Self.settledStep {
                // The step is at hand and brings the estimate to the last bits.
                estimate = estimate.moved(along: direction, by: 1)
                estimate.logits = problem.logits(of: estimate)
                try report(progress)
                return
            }
            try advance(along: direction)
            if problem.ridge == 0 {
                try problem.checkSeparation(estimate, direction: direction, iteration: iteration)
            }
            try report(progress)
        }
        throw notConverged("the limit of \(recipe.iterationLimit) iterations was reached")
    }

    private func direction(
        _ curvature: LogisticCurvature,
        _ descent: (intercept: Double, coefficients: Vector<Double>)
    ) throws(ModelError) -> LogisticEstimate {
        let step: (intercept: Double, coefficients: Vector<Double>)
        do {
            step = try curvature.factored(ridge: problem.ridge)
                .step(descent, hasIntercept: recipe.fitsIntercept)
        } catch {
            // The features were independent at the start, so the row curvatures have vanished.
            guard iteration > 0 else { throw error }
            throw notConverged("the probabilities reached 0 and 1 in floating point")
        }
        var direction = LogisticEstimate(
            intercept: step.intercept, coefficients: step.coefficients, logits: estimate.logits)
        direction.logits = problem.change(along: direction)
        return direction
    }

    /// Takes the step, halved until the objective does not rise.
    private mutating func advance(along direction: LogisticEstimate) throws(ModelError) {
        var scale = 1.0
        for _ in 0..<40 {
            let candidate = estimate.moved(along: direction, by: scale)
            let value = problem.objective(candidate)
            // Near the minimum the change is below the rounding error of the sum.
            if value <= objective + abs(objective) * 1e-12 {
                estimate = candidate
                objective = value
                return
            }
            scale /= 2
        }
        throw notConverged("no step along the Newton direction lowers the objective")
    }

    private func report(_ progress: FitObserver?) throws(ModelError) {
        try FitProgress(
            step: iteration, stepLimit: recipe.iterationLimit,
            objective: objective / problem.totalWeight
        ).report(to: progress)
    }

    private func notConverged(_ reason: String) -> ModelError {
        .notConverged(
            reason, iterations: iteration, gradientNorm: gradientNorm,
            tolerance: recipe.gradientTolerance)
    }
}

extension LogisticProblem {
    /// The largest mean product of residual and standardised feature.
    func gradientNorm(
        _ descent: (intercept: Double, coefficients: Vector<Double>), mean: Vector<Double>,
        deviations: [Double]
    ) -> Double {
        var largest = abs(descent.intercept)
        for (column, deviation) in deviations.enumerated() where deviation > 0 {
            let centred = descent.coefficients[column] - mean[column] * descent.intercept
            largest = max(largest, abs(centred) / deviation)
        }
        return largest / totalWeight
    }

    /// Refuses features that are constant or linear in others.
    ///
    /// - Throws: ``ModelError`` with code `rankDeficient`.
    func requireFullRank(_ curvature: LogisticCurvature) throws(ModelError) {
        let dependent = curvature.dependentFeatures().map { featureNames[$0] }
        guard dependent.isEmpty else {
            throw ModelError(
                .rankDeficient,
                "\(dependent.count) of \(featureNames.count) features are constant or linear "
                    + "in others: \(dependent.prefix(8).joined(separator: ", "))")
        }
    }
}

extension ModelError {
    /// What every iterative fit says that ends without a minimum.
    static func notConverged(
        _ reason: String, iterations: Int, gradientNorm: Double, tolerance: Double
    ) -> ModelError {
        ModelError(
            .notConverged,
            "\(reason); after \(iterations) iterations the gradient norm is \(gradientNorm), "
                + "the tolerance \(tolerance)")
    }
}
