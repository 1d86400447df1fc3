// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// SAGA on a ``LogisticProblem``: steps along the gradient of one random row, corrected by the
/// average of the rows' latest gradients.
///
/// Coefficients are in units of each feature's standard deviation. A row is drawn half uniformly
/// and half in proportion to its curvature, so that a few long rows do not shorten every step. What
/// a row does not store is brought up to date when it is needed, in one go.
///
/// Source: Defazio, Bach and Lacoste-Julien, NIPS 2014, arXiv:1407.0202; Schmidt et al.,
/// Non-uniform stochastic average gradient method, AISTATS 2015, arXiv:1504.04406.
struct LogisticSAGA {
    private(set) var estimate: LogisticEstimate
    /// Passes over as many rows as there are.
    private(set) var iteration = 0
    private(set) var gradientNorm = Double.infinity
    private let problem: LogisticProblem
    private let recipe: LogisticRegression

    init(_ problem: LogisticProblem, recipe: LogisticRegression, start: LogisticEstimate) {
        self.problem = problem
        self.recipe = recipe
        estimate = start
    }

    /// Passes until the optimality conditions hold.
    mutating func run(_ progress: FitObserver?) throws(ModelError) {
        let product = recipe.iterationLimit.multipliedReportingOverflow(by: 10)
        let limit = product.overflow ? Int.max : product.partialValue
        let mean = Vector<Double>.zeros(problem.design.columnCount)
        let deviations = problem.deviations(
            problem.weights, total: problem.totalWeight, mean: mean)
        var passes = StochasticPasses(problem, deviations: deviations, start: estimate)
        let table = AliasTable(weights: passes.drawWeights)
        var stream = RandomStream(seed: recipe.seed).child("SAGA")
        while iteration < limit {
            try checkCancellation("logistic regression, iteration \(iteration + 1)")
            passes.pass(table, &stream)
            iteration += 1
            estimate = passes.estimate(problem, deviations: deviations)
            guard estimate.logits.sum().isFinite else {
                throw notConverged("the steps grow without bound")
            }
            gradientNorm = norm(deviations)
            try FitProgress(
                step: iteration, stepLimit: limit,
                objective: problem.objective(estimate) / problem.totalWeight
            ).report(to: progress)
            if gradientNorm <= recipe.gradientTolerance { return }
        }
        throw notConverged("the limit of \(limit) passes was reached")
    }

    /// The largest violation of the optimality conditions.
    private func norm(_ deviations: [Double]) -> Double {
        let descent = problem.descent(at: estimate)
        var largest = abs(descent.intercept)
        for (column, deviation) in deviations.enumerated() where deviation > 0 {
            let (slope, value) = (descent.coefficients[column], estimate.coefficients[column])
            let violation =
                value == 0
                ? max(0, abs(slope) - problem.lasso)
                : abs(slope - (value > 0 ? 1 : -1) * problem.lasso)
            largest = max(largest, violation / deviation)
        }
        return largest / problem.totalWeight
    }

    private func notConverged(_ reason: String) -> ModelError {
        .notConverged(
            reason, iterations: iteration, gradientNorm: gradientNorm,
            tolerance: recipe.gradientTolerance)
    }
}

/// The state of a ``LogisticSAGA`` between passes.
private struct StochasticPasses {
    /// The weights with which rows are drawn; 0 for rows of weight 0.
    let drawWeights: [Double]
    private let rows: SparseMatrix<Double>
    private let targets: [Double]
    private let offsets: [Double]
    /// The weight of each row's loss in the objective, and in one step.
    private let shares: [Double]
    private let stepShares: [Double]
    private let hasIntercept: Bool
    private let step: Double
    private let features: [Shrinkage]
    private var intercept: Double
    private var coefficients: [Double]
    /// By row the latest derivative of its loss by its log-odds.
    private var slopes: [Double]
    private var average: [Double]
    private var interceptAverage: Double
    private var latest: [Int]

