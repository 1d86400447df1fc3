// SPDX-License-Identifier: Apache-2.0

public import FeatureEngineering

/// A recipe for one network that reads sequences, texts, features of an association network and
/// static columns together.
///
/// Each part has layers of its own; their outputs lie side by side in front of the hidden layers. All
/// of it is trained at once, by exact derivatives of one loss. A fit uses the parts that its inputs
/// have, so that one recipe also gives the network of every part alone:
///
/// ```swift
/// let recipe = FusionClassifier(
///     sequences: SequenceNetwork(.gru, hiddenCount: 16, pooling: .mean),
///     texts: TextNetwork(.hashed(HashingVectoriser(columnCount: 1024)), layers: [HiddenLayer(8)]),
///     hiddenLayers: [HiddenLayer(16)],
///     training: NetworkTraining(
///         epochLimit: 40, earlyStopping: EarlyStopping(patience: 5, share: 0.1), seed: 7))
/// let fusion = try recipe.fit(inputs, labels: labels)
/// let text = try recipe.fit(inputs.keeping([.texts]), labels: labels)
/// ```
///
/// Steps and columns are brought to mean 0 and standard deviation 1; texts are as their terms'
/// weights make them. Two classes have one logistic output, more have a softmax. Training runs in
/// single precision. Weights scale the losses of rows; a row of weight 0 is left out. The same seed
/// gives the same bytes on the same BLAS, for any number of threads.
public struct FusionClassifier: Codable, Hashable, Sendable {
    /// The layers over the events.
    ///
    /// Its ``SequenceNetwork/denseCounts`` are layers of this part alone, and its
    /// ``SequenceNetwork/pooling`` must not be `nil`.
    public var sequences: SequenceNetwork

    /// The layers over the texts.
    public var texts: TextNetwork

    /// The layers over the network's features; none take them as they are.
    public var networkLayers: [HiddenLayer]

    /// The layers over the static columns; none take them as they are.
    public var staticLayers: [HiddenLayer]

    /// The layers over all parts together; none make the log odds a sum of the parts.
    public var hiddenLayers: [HiddenLayer]

    /// Optimiser, epochs, early stopping and seed.
    public var training: NetworkTraining

    /// How much the rows of each class count.
    public var classWeighting: ClassWeighting

    /// The exponent of the focal loss, at least 0; 0 is the log loss.
    public var focalExponent: Double

    /// A recipe; its values are checked by ``validate()``, which every fit calls.
    public init(
        sequences: SequenceNetwork = SequenceNetwork(), texts: TextNetwork = TextNetwork(),
        networkLayers: [HiddenLayer] = [], staticLayers: [HiddenLayer] = [],
        hiddenLayers: [HiddenLayer] = [HiddenLayer(16)],
        training: NetworkTraining = NetworkTraining(), classWeighting: ClassWeighting = .equal,
        focalExponent: Double = 0
    ) {
        self.sequences = sequences
        self.texts = texts
        self.networkLayers = networkLayers
        self.staticLayers = staticLayers
        self.hiddenLayers = hiddenLayers
        self.training = training
        self.classWeighting = classWeighting
        self.focalExponent = focalExponent
    }

    /// Checks the hyperparameters.
    ///
    /// - Throws: ``ModelError`` with code `invalidRecipe`.
    public func validate() throws(ModelError) {
        try sequences.validate()
        try texts.validate()
        for layers in [networkLayers, staticLayers, hiddenLayers] {
            for layer in layers { try layer.validate() }
            guard layers.count <= 64 else {
                throw ModelError(.invalidRecipe, "\(layers.count) layers of a part, more than 64")
            }
        }
        try training.validate()
        try classWeighting.validate()
        guard sequences.pooling != nil else {
            throw ModelError(
                .invalidRecipe, "a fusion needs a pooling that stands for a whole sequence")
        }
        guard focalExponent >= 0, focalExponent.isFinite else {
            throw ModelError(
                .invalidRecipe, "the focal exponent is \(focalExponent), not at least 0")
        }
    }

    /// Fits a model to the parts that `inputs` have.
    ///
    /// - Parameters:
    ///   - inputs: the rows.
    ///   - labels: the class of every row.
    ///   - weights: one per row; 1 for all where `nil`.
    ///   - progress: sees every epoch, and the steps of learning a vocabulary.
    /// - Throws: ``ModelError`` with code `invalidRecipe`, `invalidLabels`, `invalidWeights`,
    ///   `oneClass`, `features` (texts without a term), `invalidSplit`, `diverged` (a loss that is
    ///   not finite) or `cancelled`.
    /// - Complexity: O(epochs * (steps and terms of all rows * weights they touch + steps of the
    ///   optimiser * parameters)).
    public func fit(
        _ inputs: FusionInputs, labels: ClassLabels, weights: [Double]? = nil,
        progress: FitObserver? = nil
    ) throws(ModelError) -> FusionClassifierModel {
        let fit = try FusionFit(self, inputs, labels, weights, progress: progress)
        var trainer = FusionTrainer(self, fit)
        try trainer.run.finish(fit.problem, progress: progress)
        return trainer.model
    }
}
