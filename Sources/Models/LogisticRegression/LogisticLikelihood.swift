// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// The log-likelihood in an explicit design whose coefficients can be held, with Firth's or a ridge
/// penalty.
///
/// Firth's adds half the log-determinant of the information of all columns, held ones included.
///
/// Source: Firth, Biometrika 80, 1993, doi:10.1093/biomet/80.1.27; Heinze and Schemper, Stat. Med.
/// 21, 2002, doi:10.1002/sim.1047.
struct LogisticLikelihood {
    /// What a search found.
    struct Maximum {
        var coefficients: Vector<Double>
        var value: Double
        var iterations: Int
        var gradientNorm: Double
    }

    /// The columns (rows x parameters).
    let design: Matrix<Double>
    let problem: LogisticProblem
    let isFirth: Bool
    /// Half of it multiplies the squared coefficient.
    let ridges: Vector<Double>
    let recipe: LogisticRegression

    private struct State {
        /// `weight * p * (1 - p)` of every row.
        var rowCurvatures: Vector<Double>
        var value: Double
        var score: Vector<Double>
        var information: Matrix<Double>
        var firth: Firth?
    }

    /// What Firth's penalty adds to a state.
    private struct Firth {
        /// That of the information.
        var inverse: Matrix<Double>
        /// Of every row, as all below.
        var leverages: Vector<Double>
        /// `1 - 2 p`.
        var balances: Vector<Double>
        /// `p (1 - p)`, of rows without weight too.
        var curvatures: Vector<Double>
    }

    /// The maximum over the coefficients `free`, the others held at `start`.
    ///
    /// - Throws: ``ModelError`` with code `notConverged`, `rankDeficient` or `cancelled`.
    func maximum(
        from start: Vector<Double>, free: [Int], progress: FitObserver? = nil
    ) throws(ModelError) -> Maximum {
        var coefficients = start
        var state = try state(at: coefficients)
        var norm = Double.infinity
        for iteration in 1...recipe.iterationLimit {
            try checkCancellation("logistic regression, iteration \(iteration)")
            norm = 0
            for index in free {
                let deviation =
                    (state.information[index, index] / state.rowCurvatures.sum()).squareRoot()
                norm = max(norm, abs(state.score[index]) / deviation / problem.totalWeight)
            }
            let step = try step(state, free: free)
            let largestMove = design.matmul(step).absoluteValue().max()
            let isSettled = norm <= recipe.gradientTolerance && largestMove <= 1e-6
            (coefficients, state) = try advanced(coefficients, state, step, isSettled: isSettled)
            try FitProgress(
                step: iteration, stepLimit: recipe.iterationLimit,
                objective: -state.value / problem.totalWeight
            ).report(to: progress)
            if isSettled {
                return Maximum(
                    coefficients: coefficients, value: state.value, iterations: iteration,
                    gradientNorm: norm)
            }
        }
        throw notConverged("the limit of \(recipe.iterationLimit) iterations was reached", norm)
    }

    private func state(at coefficients: Vector<Double>) throws(ModelError) -> State {
        let change = design.matmul(coefficients)
        let logits = problem.offsets.map { change + $0 } ?? change
        let rowCurvatures = LogisticRowTerms.curvatures(logits, problem.weights)
        let information = design.gram(weights: rowCurvatures)
        var residuals = LogisticRowTerms.residuals(logits, problem.weights, problem.targets)
        var value = -problem.logLoss(logits)
        var firth: Firth?
        if isFirth {
            do {
                let factor = try information.cholesky()
                let inverse = try factor.inverse()
                let leverages = rowCurvatures * (design.matmul(inverse) * design).sum(.alongRows)
                let balances = (logits * -0.5).tanh()
                residuals += leverages * balances * 0.5
                firth = Firth(
                    inverse: inverse, leverages: leverages, balances: balances,
                    curvatures: LogisticRowTerms.curvatures(logits, .ones(logits.count)))
                value += factor.logDeterminant / 2
            } catch {
                throw .singular(error)
            }
        }
        var score = design.transposed.matmul(residuals)
        score -= ridges * coefficients
        value -= (ridges * coefficients * coefficients).sum() / 2
        return State(
            rowCurvatures: rowCurvatures, value: value, score: score, information: information,
            firth: firth)
    }

    /// Minus the second derivatives of Firth's likelihood.
    ///
    /// The leverages change with the coefficients, by the third derivatives of the likelihood; to
    /// leave that out would make tens of steps of ten.
    private func firthCurvature(_ state: State, _ firth: Firth) -> Matrix<Double> {
        let thirds = state.rowCurvatures * firth.balances
        var changes = Matrix<Double>.zeros(design.rowCount, design.columnCount)
        for column in 0..<design.columnCount {
            let change = design.gram(weights: thirds * design.column(column))
            let form = firth.inverse.matmul(change).matmul(firth.inverse)
            changes.setColumn(column, to: (design.matmul(form) * design).sum(.alongRows))
        }
        let direct =
            state.rowCurvatures + firth.leverages * firth.curvatures
            - firth.leverages * firth.balances * firth.balances * 0.5
        var curvature = design.gram(weights: direct)
        changes.multiplyColumns(by: thirds * 0.5)
        curvature += design.transposed.matmul(changes)
        return curvature
    }

    private func step(_ state: State, free: [Int]) throws(ModelError) -> Vector<Double> {
        var step = Vector<Double>.zeros(design.columnCount)
        guard !free.isEmpty else { return step }
        func block(_ curvature: Matrix<Double>) -> Matrix<Double> {
            var block = curvature.gatheringRows(free).gatheringColumns(free)
            for (place, index) in free.enumerated() { block[place, place] += ridges[index] }
            return block
        }
        let slope = Vector(free.map { state.score[$0] })
        // Far from the maximum Firth's likelihood need not be concave; the information is.
        let exact = state.firth.flatMap { firth in
            try? block(firthCurvature(state, firth)).cholesky()
        }
        do {
            let factor = if let exact { exact } else { try block(state.information).cholesky() }
            let solution = try factor.solve(slope)
            for (place, index) in free.enumerated() { step[index] = solution[place] }
        } catch {
            throw .singular(error)
        }
        return step
    }

    /// Takes the step, halved until the value does not fall.
    private func advanced(
        _ coefficients: Vector<Double>, _ before: State, _ step: Vector<Double>, isSettled: Bool
    ) throws(ModelError) -> (Vector<Double>, State) {
        // Near the maximum the change is below the rounding error of the sum and the determinant.
        let slack = isFirth ? 1e-10 * (1 + abs(before.value)) : abs(before.value) * 1e-12
        var scale = 1.0
        for _ in 0..<40 {
            var moved = coefficients
            moved.add(step, times: scale)
            // Curvature that vanishes on a step too far is a reason to halve it.
            if let state = try? state(at: moved),
                isSettled || state.value >= before.value - slack
            {
                return (moved, state)
            }
            scale /= 2
        }
        throw notConverged("no step along the Newton direction raises the likelihood", .infinity)
    }

    private func notConverged(_ reason: String, _ norm: Double) -> ModelError {
        .notConverged(
            reason, iterations: recipe.iterationLimit, gradientNorm: norm,
            tolerance: recipe.gradientTolerance)
    }
}
