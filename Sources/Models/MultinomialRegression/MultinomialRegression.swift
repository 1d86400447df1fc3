// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

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
        try validate()
        if let empty = data.classWeights.firstIndex(of: 0) {
            throw ModelError(
                .invalidLabels, "class \(data.labels.classes[empty]) has no row of positive weight")
        }
        let likelihood = try MultinomialLikelihood(data, recipe: self)
        if penalty == .none { try likelihood.columns.requireFullRank(data.featureNames) }
        let found =
            likelihood.parameterCount <= 1000
            ? try DampedNewton(
                name: "multinomial regression", iterationLimit: iterationLimit,
                gradientTolerance: gradientTolerance, totalWeight: likelihood.totalWeight
            ).maximise(from: likelihood.start, progress, likelihood.point)
            : try likelihood.search(self, progress)
        let (intercepts, coefficients) = likelihood.parameters(found.position)
        let inference: MultinomialRegressionModel.Inference? =
            penalty == .none
            ? .init(
                covariance: try likelihood.covariance(found.point.information),
                likelihood: LikelihoodSummary(
                    logLikelihood: found.point.value,
                    nullLogLikelihood: likelihood.nullLogLikelihood,
                    parameterCount: found.position.count,
                    nullParameterCount: data.labels.classes.count - 1,
                    observationCount: likelihood.totalWeight)) : nil
        return MultinomialRegressionModel(
            classes: data.labels.classes, featureNames: data.featureNames, intercepts: intercepts,
            coefficients: coefficients, iterationCount: found.iterations,
            gradientNorm: found.gradientNorm, inference: inference)
    }
}
