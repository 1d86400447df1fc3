// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering
public import LinearAlgebra

/// A network of sigmoid layers that learn from rows without targets, one on top of the other, before
/// back-propagation fits all of them to numbers, such as losses given default.
///
/// Layers and training are those of a ``DeepBeliefNetwork``, the output that of a
/// ``MultilayerPerceptronRegressor``.
///
/// ```swift
/// let recipe = DeepBeliefRegressor(hiddenCounts: [64, 32], seed: 7)
/// let features = try recipe.pretrain(allRows)
/// let model = try recipe.fit(closedLoans, pretrained: features)
/// let losses = try model.predictions(openLoans)
/// ```
public struct DeepBeliefRegressor: Regressor {
    /// The machines of the layers, from the features on; all but the first one have Bernoulli units.
    public var machines: [RestrictedBoltzmannMachine]

    /// The back-propagation: optimiser, epochs, early stopping and seed.
    public var fineTuning: NetworkTraining

    /// The probability that back-propagation leaves out an output of a layer, in 0..<1.
    public var dropout: Double

    /// What a wrong prediction costs.
    public var loss: MultilayerPerceptronRegressor.Loss

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        machines: [RestrictedBoltzmannMachine], fineTuning: NetworkTraining = NetworkTraining(),
        dropout: Double = 0, loss: MultilayerPerceptronRegressor.Loss = .squared
    ) {
        self.machines = machines
        self.fineTuning = fineTuning
        self.dropout = dropout
        self.loss = loss
    }

    /// A recipe of layers with the usual settings of a ``DeepBeliefNetwork``.
    ///
    /// - Parameters:
    ///   - hiddenCounts: the units of the layers, from the features on.
    ///   - visibleUnits: what the features are.
    ///   - pretrainingEpochs: how often every layer sees every row.
    ///   - fineTuning: the back-propagation.
    ///   - seed: what every layer is drawn by, and not the back-propagation.
    public init(
        hiddenCounts: [Int], visibleUnits: VisibleUnits = .gaussian(),
        pretrainingEpochs: Int = 10, fineTuning: NetworkTraining = NetworkTraining(),
        seed: UInt64 = 0
    ) {
        let machines = usualLayers(
            hiddenCounts, visibleUnits, epochCount: pretrainingEpochs, seed: seed)
        self.init(machines: machines, fineTuning: fineTuning)
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try validateLayers(machines)
        try perceptron.validate()
    }

    /// The network that back-propagation fits.
    var perceptron: MultilayerPerceptronRegressor {
        MultilayerPerceptronRegressor(
            hiddenLayers: machines.map {
                HiddenLayer($0.hiddenCount, activation: .sigmoid, dropout: dropout)
            },
            training: fineTuning, loss: loss)
    }

    /// Trains the layers one after the other on rows without targets.
    ///
    /// - Parameters:
    ///   - features: the values (rows x features), as the first machine takes them.
    ///   - weights: one per row, 1 for all where `nil`.
    ///   - featureNames: one per column; `x0`, `x1` and so on where `nil`.
    ///   - progress: sees every epoch with the reconstruction error; its stage is the layer.
    /// - Throws: ``ModelError`` as ``DeepBeliefNetwork/pretrain(_:weights:featureNames:progress:)``.
    /// - Complexity: O(epochs * rows * weights of the layers).
    public func pretrain(
        _ features: Matrix<Double>, weights: [Double]? = nil, featureNames: [String]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> DeepBeliefFeatures {
        try validate()
        return try pretrained(
            machines, features, weights: weights, featureNames: featureNames, progress: progress)
    }

    /// Fits trained layers, and the output on top of them, to numbers.
    ///
    /// - Parameters:
    ///   - data: rows with numbers, which may be others and fewer than those without.
    ///   - features: what ``pretrain(_:weights:featureNames:progress:)`` of this recipe has made.
    ///   - validation: rows whose loss stops the training; held out of `data` by the seed where it
    ///     is `nil` and the recipe stops early.
    ///   - progress: sees every epoch, with the validation loss where there is one; its stage is
    ///     `fine-tuning`.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `incompatible` (layers of another recipe,
    ///   other features), `nonFinite`, `invalidLabels` (negative counts), `invalidSplit`, `diverged`
    ///   or `cancelled`.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: RegressionData, pretrained features: DeepBeliefFeatures,
        validation: RegressionData? = nil, progress: FitObserver? = nil
    ) throws(ModelError) -> DeepBeliefRegressorModel {
        try validate()
        try features.check(machines, data.featureNames)
        let fit = try perceptron.prepare(data, validation)
        var trainer = MultilayerPerceptronRegressorTrainer(perceptron, fit)
        trainer.run = features.start(of: trainer.run)
        try trainer.run.finish(fit.problem, stage: "fine-tuning", progress: progress)
        return DeepBeliefRegressorModel(recipe: self, network: trainer.model)
    }

    /// Trains the layers on all rows, and then all of them by the numbers.
    ///
    /// - Parameters:
    ///   - data: rows with numbers.
    ///   - progress: sees every epoch; its stage is `layer 1 of 2` and so on, then `fine-tuning`.
    /// - Throws: ``ModelError`` with the codes of ``pretrain(_:weights:featureNames:progress:)`` and
    ///   ``fit(_:pretrained:validation:progress:)``.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: RegressionData, progress: FitObserver?
    ) throws(ModelError) -> DeepBeliefRegressorModel {
        try validate()
        try data.requireComplete()
        let features = try pretrain(
            data.features, weights: data.weights, featureNames: data.featureNames,
            progress: progress)
        return try fit(data, pretrained: features, progress: progress)
    }
}

/// A fitted deep belief network for a number.
public struct DeepBeliefRegressorModel: RegressorModel {
    /// The recipe that was fitted.
    public let recipe: DeepBeliefRegressor

    /// The network after back-propagation, which also has the training's history and the ONNX file.
    public let network: MultilayerPerceptronRegressorModel

    /// The names of the features, in column order.
    public var featureNames: [String] { network.featureNames }

    /// The predicted number of every row.
    ///
    /// - Parameter features: finite values (rows x features).
    /// - Throws: ``ModelError`` with code `wrongWidth` or `nonFinite`.
    /// - Complexity: O(rows * weights of the network).
    public func predictions(_ features: Matrix<Double>) throws(ModelError) -> [Double] {
        try network.predictions(features)
    }
}
