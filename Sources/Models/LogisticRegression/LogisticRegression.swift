// SPDX-License-Identifier: Apache-2.0

/// Logistic regression of two classes, with every usual penalty and on dense and sparse features.
///
/// The log-odds of the second class are linear in the features, `log(p / (1 - p)) = b + wᵀx`.
/// The fit minimises
///
/// `C * sum of weight[i] * logLoss(y[i], p[i]) + penalty(w)`
///
/// where the penalty is `wᵀw / 2` for ``Penalty/l2(C:)``, `sum of |w|` for ``Penalty/l1(C:)`` and a
/// mixture of both for ``Penalty/elasticNet(C:l1Ratio:)``. ``Penalty/none`` minimises the first sum
/// alone, which is maximum likelihood and carries standard errors
/// (``LogisticRegressionModel/inference``). The intercept `b` is never penalised.
///
/// ```swift
/// let model = try LogisticRegression(penalty: .l2(C: 0.5)).fit(features: x, labels: defaulted)
/// let risk = try model.probabilities(x)
/// ```
///
/// ``solver`` says how; all of them find the same minimum, and halve their steps while the
/// objective does not fall. The fit is deterministic: equal data give equal bytes with the same
/// BLAS and thread count.
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
        /// The sum of the coefficients' sizes, against `C` times the log loss; makes coefficients
        /// exactly 0.
        case l1(C: Double)
        /// `l1Ratio * sum of |w| + (1 - l1Ratio) * wᵀw / 2`, against `C` times the log loss; the
        /// ratio is within 0...1.
        case elasticNet(C: Double, l1Ratio: Double)
        /// Firth's: half the log-determinant of the information is added to the log-likelihood.
        ///
        /// It takes the first-order bias of few rows or rare classes away and is finite even where
        /// the features separate the classes. Its inference holds, with the penalised likelihood in
        /// place of the likelihood; use
        /// ``LogisticRegression/profileInterval(of:in:on:offsets:level:)`` rather than Wald
        /// intervals.
        case firth
    }

    /// How the minimum is found.
    public enum Solver: String, Codable, Hashable, Sendable, CaseIterable {
        /// ``coordinateDescent`` where a coefficient may be exactly 0 (an L1 part or signs), else
        /// ``newton`` up to 1,000 features and ``lbfgs`` for more.
        case automatic
        /// Newton's method: the weighted normal equations by a Cholesky factorisation, with the
        /// intercept eliminated by centring; O(rows * features²) per step.
        case newton
        /// L-BFGS in standardised coordinates, O(stored elements) per step. Where rounding ends the
        /// search, a gradient norm up to 1e-7 is accepted. A maximum-likelihood fit ends with
        /// Newton steps, which inference needs anyway.
        case lbfgs
        /// Newton steps whose quadratic models are minimised one coefficient at a time, over the
        /// coefficients that are not 0 or would not stay there.
        ///
        /// Source: Friedman, Hastie, Tibshirani, J. Stat. Softw. 33(1), 2010,
        /// doi:10.18637/jss.v033.i01; Lee, Sun, Saunders, SIAM J. Optim. 24, 2014,
        /// doi:10.1137/130921428.
        case coordinateDescent
        /// Steps along the corrected gradient of one random row (SAGA), O(stored elements) per pass
        /// and without a matrix of features x features: for very many rows and sparse features, and
        /// a ``gradientTolerance`` of about 1e-6. It takes an L1, L2 or elastic net penalty.
        ///
        /// Source: Defazio, Bach, Lacoste-Julien, NIPS 2014, arXiv:1407.0202.
        case saga
    }

    /// What keeps the coefficients small.
    public var penalty: Penalty

    /// Whether there is an intercept; without one, features of 0 mean a probability of 1/2.
    public var fitsIntercept: Bool

    /// How much the rows of each class count; inference takes other than equal factors for
    /// repetitions, as it does weights.
    public var classWeighting: ClassWeighting

    /// The signs that coefficients keep to; a constrained fit has no inference.
    public var signs: CoefficientSigns

    /// How the minimum is found.
    public var solver: Solver

    /// The largest number of steps, at least 1; L-BFGS and the passes of SAGA may be ten times as
    /// many.
    public var iterationLimit: Int

    /// The fit ends when the gradient norm is at most this, above 0.
    ///
    /// The norm is the largest component, per unit of weight and per standard deviation of the
    /// feature, so neither more rows nor other units change it.
    public var gradientTolerance: Double

    /// Where the random rows of ``Solver/saga`` start; the other solvers draw none.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        penalty: Penalty = .l2(C: 1), fitsIntercept: Bool = true,
        classWeighting: ClassWeighting = .equal, signs: CoefficientSigns = .free,
        solver: Solver = .automatic, iterationLimit: Int = 100, gradientTolerance: Double = 1e-10,
        seed: UInt64 = 0
    ) {
        self.penalty = penalty
        self.fitsIntercept = fitsIntercept
        self.classWeighting = classWeighting
        self.signs = signs
        self.solver = solver
        self.iterationLimit = iterationLimit
        self.gradientTolerance = gradientTolerance
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try penalty.validate()
        try classWeighting.validate()
        if needsCoordinates, solver == .newton || solver == .lbfgs {
            throw ModelError(
                .invalidRecipe,
                "\(solver.rawValue) cannot hold coefficients at 0, as an L1 penalty and signs do")
        }
        if penalty == .firth, signs != .free || solver != .automatic && solver != .newton {
            throw ModelError(.invalidRecipe, "Firth's penalty takes Newton's method and no signs")
        }
        if solver == .saga, penalty == .none || signs != .free {
            throw ModelError(.invalidRecipe, "SAGA takes a penalty and no signs")
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

    /// Whether coefficients may be held at exactly 0.
    var needsCoordinates: Bool { penalty.lasso > 0 || signs != .free }

    /// Whether the fit is maximum likelihood, so that inference holds.
    var isMaximumLikelihood: Bool { penalty == .none && signs == .free }
}

extension LogisticRegression.Penalty {
    fileprivate func validate() throws(ModelError) {
        switch self {
        case .none, .firth: return
        case .l2(let strength), .l1(let strength), .elasticNet(let strength, _):
            guard strength > 0, strength.isFinite else {
                throw ModelError(.invalidRecipe, "C is \(strength), not a finite number above 0")
            }
        }
        if case .elasticNet(_, let ratio) = self, !(0...1).contains(ratio) {
            throw ModelError(.invalidRecipe, "the L1 ratio is \(ratio), not within 0...1")
        }
    }

    /// What half the squared length is multiplied by when the log loss is not.
    var ridge: Double {
        switch self {
        case .none, .l1, .firth: 0
        case .l2(let strength): 1 / strength
        case .elasticNet(let strength, let ratio): (1 - ratio) / strength
        }
    }

    /// What the sum of sizes is multiplied by when the log loss is not.
    var lasso: Double {
        switch self {
        case .none, .l2, .firth: 0
        case .l1(let strength): 1 / strength
        case .elasticNet(let strength, let ratio): ratio / strength
        }
    }
}
