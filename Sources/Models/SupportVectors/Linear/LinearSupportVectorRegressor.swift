// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A plane that fits a number within a tube around its targets, for many rows and columns.
///
/// ```swift
/// let recipe = LinearSupportVectorRegressor(c: 1, width: 0.1)
/// let losses = try recipe.fit(features: x, targets: y).predictions(applications)
/// ```
///
/// It minimises `1/2 |(w, b)|² + C sum of weight loss(|y - w·x - s b| - width)`, where `s` is
/// ``interceptScale``: as in LIBLINEAR the intercept `s b` is penalised, the less the larger the
/// scale. The dual problem is solved one row after the other in random order. Standardise the
/// columns before. A row of weight 2 means the row twice. The model has the same bytes for every
/// number of threads and every BLAS.
///
/// Reference: Ho and Lin, Large-scale linear support vector regression, JMLR 13, 2012.
public struct LinearSupportVectorRegressor: Regressor {
    /// What an error costs by its excess `e = |y - w·x - s b| - width`.
    public enum Loss: String, Codable, Hashable, Sendable, CaseIterable {
        /// `max(0, e)`.
        case excess
        /// `max(0, e)²`.
        case squaredExcess
    }

    /// The price of an error beyond the tube, above 0.
    public var c: Double

    /// The half width of the tube, 0 or more.
    public var width: Double

    /// What an error costs.
    public var loss: Loss

    /// Whether there is an intercept.
    public var fitsIntercept: Bool

    /// The value `s` of the intercept's column, above 0.
    public var interceptScale: Double

    /// The largest violation of the conditions of a minimum, in units of the target, above 0.
    public var tolerance: Double

    /// The largest number of passes over the rows; beyond it the fit throws `notConverged`.
    public var iterationLimit: Int

    /// The seed of the order of rows.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        c: Double = 1, width: Double = 0.1, loss: Loss = .squaredExcess,
        fitsIntercept: Bool = true, interceptScale: Double = 1, tolerance: Double = 1e-4,
        iterationLimit: Int = 10_000, seed: UInt64 = 0
    ) {
        self.c = c
        self.width = width
        self.loss = loss
        self.fitsIntercept = fitsIntercept
        self.interceptScale = interceptScale
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        for (name, value) in [
            ("C", c), ("the scale of the intercept", interceptScale), ("the tolerance", tolerance),
        ] where !(value > 0 && value.isFinite) {
            throw ModelError(.invalidRecipe, "\(name) is \(value), not a number above 0")
        }
        guard width >= 0, width.isFinite else {
            throw ModelError(.invalidRecipe, "the width is \(width), not 0 or more")
        }
        guard iterationLimit >= 1 else {
            throw ModelError(.invalidRecipe, "\(iterationLimit) iterations, not 1 or more")
        }
    }

    /// Fits the plane.
    ///
    /// - Parameters:
    ///   - data: the rows; those of weight 0 are left out.
    ///   - progress: sees every pass with the dual objective.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `notConverged` or `cancelled`.
    /// - Complexity: O(rows * features) per pass.
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> LinearSupportVectorRegressorModel {
        try validate()
        try data.requireComplete()
        let kept = data.weights.indices.filter { data.weights[$0] > 0 }
        var counter = LinearProgress(progress, problems: 1, iterationLimit: iterationLimit)
        let parameters = try LinearTube(
            rows: LinearRows.dense(data.features).gathering(kept),
            targets: kept.map { data.targets[$0] }, prices: kept.map { c * data.weights[$0] },
            recipe: self
        ).minimise(&counter)
        let count = data.featureNames.count
        return LinearSupportVectorRegressorModel(
            recipe: self, featureNames: data.featureNames,
            coefficients: Vector(Array(parameters[..<count])),
            intercept: fitsIntercept ? interceptScale * parameters[count] : 0)
    }
}

/// A fitted linear support vector regressor.
///
/// Predictions have the same bits for one row, for any batch around it, for any number of threads
/// and with every BLAS.
public struct LinearSupportVectorRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: LinearSupportVectorRegressor

    /// The names of the features, in column order.
    public let featureNames: [String]

    /// The coefficient of every feature.
    public let coefficients: Vector<Double>

    /// What is added to the product of a row with the coefficients.
    public let intercept: Double

    /// The predicted number of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * features).
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try check(features)
        return (features.orderedMatmul(coefficients) + intercept).elements
    }
}
