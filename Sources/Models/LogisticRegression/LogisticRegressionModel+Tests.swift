// SPDX-License-Identifier: Apache-2.0

public import LinearAlgebra

extension LogisticInference {
    /// The likelihood-ratio test of this fit against one with fewer parameters on the same rows.
    ///
    /// Of Firth fits the penalised likelihoods are compared.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe` where `nested` has not fewer parameters
    ///   or other observations.
    public func likelihoodRatioTest(
        against nested: LogisticInference
    ) throws(ModelError) -> ChiSquareTest {
        let restrictions = parameterCount - nested.parameterCount
        guard restrictions > 0, observationCount == nested.observationCount else {
            throw ModelError(
                .invalidRecipe,
                "\(nested.parameterCount) parameters on \(nested.observationCount) observations "
                    + "are not nested in \(parameterCount) on \(observationCount)")
        }
        return ChiSquareTest(
            statistic: 2 * (logLikelihood - nested.logLikelihood), degreesOfFreedom: restrictions)
    }
}

extension LogisticRegressionModel {
    /// The Wald test that the coefficients of some features are all 0.
    ///
    /// - Parameters:
    ///   - names: features of the model, at least one.
    ///   - covariance: that of the parameters, such as a robust one; the model's own where `nil`.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a penalised model, no names or
    ///   unknown ones; `rankDeficient`.
    public func waldTest(
        of names: [String], covariance: Matrix<Double>? = nil
    ) throws(ModelError) -> ChiSquareTest {
        guard let inference else {
            throw ModelError(.invalidRecipe, "a penalised model has no sampling covariance")
        }
        let places = names.compactMap { featureNames.firstIndex(of: $0) }
        guard !places.isEmpty, places.count == names.count else {
            throw ModelError(.invalidRecipe, "\(names) are not all features of the model")
        }
        let covariance = covariance ?? inference.covariance
        guard covariance.rowCount == inference.parameterCount,
            covariance.columnCount == inference.parameterCount
        else {
            throw ModelError(
                .wrongWidth,
                "a covariance of \(covariance.rowCount) x \(covariance.columnCount) for "
                    + "\(inference.parameterCount) parameters")
        }
        let rows = places.map { $0 + (inference.hasIntercept ? 1 : 0) }
        let values = Vector(places.map { coefficients[$0] })
        do {
            let solved = try covariance.gatheringRows(rows).gatheringColumns(rows).cholesky()
                .solve(values)
            return ChiSquareTest(
                statistic: values.orderedDot(solved), degreesOfFreedom: rows.count)
        } catch {
            throw .singular(error)
        }
    }

    /// Rao's score test that further features would all have a coefficient of 0.
    ///
    /// It needs no fit with them: the slope of the likelihood along the new coefficients is
    /// compared with its variance.
    ///
    /// - Parameters:
    ///   - candidates: one or more columns (rows x candidates).
    ///   - data: the rows of the fit.
    ///   - offsets: the offsets of the fit.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a penalised model, `empty`,
    ///   `nonFinite`, `wrongWidth` or `rankDeficient`.
    /// - Complexity: O(rows * (features + candidates)²).
    public func scoreTest(
        adding candidates: Matrix<Double>, to data: ClassificationData, offsets: [Double]? = nil
    ) throws(ModelError) -> ChiSquareTest {
        guard let inference else {
            throw ModelError(.invalidRecipe, "a penalised model has no score test")
        }
        guard candidates.rowCount == data.rowCount, candidates.columnCount > 0 else {
            throw ModelError(
                .empty,
                "candidates of \(candidates.rowCount) x \(candidates.columnCount) for "
                    + "\(data.rowCount) rows")
        }
        try check(data.features)
        let names = featureNames + (0..<candidates.columnCount).map { "candidate \($0)" }
        let joined = try ClassificationData(
            features: .concatenated([data.features, candidates], axis: 1), labels: data.labels,
            weights: data.weights, featureNames: names)
        let recipe = LogisticRegression(penalty: .none, fitsIntercept: inference.hasIntercept)
        let problem = try LogisticProblem(LogisticRows(joined, offsets: offsets), recipe: recipe)
        let padded = Vector(coefficients + [Double](repeating: 0, count: candidates.columnCount))
        let estimate = problem.estimate(
            intercept: inference.hasIntercept
                ? intercept + problem.centre.orderedDot(padded) : 0,
            coefficients: padded)
        let descent = problem.descent(at: estimate)
        let step = try problem.curvature(at: estimate).factored(ridge: 0)
            .step(descent, hasIntercept: inference.hasIntercept)
        return ChiSquareTest(
            statistic: descent.coefficients.orderedDot(step.coefficients)
                + descent.intercept * step.intercept,
            degreesOfFreedom: candidates.columnCount)
    }

    /// The model for a population with another share of the second class than the rows had.
    ///
    /// Rows chosen by class, such as all defaults and as many good loans, shift nothing
    /// but the intercept, by `log((1 - population) / population * sample / (1 - sample))`.
    /// The result has no inference.
    ///
    /// Source: King and Zeng, Political Analysis 9, 2001, doi:10.1093/oxfordjournals.pan.a004868.
    ///
    /// - Parameters:
    ///   - sample: the share of the second class among the rows of the fit, within 0..1.
    ///   - population: that of the population.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a share of 0, 1 or outside.
    public func correctingIntercept(
        sampleShare sample: Double, populationShare population: Double
    ) throws(ModelError) -> LogisticRegressionModel {
        guard sample > 0, sample < 1, population > 0, population < 1 else {
            throw ModelError(
                .invalidRecipe, "shares of \(sample) and \(population), not between 0 and 1")
        }
        let shift = naturalLogarithm((1 - population) / population * (sample / (1 - sample)))
        return LogisticRegressionModel(
            classes: classes, featureNames: featureNames, intercept: intercept - shift,
            coefficients: coefficients, iterationCount: iterationCount, gradientNorm: gradientNorm,
            inference: nil)
    }
}
