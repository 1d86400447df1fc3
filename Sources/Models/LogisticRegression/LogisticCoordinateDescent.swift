// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Proximal Newton steps on a ``LogisticProblem`` with a lasso part or signs.
///
/// Each step minimises the quadratic model of the log loss plus the penalty by coordinate descent,
/// over the coefficients that are not 0 or that would leave it (the others satisfy their
/// conditions, which are checked again after every step).
struct LogisticCoordinateDescent {
    private(set) var estimate: LogisticEstimate
    private(set) var iteration = 0
    private(set) var gradientNorm = Double.infinity
    private var objective: Double
    private let problem: LogisticProblem
    private let recipe: LogisticRegression
    private let signs: [CoefficientSign?]

    /// Up to this many features a step takes all of them.
    private static let smallCount = 128
    /// So many features join in one step, or as many as there are.
    private static let joiningCount = 64
    private static let settledStep = 1e-6
    private static let sweepLimit = 500

    init(
        _ problem: LogisticProblem, recipe: LogisticRegression, start: LogisticEstimate
    ) throws(ModelError) {
        self.problem = problem
        self.recipe = recipe
        signs = try recipe.signs.signs(of: problem.featureNames)
        let clamped = zip(start.coefficients.elements, signs).map { $1?.clamp($0) ?? $0 }
        estimate = problem.estimate(intercept: start.intercept, coefficients: Vector(clamped))
        objective = problem.objective(estimate)
    }

    /// Iterates until the optimality conditions hold.
    mutating func run(_ progress: FitObserver?) throws(ModelError) {
        var deviations: [Double] = []
        while iteration < recipe.iterationLimit {
            try checkCancellation("logistic regression, iteration \(iteration + 1)")
            let descent = problem.descent(at: estimate)
            let rowCurvatures = problem.rowCurvatures(at: estimate)
            let total = rowCurvatures.sum()
            let mean = problem.mean(rowCurvatures, total: total)
            if iteration == 0 {
                deviations = problem.deviations(rowCurvatures, total: total, mean: mean)
                if problem.ridge == 0, problem.lasso == 0 {
                    try problem.requireFullRank(problem.curvature(at: estimate))
                }
            }
            let slope = descent.coefficients - mean * descent.intercept
            let violations = violations(slope)
            gradientNorm = norm(violations, descent.intercept, deviations)
            let chosen = chosen(violations, deviations)
            let design = problem.design.selecting(chosen)
            let chosenMean = Vector(chosen.map { mean[$0] })
            let model = QuadraticModel(
                gram: design.gram(weights: rowCurvatures, total: total, mean: chosenMean),
                slope: chosen.map { slope[$0] }, start: chosen.map { estimate.coefficients[$0] },
                signs: chosen.map { signs[$0] }, ridge: problem.ridge, lasso: problem.lasso)
            let steps = model.minimise(sweepLimit: Self.sweepLimit)
            var direction = LogisticEstimate(
                intercept: problem.hasIntercept
                    ? descent.intercept / total - chosenMean.orderedDot(Vector(steps)) : 0,
                coefficients: .zeros(mean.count), logits: Vector([]))
            for (column, step) in zip(chosen, steps) { direction.coefficients[column] = step }
            direction.logits = problem.change(along: direction)
            guard direction.intercept.isFinite, steps.allSatisfy(\.isFinite) else {
                throw notConverged("the probabilities reached 0 and 1 in floating point")
            }
            let largestMove = max(direction.logits.max(), -direction.logits.min())
            iteration += 1
            if gradientNorm <= recipe.gradientTolerance, largestMove <= Self.settledStep {
                move(along: direction, by: 1)
                try report(progress)
                return
            }
            try advance(along: direction)
            if problem.ridge == 0, problem.lasso == 0 {
                try problem.checkSeparation(estimate, direction: direction, iteration: iteration)
            }
            try report(progress)
        }
        throw notConverged("the limit of \(recipe.iterationLimit) iterations was reached")
    }

