// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

extension LinearRegression {
    /// Fits the model.
    ///
    /// - Parameters:
    ///   - data: the rows.
    ///   - progress: sees the one step that there is.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `rankDeficient` (without a penalty; the
    ///   message names the features), `nonFinite` (values whose squares overflow) or `cancelled`.
    /// - Complexity: O(rows * features²).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> LinearRegressionModel {
        try fit(data, offsets: nil, progress: progress)
    }

    /// Fits the model around known parts of the targets.
    ///
    /// - Parameters:
    ///   - data: the rows.
    ///   - offsets: what is added to the prediction of each row with a coefficient of 1, and is
    ///     given again to ``LinearRegressionModel/predictions(_:offsets:)``; 0 where `nil`. R² and
    ///     the F test are those of the targets without them.
    ///   - progress: sees the one step that there is.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets.
    public func fit(
        _ data: RegressionData, offsets: [Double]?, progress: FitObserver? = nil
    ) throws(ModelError) -> LinearRegressionModel {
        try validate()
        try checkCancellation("linear regression")
        let problem = try LeastSquaresProblem(
            data, offsets: offsets, hasIntercept: fitsIntercept, meaning: weightMeaning)
        let solution = try solution(of: problem)
        let coefficients = solution.scaled / problem.scales
        let residuals = problem.response - problem.columns.matmul(solution.scaled)
        let squares = residuals.orderedDot(residuals)
        guard squares.isFinite, coefficients.elements.allSatisfy(\.isFinite) else {
            throw ModelError(.nonFinite, "the targets are too large for least squares")
        }
        try FitProgress(step: 1, stepLimit: 1, objective: squares / problem.totalWeight)
            .report(to: progress)
        let parameters = coefficients.count + (fitsIntercept ? 1 : 0)
        let isInferred = penalty == .none && problem.observationCount > Double(parameters)
        return LinearRegressionModel(
            featureNames: data.featureNames,
            intercept: fitsIntercept
                ? problem.responseCentre - problem.centre.orderedDot(coefficients) : 0,
            coefficients: coefficients.elements, weightMeaning: weightMeaning,
            inference: isInferred
                ? LinearInference(
                    unscaledCovariance: problem.unscaledCovariance(solution.inverse),
                    hasIntercept: fitsIntercept, residualSumOfSquares: squares,
                    totalSumOfSquares: problem.response.orderedDot(problem.response),
                    observationCount: problem.observationCount,
                    sumOfLogPrecisions: problem.sumOfLogPrecisions) : nil)
    }

    private func solution(
        of problem: LeastSquaresProblem
    ) throws(ModelError) -> LeastSquaresProblem.Solution {
        var ridge = 0.0
        if case .ridge(let alpha) = penalty { ridge = alpha }
        if ridge == 0 { try problem.requireVaryingFeatures() }
        if solver == .qr { return try problem.solvedByQR(ridge: ridge) }
        let normal: LeastSquaresProblem.Solution
        do {
            normal = try problem.solvedByCholesky(ridge: ridge)
        } catch {
            // Where QR finds dependent features too, its error names them.
            return try problem.solvedByQR(ridge: ridge)
        }
        // Among so dependent features the normal equations have lost half of the digits.
        let limit = solver == .cholesky ? 1e11 : 1e6
        guard normal.largestInflation > limit else { return normal }
        return try problem.solvedByQR(ridge: ridge)
    }
}
