// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

extension RestrictedBoltzmannMachine {
    /// Trains a machine on rows without labels.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features): within 0...1 for Bernoulli units, else finite
    ///     and best standardised.
    ///   - weights: one per row, 1 for all where `nil`; 2 makes the row count twice in a batch.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - progress: sees every epoch with the mean squared reconstruction error of the first
    ///     thousand rows.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `empty`, `wrongWidth` (names),
    ///   `nonFinite`, `invalidValue` (a Bernoulli value beyond 0...1), `invalidWeights`,
    ///   `diverged` (parameters beyond all bounds; the message names epoch and batch) or
    ///   `cancelled`.
    /// - Complexity: O(epochs * rows * Gibbs steps * features * hidden units) and O(rows *
    ///   features) memory.
    public func fit(
        _ features: Matrix<Double>, weights: [Double]? = nil, featureNames: [String]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> RestrictedBoltzmannModel {
        try validate()
        let names = try checkedNames(featureNames, of: features)
        let rows = try BoltzmannRows(features, weights: weights, names: names, of: visibleUnits)
        let training = BoltzmannTraining(
            self, data: rows.values, rowFactors: rows.factors, start: nil)
        try training.run(activity: "Boltzmann machine", progress: progress)
        return RestrictedBoltzmannModel(recipe: self, featureNames: names, training: training)
    }
}

extension RestrictedBoltzmannModel {
    /// The model after training by its recipe has gone on with other rows.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features).
    ///   - weights: one per row, 1 for all where `nil`.
    ///   - seed: what batches and states are drawn by; that of the recipe where `nil`.
    ///   - progress: sees every epoch with the reconstruction error.
    /// - Throws: ``ModelError`` as when fitting.
    /// - Complexity: That of fitting.
    public func updated(
        with features: Matrix<Double>, weights: [Double]? = nil, seed: UInt64? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> RestrictedBoltzmannModel {
        let rows = try BoltzmannRows(
            features, weights: weights, names: featureNames, of: recipe.visibleUnits)
        var continued = recipe
        continued.seed = seed ?? recipe.seed
        let training = BoltzmannTraining(
            continued, data: rows.values, rowFactors: rows.factors, start: self)
        try training.run(activity: "Boltzmann machine", progress: progress)
        return RestrictedBoltzmannModel(
            recipe: recipe, featureNames: featureNames, training: training)
    }
}

/// Checked rows of positive weight.
struct BoltzmannRows {
    let values: UnitRows

    /// The weights, whose mean is 1; `nil` for equal ones.
    let factors: [Float]?

    init(
        _ features: Matrix<Double>, weights: [Double]?, names: [String], of units: VisibleUnits
    ) throws(ModelError) {
        try checkFeatures(features, names: names)
        guard features.rowCount > 0 else { throw ModelError(.empty, "there are no rows") }
        try ClassificationData.check(weights, rows: features.rowCount)
        try units.check(features, names: names)
        let present = (0..<features.rowCount).filter { (weights?[$0] ?? 1) > 0 }
        values = UnitRows(features, rows: present)
        factors = relativeWeights(present.map { weights?[$0] ?? 1 })
    }
}

/// `weights` over their mean; `nil` where all are equal.
func relativeWeights(_ weights: [Double]) -> [Float]? {
    guard weights.contains(where: { $0 != weights[0] }) else { return nil }
    let mean = weights.reduce(0, +) / Double(weights.count)
    return weights.map { Float($0 / mean) }
}

extension VisibleUnits {
    /// Refuses values that the units do not take.
    ///
    /// - Throws: ``ModelError`` with code `invalidValue`.
    func check(_ features: Matrix<Double>, names: [String]) throws(ModelError) {
        if isGaussian { return }
        let elements = features.elements
        guard let index = elements.firstIndex(where: { !(0...1).contains($0) }) else { return }
        let (row, column) = index.quotientAndRemainder(dividingBy: features.columnCount)
        throw ModelError(
            .invalidValue,
            "row \(row), column \(column) (\(names[column])) is \(elements[index]), which a "
                + "Bernoulli unit cannot be: not within 0...1")
    }
}
