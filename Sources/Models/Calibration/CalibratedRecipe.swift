// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
internal import LinearAlgebra

/// A recipe for tables whose probabilities are calibrated on rows that it has not seen.
///
/// The whole recipe, its pipeline or bins included, is fitted anew inside every fold.
///
/// ```swift
/// let recipe = Scorecard(binning).calibrated(.beta(), plan: .heldOut(share: 0.2))
/// let model = try recipe.fit(loans, target: "class", positive: "2")
/// ```
public struct CalibratedRecipe<Base: TableRecipe>: TableRecipe
where Base.Model: ModelFileContent & Equatable {
    /// The recipe below.
    public var base: Base

    /// How its probabilities are mapped.
    public var method: CalibrationMethod

    /// Which rows the maps are fitted to.
    public var plan: CalibrationPlan

    /// The seed of the choice of rows.
    public var seed: UInt64

    /// A calibrated recipe; `base.calibrated(method)` is the same.
    public init(
        _ base: Base, _ method: CalibrationMethod = .platt,
        plan: CalibrationPlan = .crossFitted(folds: 5), seed: UInt64 = 0
    ) {
        self.base = base
        self.method = method
        self.plan = plan
        self.seed = seed
    }

    /// Fits the recipe inside every fold and the maps to what it says of the other rows.
    ///
    /// - Parameters:
    ///   - table: the training rows.
    ///   - target: the column of the classes.
    ///   - positive: the class whose probability is modelled; the rows hold one other class.
    ///   - weights: one per row, for the recipe and for the maps.
    ///   - progress: sees every fold.
    /// - Throws: ``ModelError`` with the codes of the recipe and of
    ///   ``CalibrationMethod/fit(probabilities:labels:weights:)``; `invalidRecipe` for the plan,
    ///   `invalidSplit` where a class has fewer rows than there are folds.
    public func fit(
        _ table: Table, target: String, positive: String, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> CalibratedTableModel<Base.Model> {
        try plan.validate()
        try ClassificationData.check(weights, rows: table.rowCount)
        let rows = table.rowCount
        let kept = (0..<rows).filter { weights?[$0] != 0 }
        let table = kept.count == rows ? table : table[rows: kept]
        let labels = try table.classLabels(target, positive: positive)
        let weights = weights?.gathering(kept) ?? [Double](repeating: 1, count: rows)
        let fit = CalibrationFit<Base.Model>(
            method: method, plan: plan, seed: seed, labels: labels, weights: weights)
        let members = try fit.members(
            progress,
            fit: { rows throws(ModelError) in
                try base.fit(
                    rows.map { table[rows: $0] } ?? table, target: target, positive: positive,
                    weights: rows.map { weights.gathering($0) } ?? weights, progress: nil)
            },
            predict: { model, rows throws(ModelError) in
                let positive = try model.probabilities(in: table[rows: rows])
                return Matrix(columns: [positive.map { 1 - $0 }, positive])
            },
            calibrate: { found, labels, weights throws(ModelError) in
                try method.fit(
                    probabilities: found.column(1).elements, labels: labels.isPositive,
                    weights: weights)
            })
        return CalibratedTableModel(
            members.map { CalibratedTableModel.Member($0.model, $0.map) })
    }
}

extension CalibratedRecipe: Equatable where Base: Equatable {}
extension CalibratedRecipe: Hashable where Base: Hashable {}
extension CalibratedRecipe: Decodable where Base: Decodable {}
extension CalibratedRecipe: Encodable where Base: Encodable {}

extension TableRecipe where Model: ModelFileContent & Equatable {
    /// This recipe with calibrated probabilities.
    public func calibrated(
        _ method: CalibrationMethod = .platt, plan: CalibrationPlan = .crossFitted(folds: 5),
        seed: UInt64 = 0
    ) -> CalibratedRecipe<Self> {
        CalibratedRecipe(self, method, plan: plan, seed: seed)
    }
}
