// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// The log-likelihood of a softmax in the parameters of all classes but the first.
///
/// Positions hold, class by class, the intercept and the standardised coefficients. The symmetric
/// penalty on all classes is `ridge / 2 * (sum of uᵀu - |sum of u|² / classes)` in these.
struct MultinomialLikelihood {
    let columns: StandardisedColumns
    let totalWeight: Double
    /// That of the shares of the classes.
    let nullLogLikelihood: Double
    /// The log-odds of the classes' shares against the first class, and no coefficients.
    let start: Vector<Double>
    private let classCount: Int
    /// The parameters of a class: its intercept and coefficients.
    private let size: Int
    /// Known parts of the log-odds (rows x classes); `nil` where there are none.
    private let offsets: Matrix<Double>?
    private let weights: Vector<Double>
    /// 1 in the column of each row's class (rows x classes).
    private let targets: Matrix<Double>
    /// By parameter of a class; 0 for the intercept.
    private let ridges: Vector<Double>
    private let isSymmetric: Bool

    init(
        _ data: ClassRows, offsets: Matrix<Double>?, recipe: MultinomialRegression
    ) throws(ModelError) {
        let codes = data.labels.codes
        let factors = try recipe.classWeighting.factors(data.classWeights)
        weights = Vector(zip(data.weights, codes).map { $0 * factors[$1] })
        totalWeight = weights.sum()
        columns = StandardisedColumns(data.features, weights: weights)
        classCount = factors.count
        size = columns.scales.count + 1
        self.offsets = offsets
        targets = Matrix(rowCount: codes.count, columnCount: classCount) {
            codes[$0] == $1 ? 1 : 0
        }
        let shares = zip(data.classWeights, factors).map(*)
        let total = totalWeight
        nullLogLikelihood = shares.reduce(0) { $0 + $1 * naturalLogarithm($1 / total) }
        let zeros = [Double](repeating: 0, count: columns.scales.count)
        start = Vector(
            shares.dropFirst().flatMap { [naturalLogarithm($0 / shares[0])] + zeros })
        switch recipe.penalty {
        case .none:
            ridges = .zeros(zeros.count + 1)
            isSymmetric = false
        case .l2(let strength):
            let scales = columns.scales
            ridges = Vector([0] + (1 / (scales * scales * strength)).elements)
            isSymmetric = true
        }
    }

    var parameterCount: Int { start.count }

    /// The parameters by class (classes x parameters), those of the first class 0.
    private func byClass(_ position: Vector<Double>) -> Matrix<Double> {
        Matrix(
            rowCount: classCount, columnCount: size,
            elements: [Double](repeating: 0, count: size) + position.elements)
    }

    /// The log-odds of every row and class.
    private func logits(_ parameters: Matrix<Double>) -> Matrix<Double> {
        var logits = columns.products(parameters[0..., 1..<size])
        logits.addToRows(parameters.column(0))
        return offsets.map { logits + $0 } ?? logits
    }

    /// The penalised log-likelihood, its slope, and the rows' probabilities.
    private func slope(
        _ position: Vector<Double>
    ) -> (value: Double, score: Vector<Double>, probabilities: Matrix<Double>) {
        let parameters = byClass(position)
        let logs = logits(parameters).logSoftmax()
        let probabilities = logs.exp()
        var residuals = targets - probabilities
        residuals.multiplyColumns(by: weights)
        let intercepts = residuals.sum(.alongColumns)
        var slopes = Matrix<Double>.concatenated(
            [
                Matrix(rowCount: classCount, columnCount: 1, elements: intercepts.elements),
                columns.sums(residuals),
            ], axis: 1)
        // The symmetric parameters differ from these by their mean.
        let centred = parameters.subtractingFromRows(parameters.mean(.alongColumns))
        let pull = centred.multiplyingRows(by: ridges)
        slopes -= pull
        let value =
            (weights * (targets * logs).sum(.alongRows)).sum() - (centred * pull).sum() / 2
        let score = Vector(Array(slopes.elements.dropFirst(size)))
        return (value, score, probabilities)
    }

    /// The penalised likelihood with its curvature.
    func point(_ position: Vector<Double>) -> LikelihoodPoint? {
        let (value, score, probabilities) = slope(position)
        guard value.isFinite else { return nil }
        var information = Matrix<Double>.zeros(parameterCount, parameterCount)
        for row in 1..<classCount {
            let own = probabilities.column(row)
            for column in 1...row {
                let other = probabilities.column(column)
                let curvatures = weights * own * (row == column ? 1 - own : other * -1)
                let block = borderedGram(curvatures)
                let share = (row == column ? 1 : 0) - 1 / Double(classCount)
                for first in 0..<size {
                    for second in 0..<size {
                        let ridge = first == second ? share * ridges[first] : 0
                        let entry = block[first, second] + ridge
                        let (i, j) = ((row - 1) * size + first, (column - 1) * size + second)
                        information[i, j] = entry
                        information[j, i] = entry
                    }
                }
            }
        }
        return LikelihoodPoint(value: value, score: score, information: information)
    }

