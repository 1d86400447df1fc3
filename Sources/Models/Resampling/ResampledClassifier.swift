// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A classifier that is fitted to resampled rows, with its probabilities corrected for the shares
/// of the classes that resampling has changed.
///
/// ```swift
/// let recipe = Pipeline(.impute(.median), .oneHot(), .standardise())
///     .then(ResampledClassifier(LogisticRegression(), by: [Resampling(.smote(), ratio: 0.5)]))
/// ```
///
/// As a recipe it resamples the rows that it is fitted to only: rows that are held out by
/// cross-validation stay as they are. The correction is Bayes' (``PriorShift``), exact for random
/// sampling. Synthetic and cleaned rows change more than shares; calibrate these with
/// ``Classifier/calibrated(_:plan:seed:)``, whose maps see rows as they are:
///
/// ```swift
/// ResampledClassifier(NaiveBayes(), by: [Resampling(.adasyn())]).calibrated(.isotonic)
/// ```
public struct ResampledClassifier<Base: Classifier>: Classifier {
    /// The classifier that is fitted.
    public var base: Base

    /// The changes of the rows, one after the other.
    public var resamplings: [Resampling]

    /// Whether probabilities are corrected for the changed shares of the classes.
    public var correctsShares: Bool

    /// The seed of the random choices.
    public var seed: UInt64

    /// A classifier of resampled rows.
    public init(
        _ base: Base, by resamplings: [Resampling], correctsShares: Bool = true, seed: UInt64 = 0
    ) {
        self.base = base
        self.resamplings = resamplings
        self.correctsShares = correctsShares
        self.seed = seed
    }

    /// Checks the classifier and the changes, of which there is at least one.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try base.validate()
        guard !resamplings.isEmpty else {
            throw ModelError(.invalidRecipe, "no resampling is given")
        }
        for resampling in resamplings { try resampling.validate() }
    }

    /// Resamples the rows and fits the classifier to them.
    ///
    /// - Throws: ``ModelError`` with the codes of ``Resampling/resampled(_:seed:)`` and of the
    ///   classifier.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> CalibratedModel<Base.Model> {
        try validate()
        try data.requireComplete()
        var changed = data
        for (index, resampling) in resamplings.enumerated() {
            changed = try resampling.resampled(changed, seed: seed &+ UInt64(index))
        }
        let shift = try sharesShift(from: changed, to: correctsShares ? data : changed)
        let model = try base.fit(changed, progress: progress)
        return CalibratedModel([CalibratedModel.Member(model, .priorShift(shift))])
    }
}

/// The correction from the shares of one set of rows to those of another.
func sharesShift(
    from changed: ClassificationData, to data: ClassificationData
) throws(ModelError) -> PriorShift {
    let (from, to) = (changed.classShares, data.classShares)
    // A class without rows has no odds to correct.
    if let code = from.firstIndex(of: 0) {
        throw ModelError(
            .oneClass, "class \(data.labels.classes[code]) has no row among the resampled ones")
    }
    return try PriorShift(from: from, to: to)
}

extension ClassificationData {
    /// The share of each class in the weight of the rows, in the order of the classes.
    public var classShares: [Double] {
        let weights = classWeights
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
