// SPDX-License-Identifier: Apache-2.0

/// Logistic regression of two classes by Newton's method (iteratively reweighted least squares).
///
/// The log-odds of the second class are linear in the features, `log(p / (1 - p)) = b + wᵀx`.
/// The fit minimises
///
/// `C * sum of weight[i] * logLoss(y[i], p[i]) + wᵀw / 2`
///
/// for ``Penalty/l2(C:)`` and the first sum alone for ``Penalty/none``, which is maximum
/// likelihood and carries standard errors (``LogisticRegressionModel/inference``). The intercept
/// `b` is never penalised.
///
/// ```swift
/// let model = try LogisticRegression(penalty: .l2(C: 0.5)).fit(features: x, labels: defaulted)
/// let risk = try model.probabilities(x)
/// ```
///
/// Every step solves the weighted normal equations by a Cholesky factorisation, with the intercept
/// eliminated by centring, and is halved while the objective does not fall. The fit is
/// deterministic: equal data give equal bytes with the same BLAS and thread count.
///
/// References: Li and Yang, Machine Learning and Big Data Application for Risk Assessment of
/// IoT-enabled Financial Management of Credit, equations 1 to 6; McCullagh and Nelder, Generalized
/// Linear Models, 1989, doi:10.1007/978-1-4899-3242-6.
public struct LogisticRegression: Classifier {
    /// What keeps the coefficients small.
    public enum Penalty: Codable, Hashable, Sendable {
        /// Nothing: maximum likelihood.
        case none
        /// Half the squared length of the coefficients, against `C` times the log loss; a smaller
        /// `C`, above 0, shrinks more.
        case l2(C: Double)
    }

    /// What keeps the coefficients small.
    public var penalty: Penalty

    /// Whether there is an intercept; without one, features of 0 mean a probability of 1/2.
    public var fitsIntercept: Bool

    /// The largest number of Newton steps, at least 1.
    public var iterationLimit: Int

    /// The fit ends when the gradient norm is at most this, above 0.
    ///
    /// The norm is the largest component, per unit of weight and per standard deviation of the
    /// feature, so neither more rows nor other units change it.
    public var gradientTolerance: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        penalty: Penalty = .l2(C: 1), fitsIntercept: Bool = true, iterationLimit: Int = 100,
        gradientTolerance: Double = 1e-10
    ) {
        self.penalty = penalty
        self.fitsIntercept = fitsIntercept
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
        guard iterationLimit >= 1 else {
            throw ModelError(.invalidRecipe, "the iteration limit is \(iterationLimit), below 1")
        }
        guard gradientTolerance > 0, gradientTolerance.isFinite else {
            throw ModelError(
                .invalidRecipe,
                "the gradient tolerance is \(gradientTolerance), not a finite number above 0")
        }
    }

    /// What the squared length is multiplied by when the log loss is not: `1 / C`, or 0.
    var ridge: Double {
        switch penalty {
        case .none: 0
        case .l2(let strength): 1 / strength
        }
    }
}
