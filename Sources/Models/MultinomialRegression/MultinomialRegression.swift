// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// Multinomial logistic regression (softmax) of two or more classes without an order.
///
/// `P(class k) = exp(b[k] + w[k]ᵀx) / sum over l of exp(b[l] + w[l]ᵀx)`. The fit minimises
///
/// `C * -logLikelihood + sum over k of w[k]ᵀw[k] / 2`
///
/// for ``Penalty/l2(C:)``, where intercepts and coefficients sum to 0 over the classes, and
/// `-logLikelihood` alone for ``Penalty/none``, where those of the first class are 0 and the others
/// carry standard errors. Intercepts are never penalised.
///
/// Up to 1,000 free parameters are found by Newton's method, more by L-BFGS.
///
/// Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, section 4.4,
/// doi:10.1007/978-0-387-84858-7.
public struct MultinomialRegression: Classifier {
    /// What keeps the coefficients small.
    public enum Penalty: Codable, Hashable, Sendable {
        /// Nothing: maximum likelihood.
        case none
        /// Half the squared length of all coefficients, against `C` times the loss.
        case l2(C: Double)
    }

    /// What keeps the coefficients small.
    public var penalty: Penalty

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// The largest number of Newton steps, at least 1; L-BFGS may take ten times as many.
    public var iterationLimit: Int

    /// The fit ends when the gradient norm is at most this, above 0: the largest slope per unit of
    /// weight and standard deviation of a feature.
    public var gradientTolerance: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        penalty: Penalty = .l2(C: 1), classWeighting: ClassWeighting = .equal,
        iterationLimit: Int = 100, gradientTolerance: Double = 1e-10
    ) {
        self.penalty = penalty
        self.classWeighting = classWeighting
        self.iterationLimit = iterationLimit
        self.gradientTolerance = gradientTolerance
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        if case .l2(let strength) = penalty, !(strength > 0 && strength.isFinite) {
            throw ModelError(.invalidRecipe, "C is \(strength), not a finite number above 0")
        }
        try classWeighting.validate()
        guard iterationLimit >= 1 else {
            throw ModelError(.invalidRecipe, "the iteration limit is \(iterationLimit), below 1")
        }
        guard gradientTolerance > 0, gradientTolerance.isFinite else {
            throw ModelError(
                .invalidRecipe,
                "the gradient tolerance is \(gradientTolerance), not a finite number above 0")
        }
    }

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes, every one of them with a row of positive weight.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidLabels` (a class without a row),
    ///   `rankDeficient`, `notConverged` (also for classes that the features separate, without a
    ///   penalty) or `cancelled`.
    /// - Complexity: O(rows * (classes * features)²) per Newton step.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> MultinomialRegressionModel {
        try fit(ClassRows(data), offsets: nil, start: nil, progress)
    }

    /// Fits the model around known parts of the log-odds, or from where another fit ended.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - offsets: what is added to the log-odds of each row and class (rows x classes), and is
    ///     given again to ``MultinomialRegressionModel/logits(_:offsets:)``; 0 where `nil`.
    ///   - start: a model of the same features and classes, from which the search starts; it saves
    ///     steps and changes the result by no more than the tolerance.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    public func fit(
        _ data: ClassificationData, offsets: Matrix<Double>?,
        start: MultinomialRegressionModel? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> MultinomialRegressionModel {
        try fit(ClassRows(data), offsets: offsets, start: start, progress)
    }

    /// Fits the model to sparse rows; what is not stored is never touched.
    ///
    /// - Parameters:
    ///   - data: sparse rows of two or more classes.
    ///   - offsets: what is added to the log-odds (rows x classes); 0 where `nil`.
    ///   - start: a model of the same features and classes, from which the search starts.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    /// - Complexity: O(classes² * sum of squared stored elements per row) per Newton step,
    ///   O(classes * stored elements) per step of L-BFGS.
    public func fit(
        _ data: SparseClassificationData, offsets: Matrix<Double>? = nil,
        start: MultinomialRegressionModel? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> MultinomialRegressionModel {
        try fit(ClassRows(data), offsets: offsets, start: start, progress)
    }

    private func fit(
        _ data: ClassRows, offsets: Matrix<Double>?, start: MultinomialRegressionModel?,
        _ progress: FitObserver?
    ) throws(ModelError) -> MultinomialRegressionModel {
        try validate()
        try data.requireEveryClass()
        if let offsets {
            try checkOffsets(offsets, rows: data.weights.count, classes: data.labels.classes)
        }
        let likelihood = try MultinomialLikelihood(data, offsets: offsets, recipe: self)
        if penalty == .none { try likelihood.columns.requireFullRank(data.featureNames) }
        var first = likelihood.start
        if let start {
            try data.requireStart(start.featureNames, start.classes)
            first = likelihood.position(of: start)
        }
        let found =
            likelihood.parameterCount <= 1000
            ? try newton(likelihood.totalWeight)
                .maximise(from: first, progress, likelihood.point)
            : try likelihood.search(self, from: first, progress)
        let (intercepts, coefficients) = likelihood.parameters(found.position)
        let inference: MultinomialRegressionModel.Inference? =
            penalty == .none
            ? .init(
                covariance: try likelihood.covariance(found.point.information),
                likelihood: LikelihoodSummary(
                    logLikelihood: found.point.value,
                    nullLogLikelihood: try nullLogLikelihood(data, offsets, likelihood),
                    parameterCount: found.position.count,
                    nullParameterCount: data.labels.classes.count - 1,
                    observationCount: likelihood.totalWeight)) : nil
        return MultinomialRegressionModel(
            classes: data.labels.classes, featureNames: data.featureNames, intercepts: intercepts,
            coefficients: coefficients, iterationCount: found.iterations,
            gradientNorm: found.gradientNorm, inference: inference)
    }

    private func newton(_ totalWeight: Double) -> DampedNewton {
        DampedNewton(
            name: "multinomial regression", iterationLimit: iterationLimit,
            gradientTolerance: gradientTolerance, totalWeight: totalWeight)
    }

    /// That of the intercepts alone, around the offsets.
    private func nullLogLikelihood(
        _ data: ClassRows, _ offsets: Matrix<Double>?, _ likelihood: MultinomialLikelihood
    ) throws(ModelError) -> Double {
        guard let offsets else { return likelihood.nullLogLikelihood }
        let null = try MultinomialLikelihood(data.withoutFeatures, offsets: offsets, recipe: self)
        return try newton(null.totalWeight).maximise(from: null.start, nil, null.point).point.value
    }
}

/// Refuses offsets that are not one finite number per row and class.
///
/// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
func checkOffsets(
    _ offsets: Matrix<Double>, rows: Int, classes: [String]
) throws(ModelError) {
    guard offsets.rowCount == rows, offsets.columnCount == classes.count else {
        throw ModelError(
            .wrongWidth,
            "offsets of \(offsets.rowCount) x \(offsets.columnCount) for \(rows) rows of "
                + "\(classes.count) classes")
    }
    try checkFinite(offsets, names: classes.map { "offset of \($0)" })
}