    /// The second derivatives by the intercept and the coefficients.
    private func borderedGram(_ curvatures: Vector<Double>) -> Matrix<Double> {
        let rows = Matrix(
            rowCount: curvatures.count, columnCount: 1, elements: curvatures.elements)
        let (mixed, gram) = (columns.sums(rows), columns.gram(weights: curvatures))
        let total = curvatures.sum()
        return Matrix(rowCount: size, columnCount: size) { row, column in
            if row == 0 || column == 0 {
                return row == column ? total : mixed[0, max(row, column) - 1]
            }
            return gram[row - 1, column - 1]
        }
    }

    /// The parameters of a model of the same features and classes.
    func position(of model: MultinomialRegressionModel) -> Vector<Double> {
        let shifts = model.coefficients.matmul(columns.centre)
        let first = model.coefficients.row(0)
        var position: [Double] = []
        for code in 1..<classCount {
            position.append(
                model.intercepts[code] + shifts[code] - model.intercepts[0] - shifts[0])
            position += ((model.coefficients.row(code) - first) * columns.scales).elements
        }
        return Vector(position)
    }

    /// The maximum by L-BFGS.
    func search(
        _ recipe: MultinomialRegression, from start: Vector<Double>, _ progress: FitObserver?
    ) throws(ModelError) -> DampedNewton.Maximum {
        let product = recipe.iterationLimit.multipliedReportingOverflow(by: 10)
        let limit = product.overflow ? Int.max : product.partialValue
        var stop: ModelError?
        let minimum: Minimum
        do {
            minimum = try LBFGS(
                gradientTolerance: recipe.gradientTolerance, iterationLimit: limit
            ).minimise(from: start) { state in
                do throws(ModelError) {
                    try checkCancellation("multinomial regression, iteration \(state.iteration)")
                    try FitProgress(
                        step: state.iteration, stepLimit: limit, objective: state.value
                    ).report(to: progress)
                } catch {
                    stop = error
                    state.stop()
                }
            } _: { position in
                let (value, score, _) = slope(position)
                return (-value / totalWeight, score / -totalWeight)
            }
        } catch {
            throw ModelError(.notConverged, "the search failed", underlying: error)
        }
        if let stop { throw stop }
        let norm = minimum.report.gradientNorm ?? .infinity
        // Where rounding hides any further descent a small slope is accepted.
        let isRounded = minimum.report.stopReason == .noProgress && norm <= 1e-7
        guard minimum.report.hasConverged || isRounded, let point = point(minimum.point) else {
            throw .notConverged(
                "no further descent, or the limit of \(limit) iterations was reached",
                iterations: minimum.report.iterations, gradientNorm: norm,
                tolerance: recipe.gradientTolerance)
        }
        return DampedNewton.Maximum(
            position: minimum.point, point: point, iterations: max(1, minimum.report.iterations),
            gradientNorm: norm)
    }

    /// The intercepts and coefficients of all classes for features as they are.
    func parameters(
        _ position: Vector<Double>
    ) -> (intercepts: [Double], coefficients: Matrix<Double>) {
        var parameters = byClass(position)
        if isSymmetric { parameters.subtractFromRows(parameters.mean(.alongColumns)) }
        let scales = columns.scales
        let coefficients = Matrix(rowCount: classCount, columnCount: scales.count) {
            parameters[$0, $1 + 1] / scales[$1]
        }
        let shifts = coefficients.matmul(columns.centre)
        return ((0..<classCount).map { parameters[$0, 0] - shifts[$0] }, coefficients)
    }

    /// The covariance in the features' own units and places.
    func covariance(_ information: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        var move = Matrix<Double>.zeros(parameterCount, parameterCount)
        for start in stride(from: 0, to: parameterCount, by: size) {
            move[start, start] = 1
            for feature in columns.scales.indices {
                let place = start + 1 + feature
                move[place, place] = 1 / columns.scales[feature]
                move[start, place] = -columns.centre[feature] / columns.scales[feature]
            }
        }
        do {
            return try information.cholesky().inverse().transformed(by: move)
        } catch {
            throw .singular(error)
        }
    }
}
