// SPDX-License-Identifier: Apache-2.0

internal import FeatureEngineering
internal import LinearAlgebra

/// Checks the machines of layers.
///
/// - Throws: ``ModelError`` with code `invalidRecipe`.
func validateLayers(_ machines: [RestrictedBoltzmannMachine]) throws(ModelError) {
    guard !machines.isEmpty else { throw ModelError(.invalidRecipe, "no layers") }
    for (layer, machine) in machines.enumerated() {
        try machine.validate()
        guard layer == 0 || machine.visibleUnits == .bernoulli else {
            throw ModelError(
                .invalidRecipe,
                "layer \(layer + 1) sees probabilities, so its visible units are Bernoulli and "
                    + "not \(machine.visibleUnits)")
        }
    }
}

/// The machines of layers with the usual settings.
func usualLayers(
    _ hiddenCounts: [Int], _ visibleUnits: VisibleUnits, epochCount: Int, seed: UInt64
) -> [RestrictedBoltzmannMachine] {
    hiddenCounts.enumerated().map { layer, count in
        let units = layer == 0 ? visibleUnits : .bernoulli
        return RestrictedBoltzmannMachine(
            hiddenCount: count, visibleUnits: units,
            learningRate: units.isGaussian ? 0.01 : 0.05, epochCount: epochCount,
            initialDeviation: 0.05, seed: seed)
    }
}

/// Trains layers one after the other; see ``DeepBeliefNetwork``.
///
/// - Throws: ``ModelError``.
func pretrained(
    _ machines: [RestrictedBoltzmannMachine], _ features: Matrix<Double>, weights: [Double]?,
    featureNames: [String]?, progress: FitObserver?
) throws(ModelError) -> DeepBeliefFeatures {
    var names = try checkedNames(featureNames, of: features)
    let checked = try BoltzmannRows(
        features, weights: weights, names: names, of: machines[0].visibleUnits)
    var rows = checked.values
    var models: [RestrictedBoltzmannModel] = []
    for (index, machine) in machines.enumerated() {
        let stage = "layer \(index + 1) of \(machines.count)"
        let training = BoltzmannTraining(
            machine, data: rows, rowFactors: checked.factors, start: nil, stage: index)
        try training.run(
            activity: stage, progress: progress, stage: stage, stageNumber: index)
        models.append(
            RestrictedBoltzmannModel(recipe: machine, featureNames: names, training: training))
        guard index + 1 < machines.count else { break }
        rows = training.hiddenProbabilities()
        names = unitNames(layer: index, count: machine.hiddenCount)
    }
    return DeepBeliefFeatures(machines: models)
}

extension DeepBeliefFeatures {
    /// Refuses layers of another recipe or of other features.
    ///
    /// - Throws: ``ModelError`` with code `incompatible`.
    func check(
        _ machines: [RestrictedBoltzmannMachine], _ names: [String]
    ) throws(ModelError) {
        guard self.machines.map(\.recipe) == machines else {
            throw ModelError(.incompatible, "layers that were trained by another recipe")
        }
        guard featureNames == names else {
            throw ModelError(
                .incompatible, "layers of the features \(featureNames), not of \(names)")
        }
    }

    /// A run that starts from these layers; the weights and offsets of the outputs start at random.
    func start(of run: TrainingRun<Float>) -> TrainingRun<Float> {
        let learned = networkParameters
        return TrainingRun(
            run.training, parameters: learned + run.parameters.dropFirst(learned.count),
            state: run.state)
    }
}
