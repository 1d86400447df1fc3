// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension LogisticRegressionModel {
    /// The covariance of the coefficients, the intercept first where there is one.
    ///
    /// - Parameters:
    ///   - estimator: what it is made of.
    ///   - data: the rows of the fit, weighted as there.
    ///   - offsets: the offsets of the fit.
    /// - Returns: (parameters x parameters), symmetric.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a penalised model or a number of
    ///   groups that does not fit; `wrongWidth`, `rankDeficient`.
    /// - Complexity: O(rows * features²).
    public func covariance(
        _ estimator: CovarianceEstimator, on data: ClassificationData, offsets: [Double]? = nil
    ) throws(ModelError) -> Matrix<Double> {
        guard let inference else {
            throw ModelError(.invalidRecipe, "a penalised model has no sampling covariance")
        }
        let recipe = LogisticRegression(penalty: .none, fitsIntercept: inference.hasIntercept)
        let problem = try LogisticProblem(LogisticRows(data, offsets: offsets), recipe: recipe)
        let estimate = try problem.start(from: self)
        let curvature = problem.curvature(at: estimate)
        let factored = try curvature.factored(ridge: 0)
        if estimator == .observedInformation {
            return try factored.covariance(hasIntercept: inference.hasIntercept)
        }
        let scores = SandwichScores(problem, estimate, curvature)
        return try scores.covariance(estimator, weights: data.weights)
    }

    /// The coefficients with standard errors and tests from another covariance.
    ///
    /// - Throws: ``ModelError``: the codes of ``covariance(_:on:offsets:)``.
    public func estimates(
        _ estimator: CovarianceEstimator, on data: ClassificationData, offsets: [Double]? = nil
    ) throws(ModelError) -> [CoefficientEstimate] {
        let covariance = try covariance(estimator, on: data, offsets: offsets)
        return zip(estimates ?? [], covariance.diagonal.elements).map { estimate, variance in
            CoefficientEstimate(
                name: estimate.name, value: estimate.value, standardError: variance.squareRoot())
        }
    }
}

/// The rows' scores in a design that is centred where the information is block diagonal.
private struct SandwichScores {
    private let design: Matrix<Double>
    private let gram: Matrix<Double>
    private let total: Double
    private let mean: Vector<Double>
    private let residuals: Vector<Double>
    private let rowCurvatures: Vector<Double>
    private let hasIntercept: Bool

    init(_ problem: LogisticProblem, _ estimate: LogisticEstimate, _ curvature: LogisticCurvature) {
        var columns =
            switch problem.design {
            case .dense(let features, _): features
            case .sparse(let features, let centre): features.dense().subtractingFromRows(centre)
            }
        columns.subtractFromRows(curvature.mean)
        hasIntercept = problem.hasIntercept
        design =
            hasIntercept
            ? .concatenated([.ones(columns.rowCount, 1), columns], axis: 1) : columns
        gram = curvature.gram
        total = curvature.total
        mean = curvature.mean + curvature.centre
        let (rising, falling) = (estimate.logits.sigmoid(), (-estimate.logits).sigmoid())
        residuals = problem.targets * falling - (1 - problem.targets) * rising
        rowCurvatures = rising * falling
    }

    func covariance(
        _ estimator: CovarianceEstimator, weights: [Double]
    ) throws(ModelError) -> Matrix<Double> {
        let bread = try bread()
        let (rows, parameters) = (weights.reduce(0, +), Double(bread.rowCount))
        let weights = Vector(weights)
        let squares = weights * residuals * residuals
        let meat: Matrix<Double>
        switch estimator {
        case .observedInformation: return uncentred(bread)
        case .hc0: meat = design.gram(weights: squares)
        case .hc1: meat = design.gram(weights: squares) * (rows / (rows - parameters))
        case .hc2: meat = design.gram(weights: squares / (1 - leverages(bread)))
        case .hc3:
            let rest = 1 - leverages(bread)
            meat = design.gram(weights: squares / (rest * rest))
        case .cluster(let groups):
            let sums = try groupedScores(weights * residuals, groups)
            let count = Double(sums.rowCount)
            let factor = count / (count - 1) * (rows - 1) / (rows - parameters)
            meat = sums.gram() * factor
        }
        return uncentred(bread.matmul(meat).matmul(bread))
    }

    private func bread() throws(ModelError) -> Matrix<Double> {
        let inverse: Matrix<Double>
        do {
            inverse = try gram.cholesky().inverse()
        } catch {
            throw .singular(error)
        }
        guard hasIntercept else { return inverse }
        let count = inverse.rowCount
        return Matrix(rowCount: count + 1, columnCount: count + 1) { row, column in
            if row == 0 || column == 0 { return row == column ? 1 / total : 0 }
            return inverse[row - 1, column - 1]
        }
    }

    private func leverages(_ bread: Matrix<Double>) -> Vector<Double> {
        rowCurvatures * (design.matmul(bread) * design).sum(.alongRows)
    }

    private func groupedScores(
        _ residuals: Vector<Double>, _ groups: [Int]
    ) throws(ModelError) -> Matrix<Double> {
        guard groups.count == residuals.count else {
            throw ModelError(
                .invalidRecipe, "\(groups.count) group numbers for \(residuals.count) rows")
        }
        let places = Dictionary(
            uniqueKeysWithValues: Set(groups).sorted().enumerated().map { ($1, $0) })
        guard places.count > 1 else {
            throw ModelError(.invalidRecipe, "all rows are of one group, at least 2 are needed")
        }
        var sums = Matrix<Double>.zeros(places.count, design.columnCount)
        for (row, group) in groups.enumerated() {
            guard let place = places[group] else { continue }
            for column in 0..<design.columnCount {
                sums[place, column] += residuals[row] * design[row, column]
            }
        }
        return sums
    }

    /// The covariance of the intercept at features of 0, from that at their means.
    private func uncentred(_ centred: Matrix<Double>) -> Matrix<Double> {
        let count = centred.rowCount
        var result = centred
        if hasIntercept {
            var move = Matrix<Double>.zeros(count, count)
            for index in 0..<count { move[index, index] = 1 }
            for index in 1..<max(count, 1) { move[0, index] = -mean[index - 1] }
            result = move.matmul(centred).matmul(move.transposed)
        }
        // Rounding must not make it unsymmetric.
        for row in 0..<count {
            for column in 0..<row { result[column, row] = result[row, column] }
        }
        return result
    }
}
