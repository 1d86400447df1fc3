// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import FeatureEngineering
internal import LinearAlgebra

/// Which rows a calibration map is fitted to: never rows that the model below it has seen.
public enum CalibrationPlan: Codable, Hashable, Sendable {
    /// The map is fitted to the out-of-fold probabilities of all rows; the model is then fitted to
    /// all rows.
    case crossFitted(folds: Int)
    /// Every fold keeps its model and has a map of its own; probabilities are averaged.
    ///
    /// Venn-Abers predictions are merged over the folds by geometric means (cross Venn-Abers).
    case ensemble(folds: Int)
    /// The map is fitted to this share of the rows, chosen at random by class, and the model to the
    /// others.
    case heldOut(share: Double)

    func validate() throws(ModelError) {
        switch self {
        case .crossFitted(let folds), .ensemble(let folds):
            guard folds >= 2 else {
                throw ModelError(.invalidRecipe, "calibration with \(folds) folds, 2 is the least")
            }
        case .heldOut(let share):
            guard share > 0, share < 1 else {
                throw ModelError(
                    .invalidRecipe, "a held-out share of \(share), not above 0 and below 1")
            }
        }
    }

    /// The folds of rows with `labels`.
    func folds(of labels: ClassLabels, seed: UInt64) throws(ModelError) -> [Fold] {
        switch self {
        case .crossFitted(let folds), .ensemble(let folds):
            try StratifiedKFold(foldCount: folds, seed: seed).folds(of: labels)
        case .heldOut(let share):
            try ShuffleSplit(validationShare: share, seed: seed).folds(
                of: SplitRows(labels: labels))
        }
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .crossFitted(let folds):
            encoder.encode(UInt8(0))
            encoder.encode(folds)
        case .ensemble(let folds):
            encoder.encode(UInt8(1))
            encoder.encode(folds)
        case .heldOut(let share):
            encoder.encode(UInt8(2))
            encoder.encode(share)
        }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .crossFitted(folds: try decoder.decodeInt())
        case 1: self = .ensemble(folds: try decoder.decodeInt())
        case 2: self = .heldOut(share: try decoder.decodeDouble())
        case let tag: throw decoder.error("calibration plan \(tag) is unknown")
        }
    }
}

/// The fits of a calibration plan, whatever is fitted.
struct CalibrationFit<Model> {
    let method: CalibrationMethod
    let plan: CalibrationPlan
    let seed: UInt64
    let labels: ClassLabels
    let weights: [Double]

    /// The members of the calibrated model; `fit` is given rows, `nil` for all, and `predict` a
    /// model and rows.
    func members<Map>(
        _ progress: FitObserver?, fit: ([Int]?) throws(ModelError) -> Model,
        predict: (Model, [Int]) throws(ModelError) -> Matrix<Double>,
        calibrate: (Matrix<Double>, ClassLabels, [Double]) throws(ModelError) -> Map
    ) throws(ModelError) -> [(model: Model, map: Map)] {
        let folds = try plan.folds(of: labels, seed: seed)
        var isCrossFitted = false
        if case .crossFitted = plan { isCrossFitted = true }
        let stepLimit = folds.count + (isCrossFitted ? 1 : 0)
        func report(_ step: Int) throws(ModelError) {
            try FitProgress(
                stage: "calibration", step: step, stepLimit: stepLimit, objective: nil
            ).report(to: progress)
        }
        var members: [(model: Model, map: Map)] = []
        var pooled = Matrix<Double>.zeros(labels.count, labels.classes.count)
        for (index, fold) in folds.enumerated() {
            try checkCancellation("calibration, fold \(index)")
            let model = try fit(fold.training)
            let found = try predict(model, fold.validation)
            if isCrossFitted {
                for (index, row) in fold.validation.enumerated() {
                    pooled.setRow(row, to: found.row(index))
                }
            } else {
                let map = try calibrate(
                    found, labels[rows: fold.validation], weights.gathering(fold.validation))
                members.append((model, map))
            }
            try report(index + 1)
        }
        if isCrossFitted {
            let map = try calibrate(pooled, labels, weights)
            members.append((try fit(nil), map))
            try report(stepLimit)
        }
        return members
    }
}
