// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A classifier that answers with a set of classes which holds the true one with a chosen
/// probability, by split conformal prediction.
///
/// A share of the rows is kept from the fit. How strange each of them looks to the model under its
/// true class (``ConformalScore``) is remembered; a class joins the set of a new row unless it
/// would look stranger than nearly all of them. Over rows that are drawn alike, the set holds the
/// true class with at least the chosen probability, whatever the classifier and the distribution;
/// with ``isClassConditional`` that holds among the rows of every class, the rare one too.
///
/// ```swift
/// let model = try ConformalClassifier(LogisticRegression(), isClassConditional: true).fit(data)
/// let sets = try model.predictionSets(applications, coverage: 0.9)
/// // A set of two classes: neither can be ruled out, so let a person decide.
/// ```
///
/// Sources: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005,
/// doi:10.1007/b106715; Sadinle, Lei and Wasserman, JASA 114, 2019,
/// doi:10.1080/01621459.2017.1395341; Romano, Sesia and Candès, NeurIPS 2020, arXiv:2006.02544.
public struct ConformalClassifier<Base: Classifier>: Classifier {
    /// The classifier below.
    public var base: Base

    /// How strange a row looks under a class.
    public var score: ConformalScore

    /// Whether every class has a coverage of its own (Mondrian), for which it is compared with rows
    /// of that class only.
    public var isClassConditional: Bool

    /// The share of the rows that the sets are calibrated on, above 0 and below 1.
    public var calibrationShare: Double

    /// The seed of the choice of rows.
    public var seed: UInt64

    /// A conformal classifier.
    public init(
        _ base: Base, score: ConformalScore = .probability, isClassConditional: Bool = false,
        calibrationShare: Double = 0.25, seed: UInt64 = 0
    ) {
        self.base = base
        self.score = score
        self.isClassConditional = isClassConditional
        self.calibrationShare = calibrationShare
        self.seed = seed
    }

    /// Checks the classifier and the share.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try base.validate()
        guard calibrationShare > 0, calibrationShare < 1 else {
            throw ModelError(
                .invalidRecipe,
                "a calibration share of \(calibrationShare), not above 0 and below 1")
        }
    }

    /// Fits the classifier to some rows and scores the others.
    ///
    /// - Throws: ``ModelError`` with the codes of the classifier, and `invalidSplit` where a class
    ///   has fewer than 2 rows.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> ConformalModel<Base.Model> {
        try validate()
        let data = try data.withoutWeightlessRows()
        let split = ShuffleSplit(validationShare: calibrationShare, seed: seed)
        let fold = try split.folds(of: SplitRows(labels: data.labels))[0]
        let model = try base.fit(data.selecting(rows: fold.training), progress: progress)
        let probabilities = try model.classProbabilities(
            data.features.gatheringRows(fold.validation))
        return ConformalModel(
            model: model, score: score,
            calibration: ConformalCalibration(
                probabilities, codes: data.labels.codes.gathering(fold.validation),
                weights: data.weights.gathering(fold.validation), score: score,
                isClassConditional: isClassConditional))
    }
}
