// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A classifier whose probabilities are calibrated on rows that it has not seen.
///
/// ```swift
/// let recipe = Pipeline(.impute(.median), .oneHot(unknown: .ignore))
///     .then(NaiveBayes().calibrated(.isotonic))
/// ```
///
/// The maps weigh rows by their own weights only: after class weights or resampling inside the
/// base, the mean calibrated probability is again the base rate. For steps of a pipeline that learn
/// from the target use ``CalibratedRecipe``, which fits them inside every fold too.
public struct CalibratedClassifier<Base: Classifier>: Classifier {
    /// The classifier below.
    public var base: Base

    /// How its probabilities are mapped.
    public var method: CalibrationMethod

    /// Which rows the maps are fitted to.
    public var plan: CalibrationPlan

    /// The seed of the choice of rows.
    public var seed: UInt64

    /// A calibrated classifier; `base.calibrated(method)` is the same.
    public init(
        _ base: Base, _ method: CalibrationMethod = .platt,
        plan: CalibrationPlan = .crossFitted(folds: 5), seed: UInt64 = 0
    ) {
        self.base = base
        self.method = method
        self.plan = plan
        self.seed = seed
    }

    /// Checks the classifier below and the plan.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try base.validate()
        try plan.validate()
    }

    /// Fits the classifier inside every fold and the maps to what it says of the other rows.
    ///
    /// - Throws: ``ModelError`` with the codes of the classifier and of
    ///   ``CalibrationMethod/fit(classProbabilities:labels:weights:)``; `invalidSplit` where a
    ///   class has fewer rows than there are folds.
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> CalibratedModel<Base.Model> {
        try validate()
        let data = try data.withoutWeightlessRows()
        let fit = CalibrationFit<Base.Model>(
            method: method, plan: plan, seed: seed, labels: data.labels, weights: data.weights)
        let members = try fit.members(
            progress,
            fit: { rows throws(ModelError) in
                try base.fit(
                    rows.map { rows throws(ModelError) in
                        try data.selecting(rows: rows)
                    } ?? data)
            },
            predict: { model, rows throws(ModelError) in
                try model.classProbabilities(data.features.gatheringRows(rows))
            },
            calibrate: { found, labels, weights throws(ModelError) in
                try method.fit(classProbabilities: found, labels: labels, weights: weights)
            })
        return CalibratedModel(members.map { CalibratedModel.Member($0.model, $0.map) })
    }
}

extension Classifier {
    /// This classifier with calibrated probabilities.
    public func calibrated(
        _ method: CalibrationMethod = .platt, plan: CalibrationPlan = .crossFitted(folds: 5),
        seed: UInt64 = 0
    ) -> CalibratedClassifier<Self> {
        CalibratedClassifier(self, method, plan: plan, seed: seed)
    }
}

extension ClassificationData {
    /// The rows of a weight above 0.
    func withoutWeightlessRows() throws(ModelError) -> ClassificationData {
        guard weights.contains(0) else { return self }
        return try selecting(rows: weights.indices.filter { weights[$0] > 0 })
    }
}
