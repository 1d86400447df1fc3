// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

extension LogisticRegression {
    /// Fits the model.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - progress: sees every step, with the objective per unit of `C` and of weight.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `tooManyClasses`, `rankDeficient` or
    ///   `separation` (without a penalty), `notConverged` (the message has the iterations and the
    ///   gradient norm) or `cancelled`.
    /// - Complexity: as ``Solver`` says, with 4 to 10 Newton steps as a rule.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> LogisticRegressionModel {
        try fit(data, offsets: nil, progress: progress)
    }

    /// Fits the model around known parts of the log-odds, or from where another fit ended.
    ///
    /// - Parameters:
    ///   - data: rows of two classes.
    ///   - offsets: what is added to the log-odds of each row with a coefficient of 1, and is given
    ///     again to ``LogisticRegressionModel/logOdds(_:offsets:)``; 0 where `nil`.
    ///   - start: a model of the same features, from which the search starts; it saves steps and
    ///     changes the result by no more than the tolerance.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    public func fit(
        _ data: ClassificationData, offsets: [Double]?, start: LogisticRegressionModel? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> LogisticRegressionModel {
        try validate()
        return try fit(LogisticRows(data, offsets: offsets), start: start, progress: progress)
    }

    /// Fits the model to sparse rows; what is not stored is never touched.
    ///
    /// - Parameters:
    ///   - data: sparse rows of two classes.
    ///   - offsets: what is added to the log-odds of each row; 0 where `nil`.
    ///   - start: a model of the same features, from which the search starts.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    /// - Complexity: O(sum of squared stored elements per row) per Newton step, O(stored elements)
    ///   per step of L-BFGS.
    public func fit(
        _ data: SparseClassificationData, offsets: [Double]? = nil,
        start: LogisticRegressionModel? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> LogisticRegressionModel {
        try validate()
        return try fit(LogisticRows(data, offsets: offsets), start: start, progress: progress)
    }

    private func fit(
        _ rows: LogisticRows, start: LogisticRegressionModel?, progress: FitObserver?
    ) throws(ModelError) -> LogisticRegressionModel {
        let problem = try LogisticProblem(rows, recipe: self)
        let start = try problem.start(from: start)
        if penalty == .firth {
            let (estimate, maximum, null) = try firth(problem, from: start, progress)
            return LogisticRegressionModel(
                estimate, of: problem, rows, iterationCount: maximum.iterations,
                gradientNorm: maximum.gradientNorm,
                inference: try inference(
                    of: estimate, in: problem, logLikelihood: maximum.value, nullLogLikelihood: null
                ))
        }
        let (estimate, iterations, gradientNorm) = try solve(problem, from: start, progress)
        return LogisticRegressionModel(
            estimate, of: problem, rows, iterationCount: iterations, gradientNorm: gradientNorm,
            inference: isMaximumLikelihood
                ? try inference(
                    of: estimate, in: problem, logLikelihood: -problem.logLoss(estimate.logits),
                    nullLogLikelihood: problem.nullLogLikelihood) : nil)
    }

    private func solve(
        _ problem: LogisticProblem, from start: LogisticEstimate, _ progress: FitObserver?
    ) throws(ModelError) -> (estimate: LogisticEstimate, iterations: Int, gradientNorm: Double) {
        switch chosenSolver(features: problem.design.columnCount) {
        case .coordinateDescent:
            var descent = try LogisticCoordinateDescent(problem, recipe: self, start: start)
            try descent.run(progress)
            return (descent.estimate, descent.iteration, descent.gradientNorm)
        case .lbfgs:
            var search = LogisticLBFGS(problem, recipe: self, start: start)
            try search.run(progress)
            guard isMaximumLikelihood else {
                return (search.estimate, search.iteration, search.gradientNorm)
            }
            // Newton's method tells a maximum from a likelihood that rises for ever.
            var newton = LogisticNewton(problem, recipe: self, start: search.estimate)
            try newton.run(nil)
            return (newton.estimate, search.iteration + newton.iteration, newton.gradientNorm)
        case .saga:
            var descent = LogisticSAGA(problem, recipe: self, start: start)
            try descent.run(progress)
            return (descent.estimate, descent.iteration, descent.gradientNorm)
        case .automatic, .newton:
            var newton = LogisticNewton(problem, recipe: self, start: start)
            try newton.run(progress)
            return (newton.estimate, newton.iteration, newton.gradientNorm)
        }
    }

    private func chosenSolver(features: Int) -> Solver {
        guard solver == .automatic else { return solver }
        if needsCoordinates { return .coordinateDescent }
        return features <= 1000 ? .newton : .lbfgs
    }

    /// The large-sample inference at the maximum of the likelihood.
    private func inference(
        of estimate: LogisticEstimate, in problem: LogisticProblem, logLikelihood: Double,
        nullLogLikelihood: Double
    ) throws(ModelError) -> LogisticInference {
        let curvature = try problem.curvature(at: estimate).factored(ridge: 0)
        return LogisticInference(
            covariance: try curvature.covariance(hasIntercept: fitsIntercept),
            hasIntercept: fitsIntercept,
            logLikelihood: logLikelihood, nullLogLikelihood: nullLogLikelihood,
            observationCount: problem.totalWeight)
    }
}

extension LogisticRegressionModel {
    fileprivate init(
        _ estimate: LogisticEstimate, of problem: LogisticProblem, _ rows: LogisticRows,
        iterationCount: Int, gradientNorm: Double, inference: LogisticInference?
    ) {
        self.init(
            classes: rows.labels.classes, featureNames: rows.featureNames,
            intercept: estimate.intercept - problem.centre.orderedDot(estimate.coefficients),
            coefficients: estimate.coefficients.elements, iterationCount: iterationCount,
            gradientNorm: gradientNorm, inference: inference)
    }
}
