// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

extension LogisticRegression {
    /// Fits the model.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - progress: sees every Newton step, with the objective per unit of `C` and of weight.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `tooManyClasses`, `rankDeficient` or
    ///   `separation` (without a penalty), `notConverged` (the message has the iterations and the
    ///   gradient norm) or `cancelled`.
    /// - Complexity: O(rows * features²) per step, with 4 to 10 steps as a rule.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> LogisticRegressionModel {
        try validate()
        try data.requireTwoClasses("logistic regression")
        let problem = LogisticProblem(data, ridge: ridge, hasIntercept: fitsIntercept)
        var newton = LogisticNewton(problem, recipe: self)
        try newton.run(progress)
        let estimate = newton.estimate
        return LogisticRegressionModel(
            classes: data.labels.classes, featureNames: data.featureNames,
            intercept: estimate.intercept - problem.centre.orderedDot(estimate.coefficients),
            coefficients: estimate.coefficients.elements, iterationCount: newton.iteration,
            gradientNorm: newton.gradientNorm,
            inference: penalty == .none ? try inference(of: estimate, in: problem) : nil)
    }

    /// The large-sample inference at the maximum of the likelihood.
    private func inference(
        of estimate: LogisticEstimate, in problem: LogisticProblem
    ) throws(ModelError) -> LogisticInference {
        let curvature = try problem.curvature(at: estimate).factored(ridge: 0)
        return LogisticInference(
            covariance: try curvature.covariance(hasIntercept: fitsIntercept),
            hasIntercept: fitsIntercept,
            logLikelihood: -problem.logLoss(estimate.logits),
            nullLogLikelihood: problem.nullLogLikelihood,
            observationCount: problem.totalWeight)
    }
}