    init(_ problem: LogisticProblem, deviations: [Double], start: LogisticEstimate) {
        let total = problem.totalWeight
        // Of a constant feature nothing is stored: its coefficient stays 0.
        let inverses = Vector(deviations.map { $0 > 0 ? 1 / $0 : 0 })
        let rows =
            switch problem.design {
            case .dense: SparseMatrix(problem.design.columns().multiplyingRows(by: inverses))
            case .sparse(let features, _): features.multiplyingRows(by: inverses)
            }
        let shares = problem.weights.elements.map { $0 / total }
        let lengths = (0..<rows.rowCount).map { row in
            rows.positions(ofRow: row).reduce(problem.hasIntercept ? 1.0 : 0) {
                $0 + rows.values[$1] * rows.values[$1]
            }
        }
        let curvatures = zip(shares, lengths).map { $0 * max($1, 1e-300) / 4 }
        let sum = curvatures.reduce(0, +)
        let count = Double(shares.count { $0 > 0 })
        let drawShares = zip(shares, curvatures).map { share, curvature in
            share > 0 ? 0.5 / count + 0.5 * curvature / sum : 0
        }
        self.rows = rows
        self.shares = shares
        targets = problem.targets.elements
        offsets = problem.offsets?.elements ?? [Double](repeating: 0, count: targets.count)
        hasIntercept = problem.hasIntercept
        drawWeights = drawShares
        stepShares = zip(shares, drawShares).map { $1 > 0 ? $0 / $1 : 0 }
        let ridges = deviations.map { $0 > 0 ? problem.ridge / total / ($0 * $0) : 0 }
        let largest = zip(stepShares, lengths).map { $0 * $1 / 4 }.max() ?? 0
        let step = 1 / (3 * (largest + (ridges.max() ?? 0)))
        self.step = step
        features = zip(deviations, ridges).map { deviation, ridge in
            Shrinkage(
                decay: 1 - step * ridge,
                threshold: deviation > 0 ? step * problem.lasso / total / deviation : 0)
        }
        coefficients = zip(start.coefficients.elements, deviations).map { $0 * $1 }
        intercept = start.intercept
        if case .sparse(_, let centre) = problem.design {
            // These rows are not measured from the centre.
            intercept -= centre.orderedDot(start.coefficients)
        }
        slopes = (start.logits.sigmoid() - problem.targets).elements
        let pulls = Vector(zip(shares, slopes).map { $0 * $1 })
        average = rows.transposed.matmul(pulls).elements
        interceptAverage = pulls.sum()
        latest = [Int](repeating: 0, count: deviations.count)
    }

    /// As many steps as there are rows; ends with all coefficients up to date.
    mutating func pass(_ table: AliasTable, _ stream: inout RandomStream) {
        for time in 0..<targets.count {
            let row = stream.categorical(table)
            let positions = rows.positions(ofRow: row)
            var logit = intercept + offsets[row]
            for position in positions {
                let column = rows.columnIndices[position]
                if time > latest[column] {
                    coefficients[column] = features[column].applied(
                        to: coefficients[column], pull: step * average[column],
                        times: time - latest[column])
                }
                logit += rows.values[position] * coefficients[column]
            }
            let change = sigmoid(logit) - targets[row] - slopes[row]
            let (jump, drift) = (change * stepShares[row], change * shares[row])
            for position in positions {
                let (column, value) = (rows.columnIndices[position], rows.values[position])
                coefficients[column] = features[column].applied(
                    to: coefficients[column], pull: step * (jump * value + average[column]))
                average[column] += drift * value
                latest[column] = time + 1
            }
            if hasIntercept {
                intercept -= step * (jump + interceptAverage)
                interceptAverage += drift
            }
            slopes[row] += change
        }
        for column in coefficients.indices {
            if targets.count > latest[column] {
                coefficients[column] = features[column].applied(
                    to: coefficients[column], pull: step * average[column],
                    times: targets.count - latest[column])
            }
            latest[column] = 0
        }
    }

    func estimate(_ problem: LogisticProblem, deviations: [Double]) -> LogisticEstimate {
        let own = Vector(zip(coefficients, deviations).map { $1 > 0 ? $0 / $1 : 0 })
        var intercept = intercept
        if case .sparse(_, let centre) = problem.design { intercept += centre.orderedDot(own) }
        return problem.estimate(intercept: intercept, coefficients: own)
    }
}

/// One step of a coefficient: `x` becomes `decay * x - pull`, moved towards 0 by `threshold`.
private struct Shrinkage {
    let decay: Double
    let threshold: Double

    func applied(to value: Double, pull: Double) -> Double {
        let moved = decay * value - pull
        return moved > threshold
            ? moved - threshold : moved < -threshold ? moved + threshold : 0
    }

    /// So many steps with the same pull.
    func applied(to value: Double, pull: Double, times: Int) -> Double {
        var (value, left) = (value, times)
        while left > 0 {
            if value == 0, abs(pull) <= threshold { return 0 }
            let sign: Double = value > 0 || (value == 0 && pull < 0) ? 1 : -1
            // On one side of 0 the steps are affine and approach one point, from one side.
            func after(_ count: Int) -> Double {
                let (factor, sum) = composed(count)
                return factor * value - sum * (pull + sign * threshold)
            }
            let end = after(left)
            if threshold == 0 || sign * end > 0 { return end }
            // The last step before 0 is reached or passed.
            var (low, high) = (0, left)
            while high - low > 1 {
                let middle = (low + high) / 2
                if sign * after(middle) > 0 { low = middle } else { high = middle }
            }
            value = applied(to: after(low), pull: pull)
            left -= low + 1
        }
        return value
    }

    /// `decay` to the power of `count`, and the sum of its powers below.
    private func composed(_ count: Int) -> (factor: Double, sum: Double) {
        var (result, base) = ((factor: 1.0, sum: 0.0), (factor: decay, sum: 1.0))
        var bits = count
        while bits > 0 {
            if bits & 1 == 1 {
                result = (base.factor * result.factor, base.factor * result.sum + base.sum)
            }
            base = (base.factor * base.factor, base.sum * (1 + base.factor))
            bits >>= 1
        }
        return result
    }
}
