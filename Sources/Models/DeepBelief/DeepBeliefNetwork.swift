// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A network of sigmoid layers that learn from rows without labels, one on top of the other, before
/// back-propagation fits all of them to the labels.
///
/// ```swift
/// let recipe = DeepBeliefNetwork(
///     hiddenCounts: [64, 32], fineTuning: NetworkTraining(epochLimit: 30), seed: 7)
/// let features = try recipe.pretrain(allRows)
/// let model = try recipe.fit(labelledData, pretrained: features)
/// let risk = try model.probabilities(applications)
/// ```
///
/// Every layer is a ``RestrictedBoltzmannMachine`` on the hidden probabilities of the layer
/// below, the first one on the features, which should be standardised for Gaussian units. On
/// top lie the log odds of two classes, or a score of every one of several;
/// ``DeepBeliefRegressor`` has a number there.
///
/// On tables of loans such networks are rarely better than a perceptron of the same shape, and
/// mostly worse than boosting or a logistic regression; see <doc:DeepBeliefNetworks>. Model bytes
/// are the same for the same seed on the same BLAS; pre-trained features are so on any BLAS.
///
/// Reference: G. E. Hinton and R. R. Salakhutdinov, "Reducing the dimensionality of data with
/// neural networks", Science 313 (2006), doi:10.1126/science.1127647.
public struct DeepBeliefNetwork: Classifier {
    /// The machines of the layers, from the features on; all but the
    /// first one have Bernoulli units.
    public var machines: [RestrictedBoltzmannMachine]

    /// The back-propagation: optimiser, epochs, early stopping and seed.
    public var fineTuning: NetworkTraining

    /// The probability that back-propagation leaves out an output of a layer, in 0..<1.
    public var dropout: Double

    /// How much the rows of each class count in back-propagation.
    public var classWeighting: ClassWeighting

    /// The exponent of the focal loss, at least 0; 0 is the log loss.
    public var focalExponent: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        machines: [RestrictedBoltzmannMachine], fineTuning: NetworkTraining = NetworkTraining(),
        dropout: Double = 0, classWeighting: ClassWeighting = .equal, focalExponent: Double = 0
    ) {
        self.machines = machines
        self.fineTuning = fineTuning
        self.dropout = dropout
        self.classWeighting = classWeighting
        self.focalExponent = focalExponent
    }

    /// A recipe of layers with the usual settings: rates of 0.01 for numbers and 0.05 for bits,
    /// first weights of a deviation of 0.05.
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
    var perceptron: MultilayerPerceptronClassifier {
        MultilayerPerceptronClassifier(
            hiddenLayers: machines.map {
                HiddenLayer($0.hiddenCount, activation: .sigmoid, dropout: dropout)
            },
            training: fineTuning, classWeighting: classWeighting, focalExponent: focalExponent)
    }

    /// Trains the layers on all rows, and then all of them by the labels.
    ///
    /// - Parameters:
    ///   - data: rows of two or more classes.
    ///   - progress: sees every epoch; its stage is `layer 1 of 2` and so on, then `fine-tuning`.
    /// - Throws: ``ModelError`` with the codes of ``pretrain(_:weights:featureNames:progress:)``
    ///   and ``fit(_:pretrained:validation:progress:)``.
    /// - Complexity: O(epochs * rows * weights of the network).
    public func fit(
        _ data: ClassificationData, progress: FitObserver?
    ) throws(ModelError) -> DeepBeliefModel {
        try validate()
        try data.requireComplete()
        let features = try pretrain(
            data.features, weights: data.weights, featureNames: data.featureNames,
            progress: progress)
        return try fit(data, pretrained: features, progress: progress)
    }
}
