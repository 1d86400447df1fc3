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
        let scores = try SandwichScores(problem, estimate, curvature)
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

extension SandwichScores {
    fileprivate init(
        _ problem: LogisticProblem, _ estimate: LogisticEstimate, _ curvature: LogisticCurvature
    ) throws(ModelError) {
        var columns = problem.design.columns()
        columns.subtractFromRows(curvature.mean)
        let hasIntercept = problem.hasIntercept
        let ones = Vector<Double>.ones(columns.rowCount)
        self.init(
            design: hasIntercept
                ? .concatenated([.ones(columns.rowCount, 1), columns], axis: 1) : columns,
            bread: try Self.bread(curvature, hasIntercept: hasIntercept),
            residuals: LogisticRowTerms.residuals(estimate.logits, ones, problem.targets),
            rowCurvatures: LogisticRowTerms.curvatures(estimate.logits, ones),
            mean: curvature.mean + curvature.centre, hasIntercept: hasIntercept)
    }

    private static func bread(
        _ curvature: LogisticCurvature, hasIntercept: Bool
    ) throws(ModelError) -> Matrix<Double> {
        let inverse: Matrix<Double>
        do {
            inverse = try curvature.gram.cholesky().inverse()
        } catch {
            throw .singular(error)
        }
        guard hasIntercept else { return inverse }
        let count = inverse.rowCount
        return Matrix(rowCount: count + 1, columnCount: count + 1) { row, column in
            if row == 0 || column == 0 { return row == column ? 1 / curvature.total : 0 }
            return inverse[row - 1, column - 1]
        }
    }
}
