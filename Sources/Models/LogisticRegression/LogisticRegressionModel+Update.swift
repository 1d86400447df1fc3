// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

extension LogisticRegressionModel {
    /// The model after further rows, without the rows that it was fitted to.
    ///
    /// What the old rows said is kept as a normal prior: their estimate with its covariance
    /// (Laplace's approximation). The result maximises the likelihood of the new rows times that
    /// prior, and its covariance is the inverse of both informations. In a stream of batches it
    /// differs from a fit to all rows by what the old likelihood differs from a parabola, which
    /// vanishes as batches grow; where the old rows are at hand, a fit to all of them from this
    /// model as `start` is exact.
    ///
    /// The null log-likelihood of the result is the sum of the parts', each with its own share of the
    /// classes.
    ///
    /// Source: Spiegelhalter and Lauritzen, Networks 20, 1990, doi:10.1002/net.3230200507.
    ///
    /// - Parameters:
    ///   - data: further rows with the same features and classes.
    ///   - offsets: known parts of their log-odds; 0 where `nil`.
    /// - Throws: ``ModelError`` with code `invalidRecipe` for a penalised model, `wrongWidth` for
    ///   other features, `invalidLabels` for other classes, `rankDeficient`, `notConverged`,
    ///   `cancelled`.
    /// - Complexity: O(rows * features²) per step.
    public func updated(
        with data: ClassificationData, offsets: [Double]? = nil
    ) throws(ModelError) -> LogisticRegressionModel {
        guard let inference else {
            throw ModelError(.invalidRecipe, "a penalised model has no covariance to start from")
        }
        guard data.featureNames == featureNames else {
            throw ModelError(
                .wrongWidth,
                "rows of \(data.featureNames.count) features for a model of \(featureNames.count), "
                    + "or of other names")
        }
        guard data.labels.classes == classes else {
            throw ModelError(
                .invalidLabels, "rows of the classes \(data.labels.classes), not \(classes)")
        }
        let recipe = LogisticRegression(penalty: .none, fitsIntercept: inference.hasIntercept)
        let problem = try LogisticProblem(LogisticRows(data, offsets: offsets), recipe: recipe)
        let posterior = try LogisticPosterior(
            prior: Vector((inference.hasIntercept ? [intercept] : []) + coefficients),
            covariance: inference.covariance, features: data.features, problem: problem)
        let found = try DampedNewton(
            name: "logistic regression update", iterationLimit: recipe.iterationLimit,
            gradientTolerance: recipe.gradientTolerance, totalWeight: problem.totalWeight
        ).maximise(from: .zeros(inference.parameterCount), nil, posterior.point)
        let parameters = posterior.parameters(found.position).elements
        return LogisticRegressionModel(
            classes: classes, featureNames: featureNames,
            intercept: inference.hasIntercept ? parameters[0] : 0,
            coefficients: Array(parameters.dropFirst(inference.hasIntercept ? 1 : 0)),
            iterationCount: found.iterations, gradientNorm: found.gradientNorm,
            inference: LogisticInference(
                covariance: try posterior.covariance(found.point.information),
                hasIntercept: inference.hasIntercept,
                logLikelihood: inference.logLikelihood + found.point.value,
                nullLogLikelihood: inference.nullLogLikelihood + problem.nullLogLikelihood,
                observationCount: inference.observationCount + problem.totalWeight))
    }
}

/// The likelihood of new rows times a normal prior, in prior standard errors from its mean.
private struct LogisticPosterior {
    private let prior: Vector<Double>
    private let errors: Vector<Double>
    private let precision: Matrix<Double>
    private let design: Matrix<Double>
    private let problem: LogisticProblem
    /// The log-odds at the prior's mean.
    private let baseline: Vector<Double>

    init(
        prior: Vector<Double>, covariance: Matrix<Double>, features: Matrix<Double>,
        problem: LogisticProblem
    ) throws(ModelError) {
        self.prior = prior
        self.problem = problem
        let errors = covariance.diagonal.squareRoot()
        self.errors = errors
        let correlation = covariance.dividingRows(by: errors).dividingColumns(by: errors)
        do {
            precision = try correlation.cholesky().inverse()
        } catch {
            throw .singular(error)
        }
        let columns: Matrix<Double> =
            problem.hasIntercept
            ? .concatenated([.ones(features.rowCount, 1), features], axis: 1) : features
        let change = columns.matmul(prior)
        baseline = problem.offsets.map { change + $0 } ?? change
        design = columns.multiplyingRows(by: errors)
    }

    func parameters(_ position: Vector<Double>) -> Vector<Double> { prior + position * errors }

    func point(_ position: Vector<Double>) -> LikelihoodPoint? {
        let logits = baseline + design.matmul(position)
        let residuals = LogisticRowTerms.residuals(logits, problem.weights, problem.targets)
        let curvatures = LogisticRowTerms.curvatures(logits, problem.weights)
        let pull = precision.matmul(position)
        let value = -problem.logLoss(logits) - position.orderedDot(pull) / 2
        guard value.isFinite else { return nil }
        return LikelihoodPoint(
            value: value, score: design.transposed.matmul(residuals) - pull,
            information: design.gram(weights: curvatures) + precision)
    }

    func covariance(_ information: Matrix<Double>) throws(ModelError) -> Matrix<Double> {
        var scales = Matrix<Double>.zeros(errors.count, errors.count)
        for index in errors.indices { scales[index, index] = errors[index] }
        do {
            return try information.cholesky().inverse().transformed(by: scales)
        } catch {
            throw .singular(error)
        }
    }
}