    /// How far each coefficient is from its optimality condition.
    private func violations(_ slope: Vector<Double>) -> [Double] {
        slope.indices.map { column in
            let value = estimate.coefficients[column]
            if value != 0 { return abs(slope[column] - (value > 0 ? 1 : -1) * problem.lasso) }
            let outward =
                switch signs[column] {
                case .nonNegative: slope[column]
                case .nonPositive: -slope[column]
                case nil: abs(slope[column])
                }
            return max(0, outward - problem.lasso)
        }
    }

    private func norm(
        _ violations: [Double], _ intercept: Double, _ deviations: [Double]
    ) -> Double {
        var largest = abs(intercept)
        for (violation, deviation) in zip(violations, deviations) where deviation > 0 {
            largest = max(largest, violation / deviation)
        }
        return largest / problem.totalWeight
    }

    /// The features of the next step, in column order.
    private func chosen(_ violations: [Double], _ deviations: [Double]) -> [Int] {
        let varying = violations.indices.filter {
            deviations[$0] > 0 || estimate.coefficients[$0] != 0
        }
        if varying.count <= Self.smallCount { return varying }
        let active = varying.filter { estimate.coefficients[$0] != 0 }
        let joining = varying.filter { estimate.coefficients[$0] == 0 && violations[$0] > 0 }
            .sorted {
                (violations[$1] / deviations[$1], $0) < (violations[$0] / deviations[$0], $1)
            }
            .prefix(max(Self.joiningCount, active.count))
        return (active + joining).sorted()
    }

    /// Takes the step, halved until the objective does not rise.
    private mutating func advance(along direction: LogisticEstimate) throws(ModelError) {
        let (start, before) = (estimate, objective)
        var scale = 1.0
        for _ in 0..<40 {
            estimate = start
            move(along: direction, by: scale)
            objective = problem.objective(estimate)
            if objective <= before + abs(before) * 1e-12 { return }
            scale /= 2
        }
        estimate = start
        throw notConverged("no step along the quadratic model lowers the objective")
    }

    /// Moves, so that a coefficient whose full step leads to 0 becomes exactly 0.
    private mutating func move(along direction: LogisticEstimate, by scale: Double) {
        var coefficients = estimate.coefficients
        coefficients.add(direction.coefficients, times: scale)
        for (column, sign) in signs.enumerated() {
            if let sign { coefficients[column] = sign.clamp(coefficients[column]) }
        }
        estimate = problem.estimate(
            intercept: estimate.intercept + scale * direction.intercept,
            coefficients: coefficients)
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

/// `dᵀ(G + ridge)d / 2 - slopeᵀd + lasso * |start + d|`, with signs.
private struct QuadraticModel {
    let gram: Matrix<Double>
    let slope: [Double]
    let start: [Double]
    let signs: [CoefficientSign?]
    let ridge: Double
    let lasso: Double

    /// The step `d` from `start`, to a part of 1e-12 unless that takes more sweeps; the next Newton
    /// step makes up for what is missing.
    func minimise(sweepLimit: Int) -> [Double] {
        var values = start
        var pull = [Double](repeating: 0, count: start.count)  // (G + ridge) d
        let gram = Array(gram.elements)
        let count = start.count
        var isActiveOnly = false
        for _ in 0..<sweepLimit {
            var (largest, size) = (0.0, 0.0)
            for index in start.indices where !isActiveOnly || values[index] != 0 {
                let curvature = gram[index * count + index] + ridge
                guard curvature > 0 else { continue }
                let value = optimum(
                    curvature * values[index] + slope[index] - pull[index], curvature, signs[index])
                let change = value - values[index]
                if change != 0 {
                    for other in 0..<count { pull[other] += gram[index * count + other] * change }
                    pull[index] += ridge * change
                    values[index] = value
                }
                largest = max(largest, curvature * change * change)
                size = max(size, curvature * max(value * value, start[index] * start[index]))
            }
            let isSettled = largest <= 1e-24 * size
            if isSettled, !isActiveOnly { break }
            isActiveOnly = !isSettled
        }
        // Exactly -start for a coefficient that ends at 0.
        return zip(values, start).map { $0 - $1 }
    }

    private func optimum(
        _ target: Double, _ curvature: Double, _ sign: CoefficientSign?
    ) -> Double {
        let shrunk = target > lasso ? target - lasso : target < -lasso ? target + lasso : 0
        return sign?.clamp(shrunk / curvature) ?? shrunk / curvature
    }
}
