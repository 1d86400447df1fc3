// SPDX-License-Identifier: Apache-2.0

/// Linear regression by least squares, with or without a ridge penalty.
///
/// The prediction is linear in the features, `b + wᵀx`. The fit minimises
///
/// `sum of weight[i] * (y[i] - b - wᵀx[i])² + alpha * wᵀw`
///
/// where `alpha` is 0 for ``Penalty/none``, which is maximum likelihood for normal errors
/// and carries standard errors and tests (``LinearRegressionModel/inference``). The
/// intercept `b` is never penalised.
///
/// ```swift
/// let model = try LinearRegression().fit(features: x, targets: losses)
/// for coefficient in model.estimates ?? [] { print(coefficient.name, coefficient.pValue) }
/// let loss = try model.predictions(applications)
/// ```
///
/// Features are measured from their weighted means in standard deviations, so that a fit has as
/// many digits for years around 2020 as for numbers around 0. It is deterministic: equal data give
/// equal bytes with the same BLAS and thread count.
///
/// References: Golub and Van Loan, Matrix Computations, 4th edition, chapter 5; Hoerl and Kennard,
/// Technometrics 12, 1970, doi:10.1080/00401706.1970.10488634.
public struct LinearRegression: Regressor {
    /// What keeps the coefficients small.
    public enum Penalty: Codable, Hashable, Sendable {
        /// Nothing: least squares.
        case none
        /// `alpha`, above 0, times the squared length of the coefficients.
        case ridge(alpha: Double)
    }

    /// How the minimum is found.
    public enum Solver: String, Codable, Hashable, Sendable, CaseIterable {
        /// ``cholesky``, and ``qr`` where a feature is so nearly linear in others that the normal
        /// equations would lose half of the digits.
        case automatic
        /// The normal equations by a Cholesky factorisation, with one step of refinement.
        case cholesky
        /// A QR factorisation with column pivoting of the rows themselves: twice the work and up to
        /// twice the digits.
        case qr
    }

    /// What a weight other than 1 says.
    ///
    /// Coefficients and predictions are the same for both; what is known about them is not.
    public enum WeightMeaning: String, Codable, Hashable, Sendable, CaseIterable {
        /// The row is there so many times: a weight of 2 is two observations.
        case repetitions
        /// The row is one observation, whose error has a variance of `1 / weight` times that of a
        /// row of weight 1 (weighted least squares).
        case precisions
    }

    /// What keeps the coefficients small.
    public var penalty: Penalty

    /// Whether there is an intercept; without one, features of 0 mean a prediction of 0.
    public var fitsIntercept: Bool

    /// What weights say to ``LinearRegressionModel/inference``.
    public var weightMeaning: WeightMeaning

    /// How the minimum is found.
    public var solver: Solver

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        penalty: Penalty = .none, fitsIntercept: Bool = true,
        weightMeaning: WeightMeaning = .repetitions, solver: Solver = .automatic
    ) {
        self.penalty = penalty
        self.fitsIntercept = fitsIntercept
        self.weightMeaning = weightMeaning
        self.solver = solver
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        if case .ridge(let alpha) = penalty, !(alpha > 0 && alpha.isFinite) {
            throw ModelError(.invalidRecipe, "alpha is \(alpha), not a finite number above 0")
        }
    }
}
