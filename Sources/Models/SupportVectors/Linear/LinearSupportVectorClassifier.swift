// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A machine that separates classes by a plane with a wide margin, for many rows and columns.
///
/// ```swift
/// let model = try LinearSupportVectorClassifier(c: 0.1).fit(data)
/// let margins = try model.decisionValues(applications)
/// ```
///
/// It minimises `1/2 |(w, b)|² + C sum of weight loss(y (w·x + s b))`, where `s` is
/// ``interceptScale``: as in LIBLINEAR the intercept `s b` is penalised, the less the larger the
/// scale. More than two classes are each told apart from the rest. Features are dense or sparse;
/// standardise dense ones before. A row of weight 2 means the row twice.
///
/// References: Fan, Chang, Hsieh, Wang and Lin, LIBLINEAR, JMLR 9, 2008; Hsieh, Chang, Lin, Keerthi
/// and Sundararajan, A dual coordinate descent method for large-scale linear SVM, 2008,
/// doi:10.1145/1390156.1390208; Lin, Weng and Keerthi, Trust region Newton method, JMLR 9, 2008.
public struct LinearSupportVectorClassifier: Classifier {
    /// What a row costs by its margin `m = y (w·x + s b)`.
    public enum Loss: String, Codable, Hashable, Sendable, CaseIterable {
        /// `max(0, 1 - m)`.
        case hinge
        /// `max(0, 1 - m)²`.
        case squaredHinge
    }

    /// How the minimum is found.
    public enum Solver: String, Codable, Hashable, Sendable, CaseIterable {
        /// Newton's method where the loss is squared and there are no fewer rows than columns, else
        /// coordinate descent.
        case automatic
        /// One row after the other in random order, on the dual problem.
        case dualCoordinateDescent
        /// Newton's method in a trust region, for the squared loss.
        case trustRegionNewton
    }

    /// The price of a row on the wrong side of its margin, above 0.
    public var c: Double

    /// What a row costs by its margin.
    public var loss: Loss

    /// Whether there is an intercept.
    public var fitsIntercept: Bool

    /// The value `s` of the intercept's column, above 0.
    public var interceptScale: Double

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// How decision values become probabilities.
    public var probabilities: SupportVectorProbabilities

    /// Which class is predicted; ``SupportVectorPrediction/votes`` is here the class of the largest
    /// decision value.
    public var prediction: SupportVectorPrediction

    /// How the minimum is found.
    public var solver: Solver

    /// When it is found, above 0: of Newton's method the largest element of the gradient by that at
    /// the start, times the share of the smaller class; of coordinate descent the largest violation
    /// of the conditions of a minimum.
    public var tolerance: Double

    /// The largest number of steps of Newton's method, or of passes over the rows; beyond it the
    /// fit throws `notConverged`.
    public var iterationLimit: Int

    /// The seed of the order of rows and of the folds of ``probabilities``.
    public var seed: UInt64

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        c: Double = 1, loss: Loss = .squaredHinge, fitsIntercept: Bool = true,
        interceptScale: Double = 1, classWeighting: ClassWeighting = .equal,
        probabilities: SupportVectorProbabilities = .platt(),
        prediction: SupportVectorPrediction = .mostProbable, solver: Solver = .automatic,
        tolerance: Double = 1e-4, iterationLimit: Int = 1000, seed: UInt64 = 0
    ) {
        self.c = c
        self.loss = loss
        self.fitsIntercept = fitsIntercept
        self.interceptScale = interceptScale
        self.classWeighting = classWeighting
        self.probabilities = probabilities
        self.prediction = prediction
        self.solver = solver
        self.tolerance = tolerance
        self.iterationLimit = iterationLimit
        self.seed = seed
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        func require(_ value: Double, _ name: String) throws(ModelError) {
            guard value > 0, value.isFinite else {
                throw ModelError(.invalidRecipe, "\(name) is \(value), not a number above 0")
            }
        }
        try require(c, "C")
        try require(interceptScale, "the scale of the intercept")
        try require(tolerance, "the tolerance")
        guard iterationLimit >= 1 else {
            throw ModelError(.invalidRecipe, "\(iterationLimit) iterations, not 1 or more")
        }
        guard solver != .trustRegionNewton || loss == .squaredHinge else {
            throw ModelError(.invalidRecipe, "Newton's method needs the squared hinge loss")
        }
        try classWeighting.validate()
        try probabilities.validate()
    }

    /// Fits a plane, or one for each class.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes; those of weight 0 are left out.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidSplit` (classes with fewer rows
    ///   than folds), `rankDeficient` (decision values that are all equal have no Platt map),
    ///   `notConverged` or `cancelled`.
    /// - Complexity: O(rows * features) per pass; O(rows * features²) per step of Newton's method
    ///   for up to 256 dense columns.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> LinearSupportVectorModel {
        try validate()
        try data.requireComplete()
        return try LinearSupportVectorFit(
            self, .dense(data.features), data.labels, data.weights, data.featureNames
        ).model(progress)
    }

    /// Fits a plane, or one for each class, to sparse rows.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes; those of weight 0 are left out.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``; see ``fit(_:progress:)-(ClassificationData,_)``.
    /// - Complexity: O(stored elements) per pass and per product with the second derivatives.
    public func fit(
        _ data: SparseClassificationData, progress: FitObserver? = nil
    ) throws(ModelError) -> LinearSupportVectorModel {
        try validate()
        return try LinearSupportVectorFit(
            self, .sparse(data.features), data.labels, data.weights, data.featureNames
        ).model(progress)
    }
}
