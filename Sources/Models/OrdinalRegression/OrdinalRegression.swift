// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// Ordinal logistic regression: classes in an order, such as five risk levels (proportional odds).
///
/// With thresholds `t` and coefficients `w`, `P(class <= k) = 1 / (1 + exp(wᵀx - t[k]))`: more of a
/// feature with a positive coefficient moves a row towards the last class. The order is that of
/// ``ClassLabels/classes``; every class needs a row.
///
/// The fit minimises `-logLikelihood` or, with ``Penalty/l2(C:)``,
/// `C * -logLikelihood + wᵀw / 2`, by Newton's method; thresholds are never penalised.
///
/// ```swift
/// let labels = try ClassLabels(codes: levels, classes: ["A", "B", "C", "D", "E"])
/// let model = try OrdinalRegression(penalty: .none)
///     .fit(ClassificationData(features: x, labels: labels))
/// ```
///
/// Source: McCullagh, J. R. Stat. Soc. B 42, 1980, doi:10.1111/j.2517-6161.1980.tb01109.x.
public struct OrdinalRegression: Classifier {
    /// What keeps the coefficients small.
    public enum Penalty: Codable, Hashable, Sendable {
        /// Nothing: maximum likelihood.
        case none
        /// Half the squared length of the coefficients, against `C` times the loss.
        case l2(C: Double)
    }

    /// What keeps the coefficients small.
    public var penalty: Penalty

    /// The largest number of Newton steps, at least 1.
    public var iterationLimit: Int

    /// The fit ends when the gradient norm is at most this, above 0: the largest slope per unit of
    /// weight and standard deviation of a feature.
    public var gradientTolerance: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        penalty: Penalty = .l2(C: 1), iterationLimit: Int = 100, gradientTolerance: Double = 1e-10
    ) {
        self.penalty = penalty
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

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes, every one of them with a row of positive weight.
    ///   - progress: sees every Newton step.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidLabels` (a class without a row),
    ///   `rankDeficient`, `notConverged` or `cancelled`.
    /// - Complexity: O(rows * features²) per step.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> OrdinalRegressionModel {
        try fit(ClassRows(data), offsets: nil, start: nil, progress)
    }

    /// Fits the model around known parts of the scores, or from where another fit ended.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - offsets: what is added to the score `wᵀx` of each row, and is given again to
    ///     ``OrdinalRegressionModel/classProbabilities(_:offsets:)``; 0 where `nil`.
    ///   - start: a model of the same features and classes, from which the search starts; it saves
    ///     steps and changes the result by no more than the tolerance.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    public func fit(
        _ data: ClassificationData, offsets: [Double]?, start: OrdinalRegressionModel? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> OrdinalRegressionModel {
        try fit(ClassRows(data), offsets: offsets, start: start, progress)
    }

    /// Fits the model to sparse rows; what is not stored is never touched.
    ///
    /// - Parameters:
    ///   - data: sparse rows of two or more classes.
    ///   - offsets: what is added to the score of each row; 0 where `nil`.
    ///   - start: a model of the same features and classes, from which the search starts.
    ///   - progress: sees every step.
    /// - Throws: ``ModelError``: the codes of ``fit(_:progress:)``, and `wrongWidth` or `nonFinite`
    ///   for the offsets and the start.
    /// - Complexity: O(sum of squared stored elements per row) per step.
    public func fit(
        _ data: SparseClassificationData, offsets: [Double]? = nil,
        start: OrdinalRegressionModel? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> OrdinalRegressionModel {
        try fit(ClassRows(data), offsets: offsets, start: start, progress)
    }

    private func fit(
        _ data: ClassRows, offsets: [Double]?, start: OrdinalRegressionModel?,
        _ progress: FitObserver?
    ) throws(ModelError) -> OrdinalRegressionModel {
        try validate()
        try data.requireEveryClass()
        try checkOffsets(offsets, rows: data.weights.count)
        let likelihood = OrdinalLikelihood(data, offsets: offsets, penalty: penalty)
        if penalty == .none { try likelihood.columns.requireFullRank(data.featureNames) }
        var first = likelihood.start
        if let start {
            try data.requireStart(start.featureNames, start.classes)
            first = likelihood.position(of: start)
        }
        let found = try newton(likelihood.totalWeight)
            .maximise(from: first, progress, likelihood.point)
        let count = likelihood.thresholdCount
        let scaled = Vector(Array(found.position.elements.dropFirst(count)))
        let coefficients = scaled / likelihood.columns.scales
        let shift = coefficients.orderedDot(likelihood.columns.centre)
        let inference: OrdinalRegressionModel.Inference? =
            penalty == .none
            ? .init(
                covariance: try likelihood.covariance(found.point.information),
                likelihood: LikelihoodSummary(
                    logLikelihood: found.point.value,
                    nullLogLikelihood: try nullLogLikelihood(data, offsets, likelihood),
                    parameterCount: found.position.count, nullParameterCount: count,
                    observationCount: likelihood.totalWeight)) : nil
        return OrdinalRegressionModel(
            classes: data.labels.classes, featureNames: data.featureNames,
            thresholds: found.position.elements.prefix(count).map { $0 + shift },
            coefficients: coefficients.elements, iterationCount: found.iterations,
            gradientNorm: found.gradientNorm, inference: inference)
    }

    private func newton(_ totalWeight: Double) -> DampedNewton {
        DampedNewton(
            name: "ordinal regression", iterationLimit: iterationLimit,
            gradientTolerance: gradientTolerance, totalWeight: totalWeight)
    }

    /// That of the thresholds alone, around the offsets.
    private func nullLogLikelihood(
        _ data: ClassRows, _ offsets: [Double]?, _ likelihood: OrdinalLikelihood
    ) throws(ModelError) -> Double {
        guard let offsets else { return likelihood.nullLogLikelihood }
        let null = OrdinalLikelihood(data.withoutFeatures, offsets: offsets, penalty: penalty)
        return try newton(null.totalWeight).maximise(from: null.start, nil, null.point).point.value
    }
}
